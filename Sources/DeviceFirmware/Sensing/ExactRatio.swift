/// A positive fraction in lowest terms: how many of one integer unit make one of another.
@frozen
public struct ExactRatio: Hashable, Sendable {
    public let numerator: Int64
    public let denominator: Int64

    /// Both 1 or more.
    public init(_ numerator: Int64, _ denominator: Int64) {
        precondition(numerator > 0 && denominator > 0, "a ratio of integer units is positive")
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// The product, reduced crosswise first so that only a result too large by itself can overflow.
    public static func * (left: ExactRatio, right: ExactRatio) -> ExactRatio {
        let outer = ExactRatio(left.numerator, right.denominator)
        let inner = ExactRatio(right.numerator, left.denominator)
        return ExactRatio(outer.numerator * inner.numerator, outer.denominator * inner.denominator)
    }

    /// `amount` times this ratio, rounded half away from zero.
    public func rounded(_ amount: Int64) -> Int64 {
        Self.roundedQuotient(amount * numerator, denominator)
    }

    /// Rounded half away from zero; `divisor` is positive.
    static func roundedQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let half = divisor / 2
        return dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor)
    }

    static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
        var (larger, smaller) = (first, second)
        while smaller != 0 {
            (larger, smaller) = (smaller, larger % smaller)
        }
        return larger
    }
}
