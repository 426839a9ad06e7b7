internal import Units

/// Figures as short texts, by integers alone.
enum FigureText {
    /// `raw / unit` to the tenth, rounded: 24.1, -0.3.
    static func tenths(_ raw: Int64, of unit: Int64) -> String { decimal(raw, of: unit, places: 1) }

    /// Kilowatts to the tenth.
    static func kilowatts(_ power: Power) -> String { tenths(power.milliwatts, of: 1_000_000) }
    /// Kilowatts to 10 W.
    static func fineKilowatts(_ power: Power) -> String { decimal(power.milliwatts, of: 1_000_000, places: 2) }

    /// Whole degrees Celsius.
    static func degrees(_ temperature: Temperature) -> String {
        decimal(temperature.millidegrees, of: 1000, places: 0)
    }

    /// Whole per cent.
    static func percent(_ share: PerMille) -> String { decimal(share.perMille, of: 10, places: 0) }

    /// Requests per second: a decimal below ten, whole above.
    static func rate(_ rate: Double) -> String {
        guard rate.isFinite, rate >= 0, rate < 1e12 else { return "-" }
        return rate < 10 ? tenths(Int64(rate * 10 + 0.5), of: 10) : String(Int64(rate + 0.5))
    }

    /// Minutes, seconds and tenths: `2:13.4`; with hours `1:02:13`.
    static func clock(_ interval: Interval) -> String {
        let tenths = max(0, interval.rawValue / 100_000_000)
        let (hours, minutes, seconds) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60)
        if hours > 0 { return "\(hours):\(twoDigits(minutes)):\(twoDigits(seconds))" }
        return "\(minutes):\(twoDigits(seconds)).\(tenths % 10)"
    }

    /// Names come from files: what a terminal might take for a command, or draw two columns wide, becomes `?`.
    static func printable(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars { shown.unicodeScalars.append(isNarrow(scalar) ? scalar : "?") }
        return shown
    }

    /// Latin, Greek and Cyrillic letters, the punctuation of Western texts, arrows, boxes and blocks: one column each.
    static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x2010...0x2027, 0x2190...0x21FF,
            0x2500...0x25FF:
            true
        default: false
        }
    }

    private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func decimal(_ raw: Int64, of unit: Int64, places: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        // Beyond any rack; and the product below must not overflow.
        guard raw.magnitude < UInt64(Int64.max / 200) else { return "-" }
        let magnitude = (Int64(raw.magnitude) * scale + unit / 2) / unit
        let sign = raw < 0 && magnitude > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(magnitude)" }
        let digits = String(magnitude % scale)
        return "\(sign)\(magnitude / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
    }
}
