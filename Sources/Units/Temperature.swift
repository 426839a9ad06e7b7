/// A Celsius temperature or a difference of two, in whole millidegrees.
@frozen
public struct Temperature: Quantity {
    /// Thousandths of a degree Celsius.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func millidegrees(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func degrees(_ amount: Int64) -> Self { Self(rawValue: amount * 1000) }

    @inlinable public var millidegrees: Int64 { rawValue }
}
