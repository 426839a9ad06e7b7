internal import Units

/// The last events, the keys, and their explanation.
extension FrameDrawing {
    /// The newest stands lowest, as in a log; one that is too long goes on in the next lines.
    mutating func drawEvents(in region: Region) {
        guard region.height > 0 else { return }
        let hasTitle = region.height > 2
        if hasTitle { canvas.put("events", .heading, row: region.row, column: region.column, limit: region.width) }
        let first = region.row + (hasTitle ? 1 : 0)
        for (line, piece) in eventLines(rows: region.height - (hasTitle ? 1 : 0), width: region.width).enumerated() {
            let column = canvas.put(
                piece.time, .dim, row: first + line, column: region.column, limit: region.width)
            canvas.put(
                piece.text, piece.ink, row: first + line, column: column,
                limit: region.column + region.width - column)
        }
    }

    private typealias EventLine = (time: String, text: String, ink: Ink)

    /// Whole events as long as there is room, the newest at least from its beginning on.
    private func eventLines(rows: Int, width: Int) -> [EventLine] {
        var lines: [EventLine] = []
        for event in snapshot.events.reversed() where lines.count < rows {
            let time = FigureText.clock(event.at)
            let ink: Ink = event.isMajor ? .warning : .plain
            let margin = time.unicodeScalars.count + 3
            let pieces = Self.wrapped(event.text, width: max(1, width - margin))
            guard lines.isEmpty || lines.count + pieces.count <= rows else { break }
            let blank = String(repeating: " ", count: time.unicodeScalars.count)
            let own = pieces.prefix(rows).enumerated().map { number, piece -> EventLine in
                number == 0 ? (time, " \(event.isMajor ? "! " : "  ")\(piece)", ink) : (blank, "   \(piece)", ink)
            }
            lines = own + lines
        }
        return lines
    }

    /// A text in lines of whole words; a word that is longer than a line has one for itself.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.unicodeScalars.count + 1 + word.unicodeScalars.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [""] : lines
    }

    mutating func drawFooter(in region: Region) {
        guard region.height > 0 else { return }
        let items: [Item] =
            choice.hasKeys
            ? [
                ("q end", .dim), (choice.isPaused ? "p go on" : "p pause", .dim), ("? help", .dim),
                ("j/k trays", .dim),
            ] : [("Ctrl-C end", .dim)]
        var left = region
        if let hint {
            canvas.put(hint.text, hint.ink, row: region.row, endingAt: region.width, limit: region.width)
            // The hint is worth more than the keys, which the help has too.
            left.width = max(0, region.width - hint.text.unicodeScalars.count - 2)
        }
        if left.width > 5 { put(items, row: region.row, in: left) }
    }

    mutating func drawHelp(below row: Int) {
        for (line, text) in Self.help(glyphs).enumerated() {
            guard row + line < canvas.height - 1 else { return }
            canvas.put(text, row: row + line, column: 1, limit: max(0, canvas.width - 1))
        }
    }

    private static func help(_ glyphs: Glyphs) -> [String] {
        let (full, over, mark, line) = (glyphs.full, glyphs.over, glyphs.mark, glyphs.line)
        return [
            "q          end cleanly, with the report, as Ctrl-C does",
            "p          pause drawing; the rack goes on",
            "j k arrows scroll the trays; PgUp PgDn by a page, g G to the ends",
            "Ctrl-L     draw anew",
            "?          this page and back",
            "",
            "bar        \(full)\(full)\(full) power  \(mark) cap or budget  \(over)\(over) power above it",
            "plot       \(PowerHistory.column.seconds) s a column, highest power seen  \(line) budget",
            "cap held   what the controller wants, and what the BMC is known to hold",
            "wants      what the tray would draw uncapped;  floor: its least cap",
            "lag        how far the rack's time is behind the wall clock",
        ]
    }
}
