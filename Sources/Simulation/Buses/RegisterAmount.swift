internal import DeviceSpecs
internal import RegisterMaps

/// Raw values of a point as a person reads them: the number that stands in the register, and what it means.
struct RegisterAmount {
    private let definition: PointDefinition
    private let unit: SignalUnit?

    init(_ point: SpecifiedPoint, of specification: DeviceSpecification) {
        definition = point.definition
        unit = specification.signalUnit(of: point)
    }

    /// `60000 (60 kW)`; of flags `0x8001`.
    func text(_ raw: Int64) -> String {
        if definition.encoding == .flags { return Self.hexadecimal(Int(truncatingIfNeeded: raw)) }
        guard let meaning = meaning(raw) else { return "\(raw)" }
        return definition.encoding == .float ? meaning : "\(raw) (\(meaning))"
    }

    /// `200 to 12000 (200 W to 12 kW)`.
    func text(from lowest: Int64, to highest: Int64) -> String {
        guard definition.encoding != .flags, let low = meaning(lowest), let high = meaning(highest) else {
            return lowest == highest ? text(lowest) : "\(text(lowest)) to \(text(highest))"
        }
        if lowest == highest { return text(lowest) }
        return definition.encoding == .float ? "\(low) to \(high)" : "\(lowest) to \(highest) (\(low) to \(high))"
    }

    /// `0 to 1 or 17`.
    func text(_ values: AcceptedValues) -> String {
        values.runs.map { text(from: $0.lowerBound, to: $0.upperBound) }.joined(separator: " or ")
    }

    static func hexadecimal(_ number: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// `nil` for what is a number without a unit.
    private func meaning(_ raw: Int64) -> String? {
        guard let unit else { return nil }
        let amount = definition.scale.signal(fromRaw: raw)
        let isLarge = amount.magnitude >= 1_000_000
        switch unit {
        case .millivolts: return "\(Self.thousandths(amount)) V"
        case .milliamperes: return "\(Self.thousandths(amount)) A"
        case .milliwatts: return isLarge ? "\(Self.thousandths(amount / 1000)) kW" : "\(Self.thousandths(amount)) W"
        case .millijoules: return isLarge ? "\(Self.thousandths(amount / 1000)) kJ" : "\(Self.thousandths(amount)) J"
        case .millidegrees: return "\(Self.thousandths(amount)) degC"
        case .rpm: return "\(amount) rpm"
        case .perMille: return "\(Self.decimal(amount, digits: 1)) %"
        case .milliseconds: return amount.magnitude < 1000 ? "\(amount) ms" : "\(Self.thousandths(amount)) s"
        case .seconds: return "\(amount) s"
        case .millihertz: return "\(Self.thousandths(amount)) Hz"
        case .pascals: return "\(Self.thousandths(amount)) kPa"
        case .millilitresPerMinute: return "\(Self.thousandths(amount)) L/min"
        case .count: return definition.scale == .one ? nil : "\(amount)"
        case .flags: return nil
        }
    }

    private static func thousandths(_ amount: Int64) -> String { decimal(amount, digits: 3) }

    /// `amount` counts units of 10^-digits; zeros at the end of the fraction are left out.
    private static func decimal(_ amount: Int64, digits: Int) -> String {
        var scale: UInt64 = 1
        for _ in 0..<digits { scale *= 10 }
        let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: scale)
        var fraction = String(rest)
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return (amount < 0 ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : "." + fraction)
    }
}
