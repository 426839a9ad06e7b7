/// Which part of the screen shows what. Parts that find no room have no height.
///
/// Room is given in rounds: first the least of everything that a person must see, then more of what is worth most.
struct FrameLayout: Equatable {
    private(set) var head: Region
    private(set) var plot: Region
    private(set) var trays: Region
    private(set) var buses: Region
    private(set) var events: Region
    private(set) var footer: Region

    /// From this width on, trays and the rest stand side by side: two tables of 75 columns. Arbitrary.
    static let doubleWidth = 150

    init(width: Int, height: Int, trayCount: Int, busCount: Int, hasFaults: Bool) {
        let headRows = min(height, (height >= 14 ? 4 : 3) + (hasFaults ? 1 : 0))
        let footerRows = height > headRows ? 1 : 0
        let body = max(0, height - headRows - footerRows)
        head = Region(row: 0, column: 0, width: width, height: headRows)
        footer = Region(row: height - footerRows, column: 0, width: width, height: footerRows)
        let isDouble = width >= Self.doubleWidth
        var rows = Rows(left: body)
        let fullTrays = trayCount > 0 ? trayCount + 1 : 0
        let fullBuses = busCount > 0 ? busCount + 1 : 0
        if isDouble {
            // Side by side, the plot gets what the longer side leaves.
            rows.give(\.trays, upTo: max(fullTrays, fullBuses + 4))
            rows.give(\.plot, upTo: 6, atLeast: 3)
            rows.give(\.trays, upTo: fullBuses + 12)
            rows.give(\.plot, upTo: 20, atLeast: rows.plot > 0 ? 1 : 3)
            rows.give(\.trays, upTo: body)
        } else {
            rows.give(\.trays, upTo: min(fullTrays, 4))
            rows.give(\.buses, upTo: min(fullBuses, 1))
            rows.give(\.buses, upTo: fullBuses, atLeast: max(1, fullBuses - 1))
            rows.give(\.events, upTo: 1)
            rows.give(\.plot, upTo: 3, atLeast: 3)
            rows.give(\.trays, upTo: fullTrays)
            rows.give(\.events, upTo: 3)
            rows.give(\.plot, upTo: 8, atLeast: rows.plot > 0 ? 1 : 3)
            rows.give(\.events, upTo: body)
        }
        var next = headRows
        func place(_ height: Int, column: Int = 0, width: Int) -> Region {
            defer { next += height }
            return Region(row: next, column: column, width: width, height: height)
        }
        plot = place(rows.plot, width: width)
        if isDouble {
            let half = width / 2
            trays = Region(row: next, column: 0, width: half - 1, height: rows.trays)
            buses = place(min(fullBuses, rows.trays), column: half + 1, width: width - half - 1)
            events = place(rows.trays - buses.height, column: half + 1, width: width - half - 1)
        } else {
            trays = place(rows.trays, width: width)
            buses = place(rows.buses, width: width)
            events = place(rows.events, width: width)
        }
    }

    /// Rows that are still free, and those given away.
    private struct Rows {
        var left: Int
        var plot = 0
        var trays = 0
        var buses = 0
        var events = 0

        init(left: Int) { self.left = left }

        /// Nothing is given where the least that makes sense does not fit.
        mutating func give(_ part: WritableKeyPath<Rows, Int>, upTo wanted: Int, atLeast least: Int = 1) {
            let more = min(wanted - self[keyPath: part], left)
            guard more >= least, more > 0 else { return }
            self[keyPath: part] += more
            left -= more
        }
    }
}
