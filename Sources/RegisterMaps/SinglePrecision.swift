/// Numbers of IEEE 754 single precision as they cross the wire, turned into whole steps of 2^-24 and back by integers alone: so a
/// value is the same on every machine, and an MCU without a floating-point unit needs none.
///
/// A step of 2^-24 is 0.06 millionths of what the spec calls 1.0. Every single from 0.5 up to 2^39 is a whole number of steps and
/// comes back as it was; a smaller one is rounded to the nearest step.
public enum SinglePrecision {
    /// Steps to 1.0, as a power of two: the digits that a single has behind a leading one, and one more.
    @inlinable public static var stepBits: Int { 24 }

    /// Whether the bits are a number: neither infinite nor NaN.
    @inlinable public static func isFinite(_ bits: UInt32) -> Bool { bits >> 23 & 0xFF != 0xFF }

    /// The nearest whole number of steps, halves away from zero. What is beyond 2^39, infinities included, counts as the end of
    /// `Int64`; NaN is 0. Who must not take these for values asks `isFinite`.
    @inlinable public static func raw(fromBits bits: UInt32) -> Int64 {
        let exponent = Int(bits >> 23 & 0xFF)
        let fraction = Int64(bits & 0x7F_FFFF)
        let isNegative = bits >> 31 != 0
        if exponent == 0xFF, fraction != 0 { return 0 }
        // Subnormal numbers are far below half a step.
        guard exponent > 0 else { return 0 }
        let digits = fraction | 0x80_0000
        // The value is digits * 2^(exponent - 150).
        let shift = exponent - 150 + stepBits
        if shift > 39 { return isNegative ? .min : .max }
        if shift >= 0 { return isNegative ? 0 - digits << Int64(shift) : digits << Int64(shift) }
        // Behind 24 places nothing of 24 digits reaches half a step.
        guard shift >= -24 else { return 0 }
        let magnitude = (digits + 1 << Int64(-shift - 1)) >> Int64(-shift)
        return isNegative ? 0 - magnitude : magnitude
    }

    /// The single nearest to a number of steps, ties to even, as processors round. Zero is positive.
    @inlinable public static func bits(fromRaw raw: Int64) -> UInt32 {
        let magnitude = raw.magnitude
        guard magnitude != 0 else { return 0 }
        let highest = 63 - magnitude.leadingZeroBitCount
        var exponent = UInt32(highest - stepBits + 127)
        var digits: UInt64
        if highest <= 23 {
            digits = magnitude << UInt64(23 - highest)
        } else {
            let dropped = UInt64(highest - 23)
            digits = magnitude >> dropped
            let rest = magnitude & (1 << dropped - 1)
            let half: UInt64 = 1 << (dropped - 1)
            if rest > half || rest == half && digits & 1 == 1 { digits += 1 }
            if digits == 1 << 24 { (digits, exponent) = (digits >> 1, exponent + 1) }
        }
        return (raw < 0 ? 1 << 31 : 0) | exponent << 23 | UInt32(digits & 0x7F_FFFF)
    }
}
