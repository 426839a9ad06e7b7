import Units

/// Amounts for people, with as many digits as are worth reading.
enum AmountText {
    /// `27.5 kW`, `480 W`.
    static func power(_ watts: Double) -> String {
        if abs(watts) >= 1e6 { return "\(number(watts / 1e6)) MW" }
        return abs(watts) >= 1000 ? "\(number(watts / 1000)) kW" : "\(number(watts)) W"
    }

    static func power(_ power: Power) -> String { Self.power(Double(power.milliwatts) / 1000) }

    /// `100 ms`, `90 s`, `5 min`, `1 h`.
    static func time(_ interval: Interval) -> String {
        let nanoseconds = interval.rawValue
        if nanoseconds != 0, abs(nanoseconds) < 1_000_000_000 { return "\(number(Double(nanoseconds) / 1e6)) ms" }
        let seconds = Double(nanoseconds) / 1e9
        if seconds >= 120, seconds.truncatingRemainder(dividingBy: 3600) == 0 { return "\(number(seconds / 3600)) h" }
        if seconds >= 60, seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(number(seconds / 60)) min" }
        return "\(number(seconds)) s"
    }

    static func time(_ instant: Instant) -> String { time(instant - .start) }

    static func percent(_ share: Double) -> String { "\(number(share * 100)) %" }

    /// Three significant digits at most behind the point, without trailing zeros.
    static func number(_ value: Double) -> String {
        let factor: Double = abs(value) >= 100 ? 10 : 100
        let scaled = Int((abs(value) * factor).rounded())
        let whole = scaled / Int(factor)
        var digits = String(scaled % Int(factor))
        while digits.count < (factor == 10 ? 1 : 2) { digits = "0" + digits }
        while digits.hasSuffix("0") { digits.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return sign + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }
}
