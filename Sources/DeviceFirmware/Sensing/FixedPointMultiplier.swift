/// A ratio as a multiplication and a shift, for the path that runs at every sample: no division.
///
/// The result is the nearest integer, halves upward. The multiplier exceeds the ratio by less than 2^-`shift`, so that
/// the product is off by less than the input times that before it is rounded.
@frozen
public struct FixedPointMultiplier: Hashable, Sendable {
    @usableFromInline let multiplier: Int64
    @usableFromInline let half: Int64
    @usableFromInline let shift: Int64

    /// `largestInput`: the greatest magnitude that will ever be multiplied.
    public init(_ ratio: ExactRatio, largestInput: Int64) {
        precondition(largestInput > 0 && ratio.denominator < 1 << 62)
        var quotient = ratio.numerator / ratio.denominator
        var remainder = ratio.numerator % ratio.denominator
        var bits: Int64 = 0
        // Twice the multiplier times the input must stay below 2^62; 40 bits are more than any converter here needs.
        let limit = (Int64(1) << 61) / largestInput / 2 - 1
        precondition(quotient < limit, "the ratio and its largest input do not fit 64 bits")
        while bits < 40 && quotient < limit {
            remainder *= 2
            quotient *= 2
            if remainder >= ratio.denominator {
                quotient += 1
                remainder -= ratio.denominator
            }
            bits += 1
        }
        // Rounded up, so that an exact half stays one.
        multiplier = remainder == 0 ? quotient : quotient + 1
        shift = bits
        half = bits == 0 ? 0 : 1 << (bits - 1)
    }

    @inlinable public func callAsFunction(_ input: Int64) -> Int64 {
        (input &* multiplier &+ half) &>> shift
    }
}
