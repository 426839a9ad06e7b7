public import Units

/// Learns the period of a load that swings: the step of a synchronous training run.
///
/// Rising edges through the middle between a slowly forgotten peak and trough, with hysteresis; the time from edge to
/// edge is the period. Training swings lie between 0.2 and 3 Hz (arXiv 2508.14318), long steps below that. A period
/// counts as learned when it came `sure` times in a row within a quarter of itself. One edge that comes at another time
/// is passed over: a checkpoint stretches one step. Two in a row begin anew, and so does a long silence. Sampling at the
/// scan cycle sees periods of two cycles and more, and every edge to a cycle at best.
@frozen
public struct SwingEstimate: Sendable {
    @usableFromInline var high = Power.zero
    @usableFromInline var low = Power.zero
    @usableFromInline var isFirst = true
    @usableFromInline var isAbove = false
    @usableFromInline var sinceEdge = Interval.zero
    @usableFromInline var guess = Interval.zero
    @usableFromInline var agreed = 0
    @usableFromInline var wasOdd = false

    /// Time constant with which peak and trough are forgotten: several of the longest periods.
    @usableFromInline static var memory: Interval { .seconds(60) }
    @usableFromInline static var shortest: Interval { .milliseconds(200) }
    @usableFromInline static var longest: Interval { .seconds(30) }
    /// Arbitrary.
    @usableFromInline static var sure: Int { 3 }
    /// Beyond any trust that further edges could add. Arbitrary.
    @usableFromInline static var greatestTrust: Int { 1000 }

    @inlinable public init() {}

    /// The period, once it is known.
    @inlinable public var period: Interval? { agreed >= Self.sure ? guess : nil }

    /// - Parameter least: swings smaller than this are noise.
    @inlinable
    public mutating func observe(_ power: Power, least: Power, elapsed: Interval) {
        sinceEdge += elapsed
        forget(towards: power, elapsed)
        let span = high - low
        if span < least || sinceEdge > max(Self.longest, guess * 3) {
            agreed = 0
            if span < least { return }
        }
        let middle = low + span / 2
        if isAbove {
            if power < middle - span / 8 { isAbove = false }
        } else if power > middle + span / 8 {
            isAbove = true
            noteEdge(resolution: elapsed)
        }
    }

    @inlinable
    mutating func forget(towards power: Power, _ elapsed: Interval) {
        if isFirst { (high, low, isFirst) = (power, power, false) }
        let part = max(1, min(elapsed.milliseconds, Self.memory.milliseconds))
        high = max(power, high - (high - power).scaled(by: part, over: Self.memory.milliseconds))
        low = min(power, low + (power - low).scaled(by: part, over: Self.memory.milliseconds))
    }

    @inlinable
    mutating func noteEdge(resolution: Interval) {
        let measured = sinceEdge
        sinceEdge = .zero
        let difference = measured > guess ? measured - guess : guess - measured
        if agreed > 0, difference <= guess / 4 + resolution {
            guess += (measured - guess) / 4
            agreed = min(agreed + 1, Self.greatestTrust)
            wasOdd = false
        } else if agreed >= Self.sure, !wasOdd {
            wasOdd = true
        } else {
            let isPlausible = measured >= Self.shortest && measured <= Self.longest
            guess = isPlausible ? measured : .zero
            agreed = isPlausible ? 1 : 0
            wasOdd = false
        }
    }
}
