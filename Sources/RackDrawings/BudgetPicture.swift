import Scenario

/// The budget tree: a bar for what may flow at each place, on one scale.
enum BudgetPicture {
    private static let rowHeight = 24.0
    private static let barWidth = 260.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let rows = BudgetRow.rows(of: scenario)
        let greatest = max(1, rows.map(\.limit).max() ?? 1)
        let names = rows.map { Picture.textWidth($0.name) + 20 * Double($0.depth) }
        let bars = 24 + (names.max() ?? 0) + 20
        let words = bars + barWidth + 16
        let reasons = rows.map { Picture.textWidth("\(AmountText.power($0.limit))   \($0.reason)") }.max() ?? 0
        var picture = Picture(width: words + reasons, height: 62 + rowHeight * Double(rows.count))
        picture.write("Budgets", 24, 28, .title)
        for (index, row) in rows.enumerated() {
            let y = 44 + rowHeight * Double(index)
            picture.write(row.name, 24 + 20 * Double(row.depth), y + 15)
            picture.rectangle(bars, y + 4, max(2, barWidth * row.limit / greatest), rowHeight - 9, .budget)
            picture.write("\(AmountText.power(row.limit))   \(row.reason)", words, y + 15, .muted)
        }
        return picture
    }
}
