/// A quantity exactly as written, as a fraction of base units: "312.5 uV" is 625/2000 mV, "1/1024 V" is 1000/1024 mV.
public struct ExactQuantity: Hashable, Sendable {
    public var numerator: Int64
    /// 1 or more.
    public var denominator: Int64

    public init(numerator: Int64, denominator: Int64) {
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int64(divisor)
        self.denominator = denominator / Int64(divisor)
    }

    /// The nearest whole number of base units.
    public var wholeBaseUnits: Int64 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        // Half away from zero without doubling the remainder, which could overflow.
        guard remainder.magnitude >= denominator.magnitude - remainder.magnitude else { return quotient }
        return numerator >= 0 ? quotient + 1 : quotient - 1
    }

    /// The amount in base units.
    public var baseUnits: Double { Double(numerator) / Double(denominator) }

    static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (larger, smaller) = (max(first, second), min(first, second))
        while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
        return max(larger, 1)
    }

    /// Reads "5.5 kW", "-40 degC", "1/1024 V", "100 ms", "8"; `nil` when it is anything else or out of range.
    public static func parse(_ text: String, as dimension: Dimension) -> ExactQuantity? {
        let (numberText, unitName) = split(text)
        guard let number = fraction(numberText) else { return nil }
        guard let unit = dimension.units.first(where: { $0.name == unitName }) else { return nil }
        return multiplied(number, unit.numerator, unit.denominator)
    }

    /// A bare number without a unit, as a fraction: "0.125", "1/8", "3".
    static func fraction(_ text: String) -> ExactQuantity? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let upper = decimal(parts[0]) else { return nil }
        guard parts.count == 2 else { return upper }
        guard let lower = Int64(parts[1]), lower > 0 else { return nil }
        return multiplied(upper, 1, lower)
    }

    private static func decimal(_ text: Substring) -> ExactQuantity? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        let fractionDigits = parts.count == 2 ? parts[1].filter { $0 != "_" } : ""
        guard parts.count == 1 || !fractionDigits.isEmpty, fractionDigits.count <= 9,
            fractionDigits.allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        let digits = first.filter { $0 != "_" }
        guard let mantissa = Int64(digits + fractionDigits), digits.contains(where: \.isNumber) else { return nil }
        var scale: Int64 = 1
        for _ in 0..<fractionDigits.count { scale *= 10 }
        return ExactQuantity(numerator: mantissa, denominator: scale)
    }

    /// This amount times a fraction; `nil` when it does not fit.
    public func multiplied(by numerator: Int64, over denominator: Int64 = 1) -> ExactQuantity? {
        guard numerator != .min, denominator > 0 else { return nil }
        return Self.multiplied(self, numerator, denominator)
    }

    /// The two parts of a literal: "10 mV" is "10" and "mV". Neither is judged.
    public static func split(_ text: String) -> (number: String, unit: String) {
        let trimmed = text.trimmingWhitespace()
        let numberEnd =
            trimmed.firstIndex { !($0.isASCII && ($0.isNumber || "+-./_".contains($0))) } ?? trimmed.endIndex
        return (String(trimmed[..<numberEnd]), String(trimmed[numberEnd...]).trimmingWhitespace())
    }

    private static func multiplied(_ value: ExactQuantity, _ numerator: Int64, _ denominator: Int64) -> ExactQuantity? {
        let reduced = ExactQuantity(numerator: value.numerator, denominator: denominator)
        let other = ExactQuantity(numerator: numerator, denominator: value.denominator)
        let (upper, upperOverflow) = reduced.numerator.multipliedReportingOverflow(by: other.numerator)
        let (lower, lowerOverflow) = reduced.denominator.multipliedReportingOverflow(by: other.denominator)
        guard !upperOverflow, !lowerOverflow, upper != .min else { return nil }
        return ExactQuantity(numerator: upper, denominator: lower)
    }
}

extension String {
    func trimmingWhitespace() -> String {
        var view = self[...]
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
