public import Units

/// The fixed grid of instants at which a device samples.
///
/// A step that comes late takes its sample and the grid stays where it was; a step late by a whole period or more
/// skips the samples that it missed and is counted as one overrun. Before the first sample there is none to miss: it
/// stands for the periods that have passed since it was due, and is an overrun only when there are two of them.
@frozen
public struct SampleSchedule: Sendable {
    public let period: Interval
    @usableFromInline var dueAt: Int64
    /// When the first sample was due; as long as `dueAt` is still that, none has been taken.
    private let firstDueAt: Int64
    public private(set) var overrunCount: Int64 = 0

    public init(period: Interval, first: Instant) {
        precondition(period > .zero, "a sample period is positive")
        self.period = period
        dueAt = first.rawValue
        firstDueAt = first.rawValue
    }

    /// When the next sample is due.
    @inlinable public var due: Instant { Instant(rawValue: dueAt) }

    /// Moves on to the next sample after `now`; returns the periods for which the sample taken now stands: 1 unless
    /// samples were missed.
    @inlinable public mutating func advance(past now: Instant) -> Int64 {
        let next = dueAt &+ period.rawValue
        guard now.rawValue >= next else {
            dueAt = next
            return 1
        }
        return skip(past: now)
    }

    @usableFromInline mutating func skip(past now: Instant) -> Int64 {
        let missed = (now.rawValue - dueAt) / period.rawValue
        let periods = dueAt == firstDueAt ? missed : missed + 1
        dueAt += period.rawValue * (missed + 1)
        if periods > 1 { overrunCount += 1 }
        return periods
    }
}
