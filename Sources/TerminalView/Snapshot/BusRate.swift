public import Units

/// Turns what a bus has carried since the start into rates over the last seconds.
public struct BusRate: Equatable, Sendable {
    private struct Reading: Equatable {
        var at: Instant
        var requests: Int
        var busy: Interval
    }

    private let window: Interval
    private var readings: [Reading] = []

    /// The default of 2 s is arbitrary: short enough to follow, long enough to be read.
    public init(over window: Interval = .seconds(2)) { self.window = window }

    /// Notes the counters of an instant, requests and occupied time; instants never go back.
    public mutating func take(requests: Int, busy: Interval = .zero, at now: Instant) {
        readings.append(Reading(at: now, requests: requests, busy: busy))
        // The last one outside the window stays: rates are over at least so long.
        let outside = readings.prefix { now - $0.at >= window }.count
        if outside > 1 { readings.removeFirst(outside - 1) }
    }

    /// `nil` until two instants are known.
    public var requestsPerSecond: Double? {
        span.map { Double($0.last.requests - $0.first.requests) * 1e9 / Double(($0.last.at - $0.first.at).rawValue) }
    }

    /// Occupied time by time, at most the whole.
    public var load: PerMille? {
        span.map {
            let share = ($0.last.busy - $0.first.busy).rawValue * 1000 / ($0.last.at - $0.first.at).rawValue
            return PerMille(rawValue: min(1000, max(0, share)))
        }
    }

    private var span: (first: Reading, last: Reading)? {
        guard let first = readings.first, let last = readings.last, last.at > first.at else { return nil }
        return (first, last)
    }
}
