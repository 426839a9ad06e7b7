internal import RunRecords

/// One scenario under several laws.
struct ComparisonSection {
    let comparison: LawComparison

    var html: HTML {
        """
        <section><h2>\(comparison.scenario)</h2>
        <p class="says">\(comparison.says) Seed \(comparison.seed).</p>
        \(tables)<p class="says">Power above a budget of less than a tenth of what supplies and tethers are rated for, as in a
        dark rack, is told in watts alone.</p>
        <div class="stack">\(commonCharts)</div>
        \(legend)<div class="trio">\(powerCharts)</div></section>

        """
    }

    // MARK: Tables

    /// All figures side by side are wider than a page; the laws stand again at the head of each row.
    private var tables: [HTML] {
        LawComparison.Topic.allCases.compactMap { topic in
            let columns = comparison.columns.filter { $0.topic == topic }
            return columns.isEmpty ? nil : table(of: columns, hasVerdict: topic == .rack)
        }
    }

    private func table(of columns: [LawComparison.Column], hasVerdict: Bool) -> HTML {
        let heads = columns.map { HTML("<th class=\"number\">\($0.figure)</th>") }
        let rows = comparison.runs.enumerated().map { index, run -> HTML in
            let cells = columns.map { column -> HTML in
                guard let figure = run.figure(column) else { return "<td class=\"number\">–</td>" }
                return "<td class=\"number\">\(NumberText.quantity(figure.value, unit: figure.unit))</td>"
            }
            let verdict: HTML =
                hasVerdict ? "<td><span class=\"verdict\">\(verdict(of: run.result))</span></td>" : .empty
            return """
                <tr class="\(run.result.held ? "held" : "failed")"><td>\(style(of: index).swatch)<b>\(run.law)</b></td>\
                \(verdict)\(cells)</tr>

                """
        }
        return """
            <div class="wide-table"><table class="figures"><thead><tr><th>law</th>\(hasVerdict ? "<th>verdict</th>" : .empty)\(heads)</tr></thead>
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

    /// A law's own line in all plots that it shares with others.
    private func style(of law: Int) -> LineStyle { LineStyle.palette[law % LineStyle.palette.count] }

    private var legend: HTML {
        """
        <ul class="legend"><li><svg width="28" height="12" aria-hidden="true"><path class="band h-blue" d="M0 1H28V11H0Z"/>\
        <path class="line \(Self.power.classes)" d="M0 6H28"/></svg>rack power, least to greatest</li>\
        <li>\(Self.budget.swatch)budget in force</li><li>\(Self.caps.swatch)sum of the caps</li></ul>
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
        let charts = all.compactMap { law, signals -> Chart? in
            guard let power = signals["rack.power"] else { return nil }
            var lines = [
                Chart.Line(name: "power", trace: power.reduced(to: 300), style: Self.power, hasBand: true)
            ]
            if let budget = signals["rack.budget"] {
                lines.append(Chart.Line(name: "budget", trace: budget, style: Self.budget, shape: .steps))
            }
            // A law that never caps has no caps to show.
            if law != "none", let caps = signals["rack.caps"] {
                // Caps that are open limit nothing; drawn, they would press the power to the floor of the plot.
                var shown = caps
                for index in shown.mean.indices where shown.mean[index] > peak * 1.1 { shown.mean[index] = .nan }
                lines.append(Chart.Line(name: "caps", trace: shown, style: Self.caps, shape: .steps))
            }
            return Chart(
                title: law, says: "", axisName: "power", lines: lines, size: .medium, naming: .elsewhere,
                includesZero: true, end: end)
        }
        return Chart.onOneScale(charts).map(draw)
    }

    /// What fits one plot: a line per law.
    private var commonCharts: [HTML] {
        typealias View = (
            title: String, says: String, axis: String, covering: ClosedRange<Double>?, line: (Signals) -> Trace?
        )
        // Heat stands against the heat that trips: on a scale of its own a breaker that stayed cold would look busy.
        let views: [View] = [
            (
                "Work lost so far", "Of what the workload asked for since the start; lower is better.", "share", nil,
                { $0["rack.work-lost"] }
            ),
            ("Heat of the hottest breaker", "It trips at 100 %.", "share of the trip heat", 0...100, hottestBreaker),
        ]
        let signals = signals
        return views.compactMap { view in
            let lines = signals.enumerated().compactMap { index, entry in
                view.line(entry.signals).map {
                    Chart.Line(name: entry.law, trace: $0, style: style(of: index))
                }
            }
            guard !lines.isEmpty else { return nil }
            return draw(
                Chart(
                    title: view.title, says: view.says, axisName: view.axis, lines: lines, size: .large, naming: .ends,
                    includesZero: true, covering: view.covering, end: end))
        }
    }

    private func hottestBreaker(_ signals: Signals) -> Trace? {
        let heats = signals.feeds.compactMap { signals["\($0)/breaker.heat"] }
        return heats.max { ($0.peak?.value ?? 0) < ($1.peak?.value ?? 0) }
    }
}
