/// A ratio, in whole thousandths.
@frozen
public struct PerMille: Quantity {
    /// Thousandths: 1000 is the whole.
    public var rawValue: Int64

    @inlinable public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable public static func perMille(_ amount: Int64) -> Self { Self(rawValue: amount) }
    @inlinable public static func percent(_ amount: Int64) -> Self { Self(rawValue: amount * 10) }

    @inlinable public var perMille: Int64 { rawValue }
}

extension PerMille {
    /// The whole: 1000 per mille.
    @inlinable public static var whole: PerMille { PerMille(rawValue: 1000) }
}
