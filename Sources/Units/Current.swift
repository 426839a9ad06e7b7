/// An electric current, in whole milliamperes.
@frozen
public struct Current: Quantity {
    /// Milliamperes.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func milliamperes(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func amperes(_ amount: Int64) -> Self { Self(rawValue: amount * 1000) }

    @inlinable public var milliamperes: Int64 { rawValue }
}
