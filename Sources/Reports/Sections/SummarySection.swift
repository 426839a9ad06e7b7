internal import RunRecords

/// The head of the page: what was run, whether all held, and the figures that tell the story.
struct SummarySection {
    let result: RunResult
    let signals: Signals
    let time: TimeAxis

    /// Two rows of tiles on a wide page.
    private static let room = 8

    var html: HTML {
        let tiles = tiles
        let others = tiles.dropFirst(Self.room)
        let rest: HTML =
            others.isEmpty
            ? .empty
            : """
            <details class="more"><summary>\(others.count) more figures</summary><dl class="tiles">\(Array(others))</dl></details>

            """
        return """
            <header>
            <p class="kicker">Busbar run report</p>
            <h1>\(result.scenario)</h1>
            <p class="lead">\(result.says)</p>
            \(look)</header>
            \(banner)\(overBudget)
            <dl class="tiles">\(Array(tiles.prefix(Self.room)))</dl>
            \(rest)
            """
    }

    private var look: HTML {
        guard !result.look.isEmpty else { return .empty }
        let lines = result.look.map { HTML("<li>\($0)</li>") }
        return "<p class=\"look-name\">What to look at</p><ul class=\"look\">\(lines)</ul>\n"
    }

    // MARK: Verdict

    private var banner: HTML {
        let verdict = Verdict(result)
        let failures = (verdict.failures + verdict.undecided).map { HTML("<li>\($0)</li>") }
        let list: HTML = failures.isEmpty ? .empty : "<ul>\(failures)</ul>"
        return """
            <div class="banner \(verdict.kind.rawValue)" role="status"><span class="sign" aria-hidden="true">\(verdict.sign)</span>\
            <div><strong>\(verdict.headline)</strong>\(list)</div></div>
            """
    }

    private var overBudget: HTML {
        OverBudget(result: result, signals: signals).text.map { "\n<p class=\"says over\">\($0)</p>" } ?? .empty
    }

    // MARK: Figures

    /// What answers the scenario's question first.
    private var tiles: [HTML] {
        var tiles: [HTML] = []
        if let power = signals["rack.power"], let peak = power.peak {
            tiles.append(
                tile("Peak rack power", NumberText.quantity(peak.value, unit: power.unit), "at \(time.text(peak.at))"))
        }
        if let budget = signals["rack.budget"], let high = budget.peak, let low = budget.trough(after: startUp) {
            let change = high.value - low.value > 1e-3 * high.value
            tiles.append(
                tile(
                    change ? "Lowest budget" : "Budget", NumberText.quantity(low.value, unit: budget.unit),
                    change ? "down from \(NumberText.quantity(high.value, unit: budget.unit))" : "throughout"))
        }
        let hottest = signals.trays.compactMap { signals["\($0).temperature"] }
            .compactMap { trace in trace.peak.map { (trace: trace, value: $0.value, at: $0.at) } }
            .reduce(nil as (trace: Trace, value: Double, at: Double)?) { best, next in
                next.value > best?.value ?? -.infinity ? next : best
            }
        if let hottest {
            tiles.append(
                tile(
                    "Hottest chip", NumberText.quantity(hottest.value, unit: hottest.trace.unit),
                    "\(hottest.trace.subject), at \(time.text(hottest.at))"))
        }
        // What a tile above tells already, and with its time.
        let told = [
            signals["rack.power"]?.peak == nil ? "" : "peak power", hottest == nil ? "" : "hottest accelerator",
        ]
        let figures = KeyFigures(
            result.figures.filter { !told.contains($0.name) },
            texts: [result.says] + result.look + result.outcomes.map(\.text), room: Self.room - tiles.count)
        tiles += figures.first.map(tile)
        let speed =
            result.wallSeconds > 0 ? NumberText.significant(result.reached / result.wallSeconds, digits: 2) : "–"
        tiles.append(
            tile(
                "Simulated", NumberText.span(result.reached),
                "in \(NumberText.significant(result.wallSeconds, digits: 2)) s, \(speed) × real time"))
        return tiles + figures.rest.map(tile)
    }

    /// Seconds, typical: until the controller has met its supplies it counts on none of them, and its budget says more
    /// about that than about the run.
    private var startUp: Double { min(2, result.reached / 2) }

    private func tile(_ figure: Figure) -> HTML {
        // Behind a UPS, the rack is what the UPS sees of it; what the grid sees is the UPS.
        let note = figure.name.hasPrefix("grid ") && signals.hasUPS ? "of the rack, behind its UPS" : ""
        return tile(title(figure.name), NumberText.quantity(figure.value, unit: figure.unit), note)
    }

    private func tile(_ name: String, _ value: String, _ note: String) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd><dd class=\"note\">\(note)</dd></div>"
    }

    /// `work-lost` reads as "Work lost".
    private func title(_ name: String) -> String {
        let words = name.contains(" ") ? name : name.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
