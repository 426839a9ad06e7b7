internal import Delivery
internal import RunRecords

/// The plots of a forecast, over days since the order.
struct DeliveryCharts {
    let forecast: DeliveryForecast

    /// A little beyond the last rack's worst day, so that every curve is seen to end.
    private var end: Double {
        let last = forecast.ways.compactMap(\.lastRack.latest).max() ?? 1
        return Double(max(last, forecast.bill.order.neededDays ?? 0, 1)) * 1.02
    }

    /// Racks energised by a day: as many as in the luckier, the middle and the unluckier futures.
    var racksOverTime: HTML {
        let racks = forecast.asItStands.racks
        let styles = [
            LineStyle(hue: .blue, weight: .bold), LineStyle(hue: .green, dash: .dashed),
            LineStyle(hue: .vermilion, dash: .dotted),
        ]
        let lines = zip([50, 10, 90], styles).map { percent, style in
            var days = [0.0]
            var counts = [0.0]
            for (rack, distribution) in racks.enumerated() {
                days.append(Double(distribution.day(atPercent: percent) ?? 0))
                counts.append(Double(rack + 1))
            }
            return line("P\(percent)", days, counts, unit: "", style)
        }
        return draw(
            Chart(
                title: "Racks energised, as it stands",
                says: "P90: so many racks at least, in nine of ten futures.\(mark)", axisName: "racks",
                lines: Array(lines),
                size: .large, includesZero: true, covering: 0...Double(racks.count), end: end, timeScale: .days))
    }

    /// The chance that all racks are energised by a day, a line for each way of buying.
    var lastRackByWay: HTML {
        let lines = forecast.ways.enumerated().map { index, way in
            let style = LineStyle.palette[index % LineStyle.palette.count]
            let first = way.lastRack.earliest ?? 0
            let last = way.lastRack.latest ?? 0
            let days = Array(first - 1...last)
            return line(
                forecast.title(of: way.sourcing), days.map(Double.init), days.map { way.lastRack.share(by: $0) * 100 },
                unit: "%", style)
        }
        return draw(
            Chart(
                title: "All racks energised", says: "The chance that the last rack is, by who is bought from.\(mark)",
                axisName: "chance", lines: lines, size: .large, naming: .letters, includesZero: true, covering: 0...100,
                end: end, timeScale: .days))
    }

    private func line(
        _ name: String, _ days: [Double], _ values: [Double], unit: String, _ style: LineStyle
    ) -> Chart.Line {
        Chart.Line(
            name: name,
            trace: Trace(path: name, unit: unit, at: days, least: values, mean: values, greatest: values), style: style,
            shape: .steps)
    }

    private func draw(_ chart: Chart) -> HTML { ChartMarkup(chart: chart, events: needed).html }

    private var mark: String {
        forecast.bill.order.neededDays.map { " 1 marks the day by which all are wanted, \(forecast.text(ofDay: $0))." }
            ?? ""
    }

    /// The day by which all racks are wanted, as an upright line.
    private var needed: NumberedEvents {
        guard let day = forecast.bill.order.neededDays else { return NumberedEvents([]) }
        return NumberedEvents([
            EventMark(
                at: Double(day), source: .scenario, subject: "all racks",
                text: "wanted by \(forecast.text(ofDay: day))",
                isMajor: true)
        ])
    }
}
