internal import RunRecords

<<<<<<< HEAD
/// The run over real sockets and lines beside the same run in virtual time: verdicts, differences, curves over each other.
struct ComparisonSection {
    private let comparison: WorldComparison
    private let real: Signals
    private let virtual: Signals
    private let events: NumberedEvents
    /// End of the time axes, seconds.
    private let end: Double

    init(_ comparison: WorldComparison, real: Signals, events: NumberedEvents, end: Double) {
        self.comparison = comparison
        self.real = real
        virtual = Signals(comparison.series)
        self.events = events
        self.end = end
    }

    /// Equal hues mean the same signal; the run in virtual time is dashed, and drawn over the other.
    private static let realStyle = LineStyle(hue: .blue)
    private static let virtualStyle = LineStyle(hue: .vermilion, dash: .dashed, weight: .thin)
    private static let realBound = LineStyle(hue: .green, weight: .bold)
    private static let virtualBound = LineStyle(hue: .purple, dash: .dotted)

    var html: HTML {
        let views = [power, budget, voltage, temperature].compactMap { $0 }
        return """
            <section><h2>The two worlds</h2>
            <p class="says">This run went in real time over \(comparison.over), every transaction through libmodbus and the
            system's sockets and lines. The same scenario and seed ran in virtual time too (digest
            <code>\(comparison.digest)</code>). \(verdictSentence)</p>
            \(verdictTable)
            <p class="says">Differences are real less virtual, of samples at the same instant, from
            \(NumberText.span(comparison.from)) on: before, the controllers are still finding their devices. Of trays, the one
            that differs most; result.json has every signal.</p>
            \(differenceTable)
            <div class="pair">\(views.map(draw))</div>
            \(trays)</section>

            """
    }

    private func draw(_ chart: Chart) -> HTML { ChartMarkup(chart: chart, events: events).html }

    // MARK: Tables

    private var verdictSentence: String {
        let (all, unequal) = (comparison.verdicts.count, comparison.unequal.count)
        return unequal == 0 ? "All \(all) verdicts are equal." : "\(unequal) of \(all) verdicts differ."
    }

    /// Only what differs: the equal ones stand above.
    private var verdictTable: HTML {
        guard !comparison.unequal.isEmpty else { return .empty }
        let rows = comparison.unequal.map { pair in
            HTML(
                """
                <tr class="failed"><td>\(pair.kind)</td><td><code>\(pair.text)</code></td><td>\(pair.virtual.rawValue)</td>\
                <td>\(pair.real.rawValue)</td></tr>

                """)
        }
        return """
            <table><thead><tr><th>kind</th><th>expectation</th><th>in virtual time</th><th>over \(comparison.over)</th></tr></thead>
            <tbody>\(rows)</tbody></table>
            """
    }

    private var differenceTable: HTML {
        let rows = comparison.headlines.map { row in
            HTML(
                """
                <tr><td>\(row.difference.path)</td><td>\(row.note)</td>\
                <td class="number">\(NumberText.quantity(row.difference.greatest, unit: row.difference.unit))</td>\
                <td class="number">\(NumberText.fixed(row.difference.at, decimals: 1)) s</td>\
                <td class="number">\(NumberText.quantity(row.difference.rms, unit: row.difference.unit))</td></tr>

                """)
        }
        return """
            <div class="wide-table"><table><thead><tr><th>signal</th><th></th><th class="number">greatest difference</th>\
            <th class="number">at</th><th class="number">root mean square</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    // MARK: Curves

    private var power: Chart? { pair("Rack power", "power", "rack.power") }
    private var budget: Chart? { pair("Budget in force", "power", "rack.budget", .steps) }
    private var voltage: Chart? { pair("Busbar voltage", "voltage", "bus.voltage") }

    private var temperature: Chart? {
        chart("Hottest chip of all trays", "temperature", hottest(in: real), hottest(in: virtual))
    }

    private func pair(
        _ title: String, _ axisName: String, _ path: String, _ shape: Chart.Line.Shape = .line
    ) -> Chart? {
        chart(title, axisName, real[path], virtual[path], shape)
    }

    private func chart(
        _ title: String, _ axisName: String, _ real: Trace?, _ virtual: Trace?, _ shape: Chart.Line.Shape = .line
    ) -> Chart? {
        guard let real, let virtual else { return nil }
        // What is drawn last lies on top: the dashed line, between whose dashes the other is seen.
        let lines = [
            Chart.Line(name: "in virtual time", trace: virtual, style: Self.virtualStyle, shape: shape),
            Chart.Line(name: "over \(comparison.over)", trace: real, style: Self.realStyle, shape: shape),
        ]
        return Chart(title: title, says: "", axisName: axisName, lines: lines, end: end)
    }

    private func hottest(in signals: Signals) -> Trace? {
        Fleet(signals.trays.compactMap { signals["\($0).temperature"] }, namesHighest: false).map { fleet in
            var highest = fleet.envelope
            highest.mean = highest.greatest
            return highest
        }
    }

    private var trays: HTML {
        let names = real.trays
        let greatest = names.compactMap { real["\($0).power"]?.peak?.value }.max() ?? 1
        let cells = names.compactMap { name -> HTML? in
            guard let one = virtual["\(name).power"], let other = real["\(name).power"] else { return nil }
            var lines = [
                Chart.Line(name: "power, virtual", trace: one.reduced(to: 150), style: Self.virtualStyle),
                Chart.Line(name: "power, real", trace: other.reduced(to: 150), style: Self.realStyle),
            ]
            if let one = virtual["\(name).cap"], let other = real["\(name).cap"] {
                lines += [
                    Chart.Line(
                        name: "cap, virtual", trace: one.shown(below: greatest * 1.25).reduced(to: 300),
                        style: Self.virtualBound, shape: .steps),
                    Chart.Line(
                        name: "cap, real", trace: other.shown(below: greatest * 1.25).reduced(to: 300),
                        style: Self.realBound, shape: .steps),
                ]
            }
            return draw(
                Chart(
                    title: name, says: "", axisName: "power", lines: lines, size: .small, includesZero: true,
                    covering: 0...greatest, end: end))
        }
        guard !cells.isEmpty else { return .empty }
        let entries = [
            ("power over \(comparison.over)", Self.realStyle), ("power in virtual time", Self.virtualStyle),
            ("cap over \(comparison.over)", Self.realBound), ("cap in virtual time", Self.virtualBound),
        ].map { name, style in
            HTML(
                """
                <li><svg width="28" height="12" aria-hidden="true"><path class="line \(style.classes)" d="M0 6H28"/></svg>\
                \(name)</li>
                """)
        }
        return """
            <h3>Trays in both worlds</h3>
            <ul class="legend">\(entries)</ul>
            <div class="many">\(cells)</div>
            """
=======
/// One scenario under several laws.
struct ComparisonSection {
    let comparison: LawComparison

    var html: HTML {
        """
        <section><h2>\(comparison.scenario)</h2>
        <p class="says">\(comparison.says) Seed \(comparison.seed).</p>
        \(table)
        \(legend)<div class="pair">\(powerCharts)</div>
        <div class="pair">\(commonCharts)</div></section>

        """
    }

    // MARK: Table

    private var table: HTML {
        let columns = comparison.columns
        let heads = columns.map { HTML("<th class=\"number\">\($0.figure)</th>") }
        let rows = comparison.runs.map { run -> HTML in
            let cells = columns.map { column -> HTML in
                guard let figure = run.figure(column) else { return "<td class=\"number\">–</td>" }
                return "<td class=\"number\">\(NumberText.quantity(figure.value, unit: figure.unit))</td>"
            }
            let kind = run.result.held ? "held" : "failed"
            return """
                <tr class="\(kind)"><td><b>\(run.law)</b></td><td><span class="verdict">\(verdict(of: run.result))</span></td>\
                \(cells)</tr>

                """
        }
        return """
            <div class="wide-table"><table><thead><tr><th>law</th><th>verdict</th>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></div>

            """
    }

    private func verdict(of result: RunResult) -> String {
        if result.held { return "✓ held" }
        let failed = result.outcomes.count { $0.verdict != .held } + result.checks.count { !$0.held }
        return "✗ \(failed) of \(result.outcomes.count + result.checks.count)"
    }

    // MARK: Plots

    private static let power = LineStyle(hue: .blue)
    private static let budget = LineStyle(hue: .vermilion, weight: .bold)
    private static let caps = LineStyle(hue: .orange, dash: .dashed)

    private var legend: HTML {
        """
        <ul class="legend"><li><svg width="28" height="12" aria-hidden="true"><path class="band h-blue" d="M0 1H28V11H0Z"/>\
        <path class="line \(Self.power.classes)" d="M0 6H28"/></svg>rack power, least to greatest</li>\
        <li><svg width="28" height="12" aria-hidden="true"><path class="line \(Self.budget.classes)" d="M0 6H28"/></svg>budget in force</li>\
        <li><svg width="28" height="12" aria-hidden="true"><path class="line \(Self.caps.classes)" d="M0 6H28"/></svg>sum of the caps</li></ul>
        """
    }

    private var signals: [(law: String, signals: Signals)] {
        comparison.runs.map { ($0.law, Signals($0.result.series)) }
    }

    private var end: Double {
        comparison.runs.map(\.result.reached).filter(\.isFinite).max().map { max($0, 1e-3) } ?? 1
    }

    private func draw(_ chart: Chart) -> HTML { ChartMarkup(chart: chart, events: NumberedEvents([])).html }

    /// A plot per law, all on one scale.
    private var powerCharts: [HTML] {
        let all = signals
        let peak = all.compactMap { $0.signals["rack.power"]?.peak?.value }.max() ?? 1
        return all.compactMap { law, signals in
            guard let power = signals["rack.power"] else { return nil }
            var lines = [
                Chart.Line(name: "power", trace: power.reduced(to: 300), style: Self.power, hasBand: true)
            ]
            if let budget = signals["rack.budget"] {
                lines.append(Chart.Line(name: "budget", trace: budget, style: Self.budget, shape: .steps))
            }
            if let caps = signals["rack.caps"] {
                // Caps that are open limit nothing; drawn, they would press the power to the floor of the plot.
                var shown = caps
                for index in shown.mean.indices where shown.mean[index] > peak * 1.1 { shown.mean[index] = .nan }
                lines.append(Chart.Line(name: "caps", trace: shown, style: Self.caps, shape: .steps))
            }
            return draw(
                Chart(
                    title: law, says: "", axisName: "power", lines: lines, size: .medium, includesZero: true,
                    covering: 0...peak, end: end))
        }
    }

    /// What fits one plot: a line per law.
    private var commonCharts: [HTML] {
        let views: [(title: String, axis: String, line: (Signals) -> Trace?)] = [
            ("Work lost so far", "share", { $0["rack.work-lost"] }),
            ("Heat of the hottest breaker: trips at 100 %", "share of the trip heat", hottestBreaker),
        ]
        return views.compactMap { view in
            let traces = signals.compactMap { law, signals in view.line(signals).map { (law, $0) } }
            guard !traces.isEmpty else { return nil }
            let lines = traces.enumerated().map { index, entry in
                let style = LineStyle.palette[index % LineStyle.palette.count]
                return Chart.Line(name: entry.0, trace: entry.1, style: style)
            }
            return draw(
                Chart(
                    title: view.title, says: "", axisName: view.axis, lines: lines, size: .medium, includesZero: true,
                    end: end))
        }
    }

    private func hottestBreaker(_ signals: Signals) -> Trace? {
        let heats = signals.feeds.compactMap { signals["\($0)/breaker.heat"] }
        return heats.max { ($0.peak?.value ?? 0) < ($1.peak?.value ?? 0) }
>>>>>>> main
    }
}
