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

    /// The signal that a raw value stands for, rounded to the nearest whole base unit. Saturates at the ends of the
    /// signal's 64 bits, so that no word from the wire can trap.
    @inlinable public func signal(fromRaw raw: Int64) -> Int64 {
        Self.saturatingSum(Self.scaled(raw, by: numerator, over: denominator), offset)
    }

    /// The raw value nearest to a signal; the caller clamps it to what its words can hold. Saturates likewise.
    @inlinable public func raw(fromSignal signal: Int64) -> Int64 {
        let (difference, overflow) = signal.subtractingReportingOverflow(offset)
        let distance = overflow ? (signal < 0 ? Int64.min : Int64.max) : difference
        return Self.scaled(distance, by: denominator, over: numerator)
    }

    /// `value * factor / divisor`, rounded half away from zero, so that encode and decode are each other's nearest
    /// inverse.
    @inlinable static func scaled(_ value: Int64, by factor: Int64, over divisor: Int64) -> Int64 {
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        guard divisor != 1 else { return overflow ? (value < 0 ? Int64.min : Int64.max) : product }
        if overflow { return scaledWide(value, by: factor, over: divisor) }
        return roundedQuotient(product, divisor)
    }

    /// For products beyond 64 bits: rare, and right nevertheless.
    @usableFromInline static func scaledWide(_ value: Int64, by factor: Int64, over divisor: Int64) -> Int64 {
        let product = value.magnitude.multipliedFullWidth(by: factor.magnitude)
        let (low, carry) = product.low.addingReportingOverflow(divisor.magnitude / 2)
        let high = product.high + (carry ? 1 : 0)
        let limit: Int64 = value < 0 ? .min : .max
        guard high < divisor.magnitude else { return limit }
        let quotient = divisor.magnitude.dividingFullWidth((high, low)).quotient
        guard quotient <= UInt64(Int64.max) else { return limit }
        return value < 0 ? -Int64(quotient) : Int64(quotient)
    }

    @inlinable static func roundedQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let magnitude = (dividend.magnitude &+ divisor.magnitude / 2) / divisor.magnitude
        return dividend >= 0 ? Int64(truncatingIfNeeded: magnitude) : 0 &- Int64(truncatingIfNeeded: magnitude)
    }

    @inlinable static func saturatingSum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? (right < 0 ? Int64.min : Int64.max) : sum
    }
}
