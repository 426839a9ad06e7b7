/// A span of time in whole nanoseconds. The range is 292 years.
@frozen
public struct Interval: Quantity {
    /// Nanoseconds.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func nanoseconds(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func microseconds(_ amount: Int64) -> Self { Self(rawValue: amount * 1_000) }
    @inlinable public static func milliseconds(_ amount: Int64) -> Self { Self(rawValue: amount * 1_000_000) }
    @inlinable public static func seconds(_ amount: Int64) -> Self { Self(rawValue: amount * 1_000_000_000) }

    @inlinable public var nanoseconds: Int64 { rawValue }
    @inlinable public var microseconds: Int64 { rawValue / 1_000 }
    @inlinable public var milliseconds: Int64 { rawValue / 1_000_000 }
    @inlinable public var seconds: Int64 { rawValue / 1_000_000_000 }
}
