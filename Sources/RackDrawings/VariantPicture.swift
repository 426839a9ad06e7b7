import Scenario

/// The scenario's variants, a paragraph each.
enum VariantPicture {
    /// Pixels, arbitrary: lines that are read without turning the head.
    private static let textWidth = 640.0
    private static let gap = 8.0

    /// Nil for a scenario without variants.
    static func draw(_ scenario: ScenarioDefinition) -> Picture? {
        let rows = VariantRow.rows(of: scenario)
        guard !rows.isEmpty else { return nil }
        let words = 24 + (rows.map { Picture.textWidth($0.name) }.max() ?? 0) + 20
        let paragraphs = rows.map { row in
            (name: row.name, says: lines(row.says), outcome: lines(row.outcome))
        }
        let count = paragraphs.reduce(0) { $0 + $1.says.count + $1.outcome.count }
        var picture = Picture(
            width: words + textWidth + 24,
            height: 44 + Picture.lineHeight * Double(count) + gap * Double(rows.count) + 12)
        picture.write("Variants", 24, 28, .title)
        var y = 58.0
        for paragraph in paragraphs {
            picture.write(paragraph.name, 24, y)
            for line in paragraph.says {
                picture.write(line, words, y)
                y += Picture.lineHeight
            }
            for line in paragraph.outcome {
                picture.write(line, words, y, .muted)
                y += Picture.lineHeight
            }
            y += gap
        }
        return picture
    }

    private static func lines(_ text: String) -> [String] {
        text.isEmpty ? [] : Picture.wrapped(text, width: textWidth)
    }
}
