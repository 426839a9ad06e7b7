internal import Units

/// Draws one frame: a snapshot and what the person at the keys chose to see of it.
struct FrameDrawing {
    let snapshot: LiveSnapshot
    let history: PowerHistory
    let glyphs: Glyphs
    let choice: ViewChoice
    /// Trays that found room.
    let trayRows: Int
    /// What the footer says of trays that found no line.
    var hint: Item?
    var canvas: Canvas

    /// Draws everything.
    init(
        _ snapshot: LiveSnapshot, history: PowerHistory, glyphs: Glyphs, choice: ViewChoice, width: Int, height: Int
    ) {
        self.snapshot = snapshot
        self.history = history
        self.glyphs = glyphs
        self.choice = choice
        canvas = Canvas(width: width, height: height)
        let layout = FrameLayout(
            width: width, height: height, trayCount: snapshot.trays.count, busCount: snapshot.buses.count,
            hasFaults: !snapshot.faults.isEmpty)
        trayRows = max(1, layout.trays.height - 1)
        drawHead(in: layout.head)
        if choice.showsHelp {
            drawHelp(below: layout.head.height)
        } else {
            drawPlot(in: layout.plot)
            drawTrays(in: layout.trays)
            drawBuses(in: layout.buses)
            drawEvents(in: layout.events)
        }
        drawFooter(in: layout.footer)
    }

    /// A text with its ink.
    typealias Item = (text: String, ink: Ink)

    /// As many items as fit, from the left, three blanks apart.
    mutating func put(_ items: [Item], row: Int, in region: Region) {
        var column = region.column
        let end = region.column + region.width
        for item in items where !item.text.isEmpty {
            let count = item.text.unicodeScalars.count
            guard column + count <= end || column == region.column else { return }
            column = canvas.put(item.text, item.ink, row: row, column: column, limit: end - column) + 3
        }
    }

    /// A bar from 0 to `scale`, with a mark at a limit: what lies above the limit looks different.
    mutating func putBar(
        _ value: Power, mark limit: Power?, scale: Power, row: Int, column: Int, width: Int, markInk: Ink = .cap
    ) {
        guard width > 0, scale > .zero else { return }
        func cell(of power: Power) -> Int {
            let share = Double(power.rawValue) / Double(scale.rawValue) * Double(width)
            return Int(max(0, min(Double(width), share.rounded())))
        }
        let filled = cell(of: value)
        let isOver = limit.map { value > $0 } ?? false
        let mark = limit.map { min(width - 1, cell(of: $0)) }
        for place in 0..<width {
            if place == mark {
                canvas.put(glyphs.mark, isOver ? .alarm : markInk, row: row, column: column + place)
            } else if place < filled {
                let isAbove = isOver && place > mark ?? width
                canvas.put(
                    isAbove ? glyphs.over : glyphs.full, isAbove ? .alarm : .good, row: row, column: column + place)
            } else {
                canvas.put(glyphs.empty, .dim, row: row, column: column + place)
            }
        }
    }
}

/// What the person at the keys chose.
struct ViewChoice: Equatable {
    var showsHelp = false
    var isPaused = false
    /// The first tray that is shown.
    var firstTray = 0
    /// Whether there are keys at all.
    var hasKeys = false
}
