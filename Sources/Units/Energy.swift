/// An energy, in whole millijoules.
@frozen
public struct Energy: Quantity {
    /// Millijoules (milliwatt seconds).
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func millijoules(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func joules(_ amount: Int64) -> Self { Self(rawValue: amount * 1000) }

    @inlinable public var millijoules: Int64 { rawValue }
}
