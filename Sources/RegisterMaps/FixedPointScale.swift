/// The one door between a raw register value and a signal in its base unit:
/// `signal = raw * numerator / denominator + offset`.
///
/// The base unit is the finest unit of the signal's quantity (millivolts, milliwatts, thousandths of a degree …).
/// "10 mV" is 10/1; a register of 1/1024 V is 1000/1024; "0.1 K with an offset" is 100/1 - 273 150.
@frozen
public struct FixedPointScale: Hashable, Sendable {
    /// 1 or more.
    public var numerator: Int64
    /// 1 or more.
    public var denominator: Int64
    /// In the signal's base unit.
    public var offset: Int64

    @inlinable public init(numerator: Int64, denominator: Int64 = 1, offset: Int64 = 0) {
        self.numerator = numerator
        self.denominator = denominator
        self.offset = offset
    }

    @inlinable public static var one: FixedPointScale { FixedPointScale(numerator: 1) }

    /// The signal that a raw value stands for, rounded to the nearest whole base unit.
    @inlinable public func signal(fromRaw raw: Int64) -> Int64 {
        Self.roundedQuotient(raw * numerator, denominator) + offset
    }

    /// The raw value nearest to a signal; the caller clamps it to what its words can hold.
    @inlinable public func raw(fromSignal signal: Int64) -> Int64 {
        Self.roundedQuotient((signal - offset) * denominator, numerator)
    }

    /// Division rounded half away from zero, so that encode and decode are each other's nearest inverse.
    @inlinable static func roundedQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let half = divisor / 2
        return dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor)
    }
}
