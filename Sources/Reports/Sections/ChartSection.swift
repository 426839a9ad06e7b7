internal import RunRecords

/// The plots of a run. A plot without a signal is left out.
struct ChartSection {
    let signals: Signals
    let events: NumberedEvents
    /// End of the time axes, seconds.
    let end: Double

    var surroundings: HTML {
        let usual = [controllerView, work, temperatures, fanDuty, fanSpeed, supplies, feeds, breakers, voltage, buses]
        let views = usual.compactMap { $0 } + readings
        guard !views.isEmpty else { return .empty }
        return "<section><h2>Around the rack</h2>\n<div class=\"pair\">\(views.map(draw))</div></section>\n"
    }

    private func draw(_ chart: Chart) -> HTML { ChartMarkup(chart: chart, events: events).html }

    // MARK: Rack

    var rack: HTML {
        guard let power = signals["rack.power"] else { return .empty }
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
        let chart = Chart(
            title: "Rack power against its budget",
            says:
                "Shaded: least to greatest power within each \(bucketWidth(of: power)). Numbers mark the events below."
                + clipped,
            axisName: "power", lines: lines, size: .large, end: end)
        return "<section>\(draw(chart))</section>\n"
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
        let cells = names.compactMap { name -> HTML? in
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
            return draw(
                Chart(
                    title: name, says: "", axisName: "power", lines: lines, size: .small, includesZero: true,
                    covering: 0...greatest, end: end))
        }
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

    // MARK: Around the rack

    private var controllerView: Chart? {
        let lines = [
            line("rack.measured-power", "power as measured over the buses", LineStyle(hue: .blue)),
            line("rack.caps", "sum of the caps in force", LineStyle(hue: .orange, weight: .bold), .steps),
            line("rack.budget", "budget in force", LineStyle(hue: .vermilion, dash: .dashed), .steps),
        ].compactMap { $0 }
        return chart("What the controller sees and allows", "power", lines)
    }

    private var work: Chart? {
        let lines = [
            line("rack.demand", "demand of the workload", LineStyle(hue: .blue)),
            line("rack.work-lost", "work lost to capping", LineStyle(hue: .vermilion, dash: .dashed)),
        ].compactMap { $0 }
        return chart("Work asked for and work lost", "share", lines, includesZero: true)
    }

    private var temperatures: Chart? {
        let trays = signals.trays
        return fleet(
            "Hottest chip of each tray", "temperature",
            trays.compactMap { signals["\($0).temperature"] }, kind: "trays", namesHighest: true)
    }

    /// A liquid-cooled tray is recorded with a fan speed of zero throughout; plots of that would only mislead.
    private func hasFans(_ subject: String) -> Bool {
        guard let speed = signals["\(subject).fan-speed"]?.peak?.value else { return true }
        return speed > 0
    }

    private var fanDuty: Chart? {
        fleet(
            "Fan duty", "duty", signals.all("duty") { hasFans($0) }, kind: "trays", covering: 0...100,
            includesZero: true)
    }

    private var fanSpeed: Chart? {
        fleet("Fan speed", "speed", signals.all("fan-speed") { hasFans($0) }, kind: "trays", includesZero: true)
    }

    private var supplies: Chart? {
        fleet("Power of the supplies", "power", signals.supplies, kind: "supplies", includesZero: true)
    }

    private var feeds: Chart? {
        let traces = signals.feeds.compactMap { signals["\($0).power"] }
        return few("Power drawn from the feeds", "power", traces, kind: "feeds", includesZero: true)
    }

    private var breakers: Chart? {
        let traces = signals.feeds.compactMap { signals["\($0)/breaker.heat"] }
        return few(
            "Breaker heat: trips at 100 %", "share of the trip heat", traces, kind: "breakers", covering: 0...100)
    }

    private var voltage: Chart? {
        chart(
            "Busbar voltage", "voltage",
            [line("bus.voltage", "busbar", LineStyle(hue: .blue), band: true)].compactMap { $0 })
    }

    private var buses: Chart? {
        few("Load of the buses", "share of the time busy", signals.buses, kind: "buses", includesZero: true)
    }

    // MARK: Shapes

    func line(
        _ path: String, _ name: String, _ style: LineStyle, _ shape: Chart.Line.Shape = .line, band: Bool = false
    ) -> Chart.Line? {
        signals[path].map { Chart.Line(name: name, trace: $0, style: style, shape: shape, hasBand: band) }
    }

    func chart(
        _ title: String, _ axisName: String, _ lines: [Chart.Line], says: String = "",
        covering: ClosedRange<Double>? = nil,
        includesZero: Bool = false
    ) -> Chart? {
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
        guard let fleet = Fleet(traces, namesHighest: namesHighest) else { return nil }
        let styles = [LineStyle(hue: .vermilion), LineStyle(hue: .purple, dash: .dashed)]
        var lines = zip(fleet.outliers, styles).map { Chart.Line(name: $0.subject, trace: $0, style: $1) }
        lines.append(
            Chart.Line(
                name: "median of \(traces.count) \(kind)", trace: fleet.median,
                style: LineStyle(hue: .blue, weight: .bold)))
        lines.append(
            Chart.Line(name: "lowest to highest", trace: fleet.envelope, style: LineStyle(hue: .blue), hasStroke: false)
        )
        return chart(title, axisName, lines, covering: covering, includesZero: includesZero)
    }
}
