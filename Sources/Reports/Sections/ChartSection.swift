internal import RunRecords

/// The plots of a run. A plot without a signal is left out.
struct ChartSection {
    let signals: Signals
    let events: NumberedEvents
    let names: NamedSignals
    /// End of the time axes, seconds.
    let end: Double

    private var groups: [(heading: String, charts: [Chart])] {
        [
            ("Power and control", power), ("Stored energy and other racks", storage), ("Cooling", cooling),
            ("What devices report", readings),
        ]
    }

    var surroundings: HTML {
        HTML(joining: groups.filter { !$0.charts.isEmpty }.map { section($0.heading, $0.charts) }, separator: "")
    }

    /// What the scenario names and nothing else shows by name; truths are states.
    var named: HTML {
        let shown = shownPaths
        let missing = names.paths.filter { !shown.contains($0) && signals[$0].map { !States.isTruth($0) } ?? false }
        return section("Beside these: what the scenario names", charts(of: missing.compactMap { signals[$0] }))
    }

    var states: HTML { States(signals: signals, names: names, events: events, end: end).html }

    private func section(_ heading: String, _ charts: [Chart]) -> HTML {
        charts.isEmpty
            ? .empty : "<section><h2>\(heading)</h2>\n<div class=\"pair\">\(charts.map(draw))</div></section>\n"
    }

    /// Of every line that has a name of its own on this page.
    private var shownPaths: Set<String> {
        let charts = [rackChart].compactMap { $0 } + groups.flatMap(\.charts)
        let lines = charts.flatMap(\.lines).filter(\.hasStroke).map(\.trace.path)
        // On the common scale of the trays' plots, a switch beside accelerators is a flat line.
        let powers = signals.trays.compactMap { signals["\($0).power"] }
        let greatest = powers.compactMap { $0.peak?.value }.max() ?? 0
        let legible = powers.filter { $0.peak?.value ?? 0 > 0.3 * greatest }
        return Set(lines + legible.map(\.path) + signals.trays.map { "\($0).cap" })
    }

    /// Equal quantities share a plot while they are few.
    private func charts(of traces: [Trace]) -> [Chart] {
        var groups: [[Trace]] = []
        for trace in traces {
            if SignalWords.words(of: trace.path) == nil,
                let index = groups.firstIndex(where: {
                    $0[0].quantity == trace.quantity && $0[0].unit == trace.unit && $0.count < Self.mostNamed
                        && SignalWords.words(of: $0[0].path) == nil
                })
            {
                groups[index].append(trace)
            } else {
                groups.append([trace])
            }
        }
        return groups.compactMap { group in
            if let words = SignalWords.words(of: group[0].path) { return worded(group[0], words) }
            let lines = zip(group, LineStyle.palette).map { trace, style in
                Chart.Line(name: trace.path, trace: trace, style: style, hasBand: group.count == 1)
            }
            let quantity = group[0].quantity.replacing("-", with: " ")
            let title = group.count == 1 ? group[0].path : quantity.prefix(1).uppercased() + quantity.dropFirst()
            return chart(title, quantity, lines, includesZero: group[0].unit != "V")
        }
    }

    private func worded(_ trace: Trace, _ words: [String]) -> Chart {
        let line = Chart.Line(
            name: trace.path, trace: trace.stepped, style: LineStyle(hue: .blue), shape: .steps)
        return Chart(
            title: trace.path, says: "", axisName: trace.quantity, lines: [line], naming: .elsewhere, words: words,
            end: end)
    }

    private func draw(_ chart: Chart) -> HTML { ChartMarkup(chart: chart, events: events).html }

    // MARK: Rack

    var rack: HTML { rackChart.map { "<section>\(draw($0))</section>\n" } ?? .empty }

    private var rackChart: Chart? {
        guard let power = signals["rack.power"] else { return nil }
        var lines = [Chart.Line(name: "rack power", trace: power, style: LineStyle(hue: .blue), hasBand: true)]
        if let budget = signals["rack.budget"] {
            lines.append(
                Chart.Line(
                    name: "budget in force", trace: budget, style: LineStyle(hue: .vermilion, weight: .bold),
                    shape: .steps))
        }
        if let wish = signals["rack.operator-budget"] {
            lines.append(
                Chart.Line(
                    name: "operator's budget", trace: wish, style: LineStyle(hue: .purple, dash: .dashed), shape: .steps
                ))
        }
        var clipped = ""
        if let capacity = signals["rack.capacity"] {
            let limit = 1.5 * (lines.compactMap { $0.trace.peak?.value }.max() ?? .infinity)
            let near = capacity.shown(below: limit)
            if near.mean.contains(where: { !$0.isFinite }) {
                let high = NumberText.quantity(capacity.peak?.value ?? 0, unit: capacity.unit)
                clipped = " The supplies can carry up to \(high); where that is far above the plot, it is not drawn."
            }
            lines.append(
                Chart.Line(
                    name: "what the supplies can carry", trace: near, style: LineStyle(hue: .grey, dash: .dotted),
                    shape: .steps))
        }
        return Chart(
            title: "Rack power against its budget",
            says:
                "Shaded: least to greatest power within each \(bucketWidth(of: power)). Numbers mark the events below."
                + clipped,
            axisName: "power", lines: lines, size: .large, end: end)
    }

    private func bucketWidth(of trace: Trace) -> String {
        guard trace.at.count > 1 else { return "sample" }
        var width = Double.infinity
        for index in 1..<trace.at.count { width = min(width, trace.at[index] - trace.at[index - 1]) }
        return NumberText.span(width)
    }

    // MARK: Trays

    var trays: HTML {
        let names = signals.trays
        let powers = names.compactMap { signals["\($0).power"] }
        guard !powers.isEmpty else { return .empty }
        let greatest = powers.compactMap { $0.peak?.value }.max() ?? 1
        let charts = names.compactMap { name -> Chart? in
            guard let power = signals["\(name).power"] else { return nil }
            var lines = [
                Chart.Line(name: "power", trace: power.reduced(to: 150), style: LineStyle(hue: .blue), hasBand: true)
            ]
            if let cap = signals["\(name).cap"] {
                lines.append(
                    Chart.Line(
                        name: "cap", trace: cap.shown(below: greatest * 1.25).reduced(to: 300),
                        style: LineStyle(hue: .orange, weight: .bold), shape: .steps))
            }
            return Chart(
                title: name, says: "", axisName: "power", lines: lines, size: .small, includesZero: true, end: end)
        }
        let cells = Chart.onOneScale(charts).map(draw)
        let legend: HTML = """
            <ul class="legend"><li><svg width="28" height="12" aria-hidden="true"><path class="band h-blue" d="M0 1H28V11H0Z"/>\
            <path class="line h-blue d-solid w-regular" d="M0 6H28"/></svg>power</li>\
            <li><svg width="28" height="12" aria-hidden="true"><path class="line h-orange d-solid w-bold" d="M0 6H28"/></svg>\
            cap that the tray obeys</li></ul>
            """
        return """
            <section><h2>Trays: power under their caps</h2>
            <p class="says">Power in \(DisplayUnit(unit: powers[0].unit, greatest: greatest).name) over the time since the start in
            \(TimeAxis(end: end, intervals: 3).unit), all on one scale. A cap far above the power is not drawn. Upright lines are the events.</p>
            \(legend)
            <div class="many">\(cells)</div></section>

            """
    }

    // MARK: Shapes

    func line(
        _ path: String, _ name: String, _ style: LineStyle, _ shape: Chart.Line.Shape = .line, band: Bool = false
    ) -> Chart.Line? {
        signals[path].map { Chart.Line(name: name, trace: $0, style: style, shape: shape, hasBand: band) }
    }

    func chart(
        _ title: String, _ axisName: String, _ lines: [Chart.Line?], says: String = "",
        covering: ClosedRange<Double>? = nil,
        includesZero: Bool = false
    ) -> Chart? {
        let lines = lines.compactMap { $0 }
        guard !lines.isEmpty else { return nil }
        var chart = Chart(title: title, says: says, axisName: axisName, lines: lines, end: end)
        chart.covering = covering
        chart.includesZero = includesZero
        return chart
    }

    /// As many lines of one plot of half the page's width are told apart at a glance. Arbitrary.
    private static let mostNamed = 6

    /// Each by name while they are few, a fleet beyond that.
    func few(
        _ title: String, _ axisName: String, _ traces: [Trace], kind: String, covering: ClosedRange<Double>? = nil,
        includesZero: Bool = false
    ) -> Chart? {
        guard traces.count <= Self.mostNamed else {
            return fleet(title, axisName, traces, kind: kind, covering: covering, includesZero: includesZero)
        }
        let lines = zip(traces, LineStyle.palette).map { trace, style in
            Chart.Line(name: trace.subject, trace: trace, style: style, hasBand: traces.count == 1)
        }
        return chart(title, axisName, lines, covering: covering, includesZero: includesZero)
    }

    func fleet(
        _ title: String, _ axisName: String, _ traces: [Trace], kind: String, covering: ClosedRange<Double>? = nil,
        includesZero: Bool = false, namesHighest: Bool = false
    ) -> Chart? {
        let presence = traces.map { signals.presence(of: $0.subject) }
        guard let fleet = Fleet(traces, presence: presence, namesHighest: namesHighest) else { return nil }
        let styles = [LineStyle(hue: .vermilion), LineStyle(hue: .purple, dash: .dashed)]
        var lines = zip(fleet.outliers, styles).map { Chart.Line(name: $0.subject, trace: $0, style: $1) }
        lines.append(
            Chart.Line(
                name: fleet.medianName(of: traces.count, kind), trace: fleet.median,
                style: LineStyle(hue: .blue, weight: .bold)))
        lines.append(
            Chart.Line(name: "lowest to highest", trace: fleet.envelope, style: LineStyle(hue: .blue), hasStroke: false)
        )
        return chart(title, axisName, lines, covering: covering, includesZero: includesZero)
    }
}
