internal import Units

/// The lines at the top: what runs, the power against its budget, and what else must be seen at once.
extension FrameDrawing {
    mutating func drawHead(in region: Region) {
        var row = region.row
        let end = region.row + region.height
        func next() -> Int? {
            defer { row += 1 }
            return row < end ? row : nil
        }
        if let row = next() { drawTitle(row: row, in: region) }
        if let row = next() { put(powerItems(width: region.width), row: row, in: region) }
        let hasBar = region.height >= (snapshot.faults.isEmpty ? 4 : 5)
        if hasBar, let row = next() { drawPowerBar(row: row, in: region) }
        if let row = next() { put(urgentFirst(vitalItems, width: region.width), row: row, in: region) }
        if !snapshot.faults.isEmpty, let row = next() {
            // In a small terminal what is faulty is worth more than the word for it.
            let word =
                region.width < Self.smallWidth ? "\(snapshot.faults.count)! " : "FAULTS \(snapshot.faults.count)  "
            let text = word + snapshot.faults.joined(separator: "; ")
            canvas.put(text, .warning, row: row, column: region.column, limit: region.width)
        }
    }

    private mutating func drawTitle(row: Int, in region: Region) {
        canvas.fill(" ", .bar, row: row, columns: 0..<region.width)
        let paused = choice.isPaused ? "  PAUSED" : ""
        var end = canvas.put(" \(snapshot.title)  ", .bar, row: row, column: 0, limit: region.width)
        // What must not be overlooked stands before everything that may be cut off.
        for text in warnings {
            end = canvas.put(" \(text) ", .alarm, row: row, column: end, limit: region.width - end)
            end = canvas.put("  ", .bar, row: row, column: end, limit: region.width - end)
        }
        end = canvas.put("\(snapshot.activity)\(paused)", .bar, row: row, column: end, limit: region.width - end)
        // What does not fit beside the title is left out, the least needed first.
        var times = timeTexts
        while !times.isEmpty {
            let text = times.joined(separator: "   ") + " "
            if end + 2 + text.unicodeScalars.count <= region.width {
                canvas.put(text, .bar, row: row, endingAt: region.width)
                return
            }
            times.removeLast()
        }
    }

    private var warnings: [String] {
        (snapshot.isDryRun ? ["DRY RUN"] : []) + (snapshot.isSafeStateHeld ? ["SAFE STATE"] : [])
    }

    private var timeTexts: [String] {
        var texts: [String] = []
        if let time = snapshot.rackTime {
            texts.append("t " + FigureText.clock(time) + (snapshot.end.map { " of \(FigureText.clock($0))" } ?? ""))
        }
        if let lag = snapshot.lag { texts.append("lag \(max(0, lag.milliseconds)) ms") }
        if let time = snapshot.wallTime { texts.append("wall " + FigureText.clock(time)) }
        return texts
    }

    /// Below it a line has room for two figures. Arbitrary.
    private static let smallWidth = 36

    /// Where not all find room, what is wrong stands before what is well.
    private func urgentFirst(_ items: [Item], width: Int) -> [Item] {
        let needed = items.reduce(0) { $0 + $1.text.unicodeScalars.count + 3 } - 3
        guard needed > width else { return items }
        let isUrgent = { (item: Item) in item.ink == .alarm || item.ink == .warning }
        return items.filter { $0.ink == .alarm } + items.filter { $0.ink == .warning } + items.filter { !isUrgent($0) }
    }

    private func powerItems(width: Int) -> [Item] {
        guard let power = snapshot.power else { return [("power not known yet", .dim)] }
        guard let budget = snapshot.budgetInForce, let headroom = snapshot.headroom else {
            return [("power \(FigureText.fineKilowatts(power)) kW", .heading), ("no budget", .dim)]
        }
        let isGuess = snapshot.assumedTrays > 0 && snapshot.assumedTrays == snapshot.trays.count
        // Of a sum of worst cases nobody can say that it is over a budget.
        let state: Item = isGuess ? ("ASSUMED, no tray can be read", .alarm) : Self.state(power: power, budget: budget)
        let (used, allowed) = (FigureText.fineKilowatts(power), FigureText.fineKilowatts(budget))
        if width < Self.smallWidth {
            let figures = "\(FigureText.kilowatts(power))/\(FigureText.kilowatts(budget)) kW"
            return [(figures, .heading), (isGuess ? "GUESS" : Self.shortWord(for: state.ink), state.ink)]
        }
        if width < 72 { return [("\(used) of \(allowed) kW", .heading), state] }
        let source = snapshot.budgetSource.map { " (\($0))" } ?? ""
        return [
            ("power \(used) kW of \(allowed) kW\(source)", .heading), state,
            ("headroom \(FigureText.fineKilowatts(headroom)) kW", .plain), (assumption(isTold: isGuess), .warning),
            (operatorBudget(unlike: budget), .dim),
        ]
    }

    /// How many trays count with their worst case.
    private func assumption(isTold: Bool) -> String {
        isTold || snapshot.assumedTrays == 0 ? "" : "\(snapshot.assumedTrays) of \(snapshot.trays.count) trays assumed"
    }

    /// The operator's own word, where something lower holds.
    private func operatorBudget(unlike budget: Power) -> String {
        guard let asked = snapshot.budget, asked != budget else { return "" }
        return "operator \(FigureText.fineKilowatts(asked)) kW"
    }

    /// From 95 % on it is close; as the cap threshold of the three-band law by default. Arbitrary otherwise.
    private static func state(power: Power, budget: Power) -> Item {
        if power > budget { return ("OVER BUDGET", .alarm) }
        return power > budget.scaled(by: .perMille(950)) ? ("close to budget", .warning) : ("within budget", .good)
    }

    private static func shortWord(for ink: Ink) -> String {
        switch ink {
        case .alarm: "OVER"
        case .warning: "near"
        default: "ok"
        }
    }

    private mutating func drawPowerBar(row: Int, in region: Region) {
        guard let power = snapshot.power else { return }
        let budget = snapshot.budgetInForce
        // The budget's mark stands at five sixths, so that what goes beyond it is seen.
        let scale = max(power, budget.map { $0.scaled(by: 6, over: 5) } ?? power)
        putBar(
            power, mark: budget, scale: scale, row: row, column: region.column, width: region.width, markInk: .heading)
    }

    private var vitalItems: [Item] {
        var items: [Item] = []
        if let hottest = snapshot.hottestTray, let temperature = hottest.temperature {
            items.append(("worst \(FigureText.degrees(temperature))C \(hottest.name)", .plain))
        }
        if let working = snapshot.workingSupplies, let installed = snapshot.installedSupplies {
            items.append(("supplies \(working)/\(installed)", working < installed ? .warning : .plain))
        }
        if let heat = snapshot.breakerHeat {
            let ink: Ink = heat >= .percent(80) ? .alarm : heat >= .percent(50) ? .warning : .plain
            items.append((heat >= .whole ? "breaker TRIPPED" : "breaker heat \(FigureText.percent(heat))%", ink))
        }
        if let late = snapshot.lateCycles { items.append(("late \(late)", late > 0 ? .warning : .plain)) }
        if let skipped = snapshot.skippedReleases {
            items.append(("skipped \(skipped)", skipped > 0 ? .warning : .plain))
        }
        if let latency = snapshot.wakeUpP99 { items.append(("wake-up p99 \(latency.rawValue / 1000) us", .plain)) }
        if let state = snapshot.safetyState { items.append((state, state == "normal" ? .good : .warning)) }
        items.append(("controller \(snapshot.controller)", .plain))
        if let cycles = snapshot.cycles { items.append(("cycles \(cycles)", .plain)) }
        return items
    }
}
