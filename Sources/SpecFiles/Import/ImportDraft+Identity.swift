internal import DeviceSpecs
internal import RegisterMaps

/// Texts for registers that a map describes and leaves empty: a monitor that reads an inventory finds one.
extension ImportDraft {
    /// Puts a plausible text where the source has none. What the register is called says what it holds.
    mutating func fillTexts(product: String) {
        var isFilled = false
        for index in points.indices where points[index].definition.encoding == .text && points[index].text.isEmpty {
            let room = Int(points[index].definition.wordCount) * 2
            let text = String(Self.text(for: points[index], product: product).prefix(room))
            guard !text.isEmpty else { continue }
            setText(text, ofPoint: index)
            isFilled = true
        }
        if isFilled {
            note("the source has no texts for model, serial number, revision or date: those here are placeholders")
        }
    }

    private static func text(for point: SpecifiedPoint, product: String) -> String {
        let name = point.name + " " + point.says.lowercased()
        for (words, text) in known where words.contains(where: { name.contains($0) }) {
            return text.isEmpty ? product : text
        }
        return ""
    }

    /// The first that fits counts. An empty text stands for the product's own name.
    private static let known: [(words: [String], text: String)] = [
        (["revision", "version", "-fw", "firmware", "-hw", "fw-"], "1.0"),
        (["serial"], "SN000001"),
        (["date"], "20260101"),
        (["chemistry"], "LION"),
        (["part", "fbpn"], "PN000001"),
        (["manufacturer", "mfg-name", "mfr-name", "vendor"], "unknown"),
        (["model", "device-name", "name", "product"], ""),
        (["workorder", "work-order"], "WO000001"),
    ]
}
