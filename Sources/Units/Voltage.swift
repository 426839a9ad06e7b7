/// An electric potential, in whole millivolts.
@frozen
public struct Voltage: Quantity {
    /// Millivolts.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func millivolts(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func volts(_ amount: Int64) -> Self { Self(rawValue: amount * 1000) }

    @inlinable public var millivolts: Int64 { rawValue }
}
