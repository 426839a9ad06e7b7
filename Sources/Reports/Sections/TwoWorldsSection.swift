internal import RunRecords

/// The run over real sockets and lines beside the same run in virtual time: verdicts, differences, curves over each other.
struct TwoWorldsSection {
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
            <div class="pair worlds">\(views.map(draw))</div>
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
        let charts = names.compactMap { name -> Chart? in
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
            return Chart(
                title: name, says: "", axisName: "power", lines: lines, size: .small, includesZero: true, end: end)
        }
        guard !charts.isEmpty else { return .empty }
        let cells = Chart.onOneScale(charts).map(draw)
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
    }
}
