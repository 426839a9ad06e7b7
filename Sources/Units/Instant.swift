/// A point in time, in nanoseconds since the machine or the run started. Always an argument, never asked of a clock.
@frozen
public struct Instant: Comparable, Hashable, Sendable {
    /// Nanoseconds since the start.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The start of the run, or of the machine.
    @inlinable public static var start: Instant { Instant(rawValue: 0) }
    /// Later than any instant of a run: the deadline of a machine that waits for nothing.
    @inlinable public static var never: Instant { Instant(rawValue: .max) }

    @inlinable public var nanoseconds: Int64 { rawValue }
    /// Whole milliseconds since the start, rounded down.
    @inlinable public var milliseconds: Int64 { rawValue / 1_000_000 }

    @inlinable public static func < (left: Instant, right: Instant) -> Bool { left.rawValue < right.rawValue }
    @inlinable public static func + (left: Instant, right: Interval) -> Instant {
        Instant(rawValue: left.rawValue + right.rawValue)
    }
    @inlinable public static func - (left: Instant, right: Interval) -> Instant {
        Instant(rawValue: left.rawValue - right.rawValue)
    }
    @inlinable public static func - (left: Instant, right: Instant) -> Interval {
        Interval(rawValue: left.rawValue - right.rawValue)
    }
    @inlinable public static func += (left: inout Instant, right: Interval) { left = left + right }
}
