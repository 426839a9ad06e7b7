/// A rotational speed, in whole rpm.
@frozen
public struct RotationalSpeed: Quantity {
    /// Revolutions per minute.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func rpm(_ amount: Int64) -> Self { Self(rawValue: amount) }

    @inlinable public var rpm: Int64 { rawValue }
}
