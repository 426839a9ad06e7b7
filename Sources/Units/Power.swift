/// A power, in whole milliwatts.
@frozen
public struct Power: Quantity {
    /// Milliwatts. A 132 kW rack is 132 000 000.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func milliwatts(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func watts(_ amount: Int64) -> Self { Self(rawValue: amount * 1000) }
    @inlinable public static func kilowatts(_ amount: Int64) -> Self { Self(rawValue: amount * 1000000) }

    @inlinable public var milliwatts: Int64 { rawValue }
}
