/// Numbers as sentences for people carry them; the same text on every platform, so built from integers.
enum FigureText {
    /// Three or four significant digits with the unit: `310 W`, `12.5 kW`, `0.8 K`.
    static func text(_ value: Double, unit: String) -> String {
        if unit == "W", value.magnitude >= 10_000 { return "\(number(value / 1000)) kW" }
        return unit.isEmpty ? number(value) : "\(number(value)) \(unit)"
    }

    /// Nanoseconds as seconds, to the millisecond: `120.134 s`, `2 s`.
    static func seconds(_ nanoseconds: Int64) -> String {
        "\(decimal(roundedQuotient(nanoseconds, 1_000_000), digits: 3)) s"
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
        if value.magnitude >= 100 { return decimal(Int64(value.rounded()), digits: 0) }
        if value.magnitude >= 10 { return decimal(Int64((value * 10).rounded()), digits: 1) }
        return decimal(Int64((value * 100).rounded()), digits: 2)
    }

    private static func roundedQuotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend >= 0 ? (dividend + divisor / 2) / divisor : -((-dividend + divisor / 2) / divisor)
    }

    /// `amount` counts units of 10^-digits; zeros at the end of the fraction are left out.
    private static func decimal(_ amount: Int64, digits: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        let (whole, rest) = (amount.magnitude / scale.magnitude, amount.magnitude % scale.magnitude)
        var fraction = String(rest)
        while fraction.count < digits { fraction = "0" + fraction }
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = amount < 0 ? "-" : ""
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }
}
