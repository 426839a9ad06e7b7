/// Numbers as people read them: a decimal point, a thin space between thousands, no exponent, no locale.
enum NumberText {
    /// With this many decimals, at most 9.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        let scaled = (value.magnitude * power).rounded()
        guard scaled < 9e15 else { return String(value) }
        let whole = Int(scaled)
        let unit = Int(power)
        var text = grouped(whole / unit)
        if decimals > 0 {
            let fraction = String(whole % unit)
            text += "." + String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
        }
        return value < 0 && whole != 0 ? "−" + text : text
    }

    /// About this many significant digits, but all digits of the whole part; no trailing zeros.
    static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "–" }
        var decimals = digits - 1
        var magnitude = value.magnitude
        while magnitude >= 10 && decimals > 0 {
            magnitude /= 10
            decimals -= 1
        }
        while magnitude < 1 && magnitude > 0 && decimals < 6 {
            magnitude *= 10
            decimals += 1
        }
        return trimmed(fixed(value, decimals: decimals))
    }

    /// Simulated seconds to the millisecond, without trailing zeros.
    static func seconds(_ value: Double) -> String { trimmed(fixed(value, decimals: 3)) }

    /// `5 min`, `1 h 30 min`, `93.5 s`: a span of time as people say it.
    static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 120, seconds < 1e9 else { return Self.seconds(seconds) + " s" }
        let whole = Int(seconds)
        var parts: [String] = []
        if whole >= 3_600 { parts.append("\(whole / 3_600) h") }
        if whole % 3_600 >= 60 { parts.append("\(whole % 3_600 / 60) min") }
        let rest = seconds - Double(whole / 60 * 60)
        if rest > 0 { parts.append(Self.seconds(rest) + " s") }
        return parts.joined(separator: " ")
    }

    /// A value with its unit, in kilo- or mega-units where that reads better: `27.5 kW`, `81 °C`.
    static func quantity(_ value: Double, unit: String, digits: Int = 3) -> String {
        let scale = DisplayUnit(unit: unit, greatest: value.magnitude)
        let text = significant(value / scale.divisor, digits: digits)
        return scale.name.isEmpty ? text : text + "\u{A0}" + scale.name
    }

    private static func trimmed(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
        var text = Substring(text)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }

    private static func grouped(_ value: Int) -> String {
        let digits = Array(String(value))
        guard digits.count > 4 else { return String(digits) }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index).isMultiple(of: 3) { text += "\u{202F}" }
            text.append(digit)
        }
        return text
    }
}
