internal import Units

/// Power over the last minutes, with the budget as a line through it.
extension FrameDrawing {
    private static let axisWidth = 6

    mutating func drawPlot(in region: Region) {
        let width = region.width - Self.axisWidth
        guard region.height > 0, width > 10 else { return }
        let entries = history.entries.suffix(width)
        let highest = entries.map { max($0.power, $0.budget ?? .zero) }.max() ?? .zero
        guard highest > .zero else { return }
        // A tenth of air above the highest.
        let scale = highest.scaled(by: 11, over: 10)
        drawAxis(in: region, scale: scale, budget: entries.last?.budget)
        let first = region.column + region.width - entries.count
        for (offset, entry) in entries.enumerated() {
            drawColumn(entry, scale: scale, column: first + offset, in: region)
        }
    }

    private func level(of power: Power, scale: Power, rows: Int) -> Double {
        Double(max(0, power.rawValue)) / Double(scale.rawValue) * Double(rows)
    }

    /// The row of a power counted from the bottom.
    private func line(of power: Power, scale: Power, rows: Int) -> Int {
        min(rows - 1, Int(level(of: power, scale: scale, rows: rows)))
    }

    private mutating func drawAxis(in region: Region, scale: Power, budget: Power?) {
        let bottom = region.row + region.height - 1
        canvas.put("kW 0", .dim, row: bottom, endingAt: region.column + Self.axisWidth - 1)
        guard let budget, region.height > 1 else { return }
        let row = bottom - line(of: budget, scale: scale, rows: region.height)
        guard row < bottom else { return }
        canvas.put(
            FigureText.kilowatts(budget), .heading, row: row, endingAt: region.column + Self.axisWidth - 1)
    }

    private mutating func drawColumn(_ entry: PowerHistory.Entry, scale: Power, column: Int, in region: Region) {
        let bottom = region.row + region.height - 1
        let level = level(of: entry.power, scale: scale, rows: region.height)
        let budgetLine = entry.budget.map { line(of: $0, scale: scale, rows: region.height) }
        let isOver = entry.budget.map { entry.power > $0 } ?? false
        for step in 0..<region.height {
            let row = bottom - step
            let filled = level - Double(step)
            let isBeyond = isOver && step >= budgetLine ?? region.height
            if filled >= 1 {
                canvas.put(isBeyond ? glyphs.over : glyphs.full, isBeyond ? .alarm : .good, row: row, column: column)
            } else if isBeyond, filled > 0 {
                canvas.put(glyphs.over, .alarm, row: row, column: column)
            } else if step == budgetLine {
                canvas.put(glyphs.line, .heading, row: row, column: column)
            } else if let glyph = partial(filled) {
                canvas.put(glyph, .good, row: row, column: column)
            }
        }
    }

    /// The glyph for a part of a cell; `nil` for next to nothing.
    private func partial(_ share: Double) -> Unicode.Scalar? {
        let step = Int(share * Double(glyphs.partial.count + 1))
        return step > 0 ? glyphs.partial[min(step, glyphs.partial.count) - 1] : nil
    }
}
