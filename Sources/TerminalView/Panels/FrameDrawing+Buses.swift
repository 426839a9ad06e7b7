internal import Units

/// One line per bus, or all in one where there is no room for more.
extension FrameDrawing {
    mutating func drawBuses(in region: Region) {
        guard region.height > 0, !snapshot.buses.isEmpty else { return }
        guard region.height > 1 else {
            put(busSummary, row: region.row, in: region)
            return
        }
        let columns = busColumns
        let layout = TableLayout(columns.map(\.column), width: region.width)
        drawTitles(columns.map(\.column), layout, in: region)
        for (line, bus) in snapshot.buses.prefix(region.height - 1).enumerated() {
            for (column, place) in zip(columns, layout.places) {
                guard let place else { continue }
                let start = region.column + place.column
                let (text, ink) = item(column.field, of: bus)
                let row = region.row + 1 + line
                if column.column.isLeft {
                    canvas.put(text, ink, row: row, column: start, limit: place.width)
                } else {
                    canvas.put(text, ink, row: row, endingAt: start + place.width, limit: place.width)
                }
            }
        }
    }

    private var busSummary: [Item] {
        let buses = snapshot.buses
        let down = buses.filter { $0.isUp == false }
        var items: [Item] =
            down.isEmpty
            ? [("buses \(buses.count) ok", .good)]
            : [("DOWN " + down.map(\.name).joined(separator: ","), .alarm)]
        let rates = buses.compactMap(\.requestsPerSecond)
        if !rates.isEmpty { items.append(("\(FigureText.rate(rates.reduce(0, +)))/s", .plain)) }
        let timeouts = buses.compactMap(\.timeouts)
        if !timeouts.isEmpty { items.append(("time-outs \(timeouts.reduce(0, +))", .plain)) }
        return items
    }

    private enum BusField { case name, kind, load, rate, timeouts, exceptions, badFrames, reconnects, clients, place }

    private typealias BusColumn = (field: BusField, column: TableColumn)

    private var busColumns: [BusColumn] {
        let buses = snapshot.buses
        func longest(_ texts: [String], _ range: ClosedRange<Int>) -> Int {
            min(range.upperBound, max(range.lowerBound, texts.map(\.unicodeScalars.count).max() ?? 0))
        }
        var columns: [BusColumn] = [
            (.name, TableColumn(title: "bus", width: longest(buses.map(\.name), 4...14), isLeft: true)),
            (.kind, TableColumn(title: "kind", width: longest(buses.map(\.kind), 4...15), isLeft: true, rank: 8)),
        ]
        func add(_ field: BusField, _ title: String, _ width: Int, rank: Int, if known: (LiveBus) -> Bool) {
            guard buses.contains(where: known) else { return }
            columns.append((field, TableColumn(title: title, width: width, rank: rank)))
        }
        add(.load, "load", 4, rank: 3) { $0.load != nil }
        add(.rate, "req/s", 6, rank: 1) { $0.requestsPerSecond != nil }
        add(.timeouts, "t/out", 6, rank: 2) { $0.timeouts != nil }
        add(.exceptions, "exc", 5, rank: 4) { $0.exceptions != nil }
        add(.badFrames, "bad", 4, rank: 5) { $0.badFrames != nil }
        add(.reconnects, "recon", 5, rank: 6) { $0.reconnects != nil }
        add(.clients, "conns", 5, rank: 7) { $0.clients != nil }
        if buses.contains(where: { $0.place != nil || $0.isUp != nil }) {
            columns.append((.place, TableColumn(title: "at", width: 14, isLeft: true, rank: 2, stretch: 40)))
        }
        return columns
    }

    private func item(_ field: BusField, of bus: LiveBus) -> Item {
        func count(_ value: Int?, _ ink: Ink = .plain) -> Item {
            value.map { ("\($0)", $0 > 0 ? ink : .dim) } ?? ("-", .dim)
        }
        switch field {
        case .name: return (bus.name, .plain)
        case .kind: return (bus.kind, .dim)
        case .load: return bus.load.map { (FigureText.percent($0) + "%", .plain) } ?? ("-", .dim)
        case .rate: return bus.requestsPerSecond.map { (FigureText.rate($0), .plain) } ?? ("-", .dim)
        case .timeouts: return count(bus.timeouts)
        case .exceptions: return count(bus.exceptions)
        case .badFrames: return count(bus.badFrames, .warning)
        case .reconnects: return count(bus.reconnects, .warning)
        case .clients: return count(bus.clients)
        case .place: return bus.isUp == false ? ("DOWN " + (bus.place ?? ""), .alarm) : (bus.place ?? "", .plain)
        }
    }
}
