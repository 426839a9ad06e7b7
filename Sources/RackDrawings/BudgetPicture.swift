import Scenario

/// The budget tree: a bar for what may flow at each place, on one scale.
enum BudgetPicture {
    // Pixels, arbitrary.
    private static let rowHeight = 24.0
    private static let barWidth = 220.0
    private static let wordsWidth = 440.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let rows = BudgetRow.rows(of: scenario)
        let greatest = max(1, rows.map(\.limit).max() ?? 1)
        let names = rows.map { Picture.textWidth($0.name) + 20 * Double($0.depth) }
        let bars = 24 + (names.max() ?? 0) + 20
        let words = bars + barWidth + 16
        let reasons = rows.map { Picture.wrapped("\(AmountText.power($0.limit)): \($0.reason)", width: wordsWidth) }
        let further = reasons.reduce(0) { $0 + $1.count - 1 }
        var picture = Picture(
            width: words + wordsWidth + 24,
            height: 62 + rowHeight * Double(rows.count) + Picture.lineHeight * Double(further))
        picture.write("Budgets", 24, 28, .title)
        var y = 44.0
        for (row, reason) in zip(rows, reasons) {
            picture.write(row.name, 24 + 20 * Double(row.depth), y + 15)
            picture.rectangle(bars, y + 4, max(2, barWidth * row.limit / greatest), rowHeight - 9, .budget)
            for (index, line) in reason.enumerated() {
                picture.write(line, words, y + 15 + Picture.lineHeight * Double(index), .muted)
            }
            y += rowHeight + Picture.lineHeight * Double(reason.count - 1)
        }
        return picture
    }
}
