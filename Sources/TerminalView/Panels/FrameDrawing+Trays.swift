internal import Units

/// One line per tray; of more than find room, those from the chosen one on.
extension FrameDrawing {
    mutating func drawTrays(in region: Region) {
        guard region.height > 0, !snapshot.trays.isEmpty else { return }
        let columns = trayColumns
        let layout = TableLayout(columns.map(\.column), width: region.width)
        let rows = region.height - 1
        let first = Self.firstTray(wanted: choice.firstTray, rows: rows, of: snapshot.trays.count)
        drawTitles(columns.map(\.column), layout, in: region)
        for (line, tray) in snapshot.trays.dropFirst(first).prefix(rows).enumerated() {
            draw(tray, columns, layout, row: region.row + 1 + line, in: region)
        }
        if rows < snapshot.trays.count { hint = scrollHint(first: first, rows: rows) }
    }

    /// Scrolling ends where the last tray is on the last line.
    static func firstTray(wanted: Int, rows: Int, of count: Int) -> Int {
        max(0, min(wanted, count - max(1, rows)))
    }

    /// Which trays are seen, and whether those out of sight are well.
    private func scrollHint(first: Int, rows: Int) -> Item {
        let last = min(snapshot.trays.count, first + rows)
        let before = snapshot.trays.prefix(first).count(where: \.isTroubled)
        let after = snapshot.trays.dropFirst(last).count(where: \.isTroubled)
        let range = "trays \(first + 1)-\(last) of \(snapshot.trays.count)"
        let troubled = before + after
        return troubled > 0 ? ("\(range), \(troubled) in trouble hidden", .warning) : (range, .dim)
    }

    mutating func drawTitles(_ columns: [TableColumn], _ layout: TableLayout, in region: Region) {
        for (column, place) in zip(columns, layout.places) {
            guard let place else { continue }
            let start = region.column + place.column
            if column.isLeft {
                canvas.put(column.title, .heading, row: region.row, column: start, limit: place.width)
            } else {
                canvas.put(
                    column.title, .heading, row: region.row, endingAt: start + place.width, limit: place.width)
            }
        }
    }

    private enum TrayField { case name, power, bar, cap, held, demand, floor, temperature, duty, state }

    private typealias TrayColumn = (field: TrayField, column: TableColumn)

    /// The order in which they stand; the rank says in which they go when the screen is narrow.
    private var trayColumns: [TrayColumn] {
        let trays = snapshot.trays
        let name = min(16, max(4, trays.map(\.name.unicodeScalars.count).max() ?? 0))
        var columns: [TrayColumn] = [
            (.name, TableColumn(title: "tray", width: name, isLeft: true)),
            (.power, TableColumn(title: "kW", width: 6)),
            (.bar, TableColumn(title: "power and cap", width: 8, isLeft: true, rank: 5, stretch: 60)),
        ]
        func add(_ field: TrayField, _ title: String, _ width: Int, rank: Int, if known: (LiveTray) -> Bool) {
            guard trays.contains(where: known) else { return }
            columns.append((field, TableColumn(title: title, width: width, rank: rank)))
        }
        add(.cap, "cap", 6, rank: 1) { $0.askedCap != nil }
        add(.held, "held", 6, rank: 6) { $0.heldCap != nil }
        add(.demand, "wants", 6, rank: 7) { $0.demand != nil }
        add(.floor, "floor", 6, rank: 8) { $0.floor != nil }
        add(.temperature, "temp", 5, rank: 3) { $0.temperature != nil }
        add(.duty, "fans", 5, rank: 4) { $0.duty != nil }
        let state = min(20, max(8, trays.map { Self.words(of: $0).unicodeScalars.count }.max() ?? 0))
        columns.append((.state, TableColumn(title: "state", width: state, isLeft: true, rank: 2)))
        return columns
    }

    private mutating func draw(
        _ tray: LiveTray, _ columns: [TrayColumn], _ layout: TableLayout, row: Int, in region: Region
    ) {
        for (column, place) in zip(columns, layout.places) {
            guard let place else { continue }
            let start = region.column + place.column
            switch column.field {
            case .name: canvas.put(tray.name, row: row, column: start, limit: place.width)
            case .bar: drawBar(of: tray, row: row, column: start, width: place.width)
            case .state: drawState(of: tray, row: row, column: start, limit: place.width)
            default:
                let (text, ink) = figure(column.field, of: tray)
                canvas.put(text, ink, row: row, endingAt: start + place.width, limit: place.width)
            }
        }
    }

    private func figure(_ field: TrayField, of tray: LiveTray) -> Item {
        func power(_ power: Power?, _ ink: Ink = .plain) -> Item {
            power.map { (FigureText.fineKilowatts($0), ink) } ?? ("-", .dim)
        }
        switch field {
        case .power:
            guard let drawn = tray.power, let cap = tray.heldCap ?? tray.askedCap, drawn > cap else {
                return power(tray.power)
            }
            return power(drawn, .warning)
        case .cap: return power(tray.askedCap, .cap)
        // Not yet confirmed: it stands out until it agrees.
        case .held:
            return tray.heldCap == tray.askedCap ? power(tray.heldCap, .dim) : power(tray.heldCap, .warning)
        case .demand: return power(tray.demand, .dim)
        case .floor: return power(tray.floor, .dim)
        case .temperature: return tray.temperature.map { (FigureText.degrees($0) + "C", .plain) } ?? ("-", .dim)
        case .duty: return tray.duty.map { (FigureText.percent($0) + "%", .plain) } ?? ("-", .dim)
        case .name, .bar, .state: return ("", .plain)
        }
    }

    private mutating func drawBar(of tray: LiveTray, row: Int, column: Int, width: Int) {
        guard let power = tray.power else { return }
        putBar(
            power, mark: tray.heldCap ?? tray.askedCap, scale: tray.ceiling ?? highestOfTrays, row: row,
            column: column, width: width)
    }

    /// Where no tray says what it can draw at most, all share the scale of the highest.
    private var highestOfTrays: Power {
        snapshot.trays.map { max($0.power ?? .zero, $0.heldCap ?? .zero, $0.askedCap ?? .zero) }.max() ?? .zero
    }

    /// The worst first.
    private static func order(of tray: LiveTray) -> [LiveTray.Condition] {
        LiveTray.Condition.allCases.reversed().filter { tray.conditions.contains($0) }
    }

    /// `online` says nothing new beside another word.
    private static func words(of tray: LiveTray) -> String {
        let order = order(of: tray)
        return (order.count > 1 ? order.filter { $0 != .online } : order).map(\.rawValue).joined(separator: " ")
    }

    private mutating func drawState(of tray: LiveTray, row: Int, column: Int, limit: Int) {
        let ink: Ink =
            switch Self.order(of: tray).first {
            case .online: .good
            case nil, .arming: .dim
            case .stale, .throttling, .fallback, .failsafe, .brake: .warning
            case .lost, .off, .tripped: .alarm
            }
        canvas.put(Self.words(of: tray), ink, row: row, column: column, limit: limit)
    }
}
