internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// How scaled values are printed, in a form that the loader reads back.
enum ValueText {
    /// A raw value, "6 kW", in whichever of the scale's own and the usual units is shortest; raw where no unit fits.
    static func text(_ raw: Int64, scale: FixedPointScale, unit: SpecUnit, in name: String) -> String {
        let product = Int128(raw) * Int128(scale.numerator) + Int128(scale.offset) * Int128(scale.denominator)
        guard let numerator = Int64(exactly: product) else { return "raw \(raw)" }
        let candidates = [scaleName(name)] + (name.isEmpty ? [] : usualNames(unit.dimension))
        let texts = candidates.compactMap { candidate in
            unit.amount(numerator, over: scale.denominator, in: candidate).map { joined(number($0), candidate) }
        }
        return texts.min { $0.count < $1.count } ?? "raw \(raw)"
    }

    /// The same for a point of any encoding: of a float the shortest decimal that the loader turns into the same words.
    static func text(
        _ raw: Int64, as encoding: PointEncoding, scale: FixedPointScale, unit: SpecUnit, in name: String
    ) -> String {
        guard encoding == .float else { return text(raw, scale: scale, unit: unit, in: name) }
        let name = scaleName(name)
        let bits = SinglePrecision.bits(fromRaw: raw)
        var power: Int64 = 1
        for digits in 0...9 {
            defer { power *= 10 }
            guard let tenths = amount(raw, scale: scale, unit: unit, in: name, times: power),
                let text = digits == 0 ? "\(tenths)" : decimal(tenths, power, digitLimit: digits),
                let exact = ExactQuantity.parse(joined(text, name), as: unit.dimension).flatMap(unit.signalAmount),
                SinglePrecision.bits(fromRaw: scale.raw(exact, rounding: .nearest)) == bits
            else { continue }
            return joined(text, name)
        }
        return "raw \(raw)"
    }

    /// A value in a unit, times a power of ten, rounded; `nil` beyond 64 bits.
    private static func amount(
        _ raw: Int64, scale: FixedPointScale, unit: SpecUnit, in name: String, times power: Int64
    ) -> Int64? {
        guard let literal = unit.dimension.units.first(where: { $0.name == name }) else { return nil }
        var dividend = Int128(raw) * Int128(scale.numerator) + Int128(scale.offset) * Int128(scale.denominator)
        for factor in [power, unit.dimensionUnits, literal.denominator] {
            let (product, overflow) = dividend.multipliedReportingOverflow(by: Int128(factor))
            if overflow { return nil }
            dividend = product
        }
        let (divisor, overflow) = Int128(scale.denominator).multipliedReportingOverflow(by: Int128(literal.numerator))
        if overflow { return nil }
        let half = divisor / 2
        return Int64(exactly: (dividend < 0 ? dividend - half : dividend + half) / divisor)
    }

    private static func usualNames(_ dimension: Dimension) -> [String] {
        switch dimension {
        case .power: ["W", "kW"]
        case .energy: ["J", "kJ"]
        case .voltage: ["V"]
        case .current: ["A"]
        case .time: ["ms", "s"]
        case .frequency: ["Hz"]
        case .pressure: ["kPa"]
        case .flow: ["L/min"]
        case .temperature, .rotationalSpeed, .ratio, .count: []
        }
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
