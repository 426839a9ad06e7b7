internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// How scaled values are printed, in a form that the loader reads back.
enum ValueText {
    /// A raw value in a unit, "6000 W"; raw where the unit does not fit.
    static func text(_ raw: Int64, scale: FixedPointScale, unit: SpecUnit, in name: String) -> String {
        let name = scaleName(name)
        let product = Int128(raw) * Int128(scale.numerator) + Int128(scale.offset) * Int128(scale.denominator)
        guard let numerator = Int64(exactly: product),
            let exact = unit.amount(numerator, over: scale.denominator, in: name)
        else { return "raw \(raw)" }
        return joined(number(exact), name)
    }

    /// The step of a scale: "10 mV", "1/1024 V".
    static func text(_ scale: FixedPointScale, unit: SpecUnit, in name: String) -> String {
        guard let exact = unit.amount(scale.numerator, over: scale.denominator, in: name) else {
            return "\(scale.numerator)/\(scale.denominator)"
        }
        return joined(number(exact), name)
    }

    /// The offset of a scale.
    static func offset(_ scale: FixedPointScale, unit: SpecUnit, in name: String) -> String {
        let name = scaleName(name)
        guard let exact = unit.amount(scale.offset, in: name) else { return "\(scale.offset)" }
        return joined(number(exact), name)
    }

    /// Steps may be given in kelvins, but values are counted from the zero of degrees.
    private static func scaleName(_ name: String) -> String { name == "K" || name == "mK" ? "degC" : name }

    static func joined(_ number: String, _ unit: String) -> String { unit.isEmpty ? number : "\(number) \(unit)" }

    /// The shortest exact literal: "10", "0.1", "1/1024". Binary fractions of one stay fractions, since that is how
    /// datasheets give them.
    static func number(_ exact: ExactQuantity) -> String {
        let (numerator, denominator) = (exact.numerator, exact.denominator)
        if denominator == 1 { return "\(numerator)" }
        let isBinary = denominator & (denominator - 1) == 0
        if isBinary, numerator == 1 { return "1/\(denominator)" }
        return decimal(numerator, denominator, digitLimit: isBinary ? 4 : 9) ?? "\(numerator)/\(denominator)"
    }

    /// A finite decimal fraction of at most so many digits, or `nil`.
    static func decimal(_ numerator: Int64, _ denominator: Int64, digitLimit: Int) -> String? {
        var power: Int64 = 1
        for digits in 1...digitLimit {
            power *= 10
            guard power % denominator == 0 else { continue }
            let (scaled, overflow) = numerator.magnitude.multipliedReportingOverflow(by: UInt64(power / denominator))
            if overflow { return nil }
            let (whole, part) = scaled.quotientAndRemainder(dividingBy: UInt64(power))
            let text = String(part)
            let padding = String(repeating: "0", count: digits - text.count)
            return "\(numerator < 0 ? "-" : "")\(whole).\(padding)\(text)"
        }
        return nil
    }
}
