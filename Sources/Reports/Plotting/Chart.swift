/// A plot over time, ready to be drawn: what it shows, its lines, and how its axes are to be.
struct Chart: Sendable {
    struct Line: Sendable {
        enum Shape: Sendable {
            /// Through the means.
            case line
            /// Each value holds until the next: budgets, caps, set points.
            case steps
        }

        var name: String
        var trace: Trace
        var style: LineStyle
        var shape: Shape = .line
        /// Whether the area between the extremes is shaded.
        var hasBand = false
        /// False for an area alone, such as the span of a fleet.
        var hasStroke = true
    }

    enum Size: String, Sendable {
        /// Across the page.
        case large
        /// Two side by side.
        case medium
        /// One of many.
        case small
    }

    /// How a reader finds out which line is whose.
    enum Naming: Sendable {
        case legend
        /// Names at the right ends of the lines, for many that part from each other.
        case ends
        /// A letter on each line and in the legend, for lines that all end at one place.
        case letters
        /// The page says it once for several charts.
        case elsewhere
    }

    var title: String
    /// One sentence: what to look for. May be empty.
    var says: String
    /// Name of the upright axis: `power`.
    var axisName: String
    var lines: [Line]
    var size: Size = .medium
    var naming: Naming = .legend
    var includesZero = false
    /// Values that the axis shall cover at least, in recorded units: a shared scale, or 0 to 100 %.
    var covering: ClosedRange<Double>?
    /// What the numbers 0, 1, 2 stand for, where the lines are no quantities.
    var words: [String] = []
    /// Where the data ends, seconds, or days on such a scale.
    var end: Double
    var timeScale = TimeAxis.Scale.run

    var unit: DisplayUnit {
        DisplayUnit(
            unit: lines.first?.trace.unit ?? "", greatest: max(range.upperBound.magnitude, range.lowerBound.magnitude))
    }

    /// All that is drawn, in recorded units. What has no unit is a number of things.
    private var range: ClosedRange<Double> {
        var low = covering?.lowerBound ?? .infinity
        var high = covering?.upperBound ?? -.infinity
        for line in lines {
            let isBand = line.hasBand || !line.hasStroke
            for index in line.trace.at.indices where line.trace.mean[index].isFinite {
                low = min(low, isBand ? line.trace.least[index] : line.trace.mean[index])
                high = max(high, isBand ? line.trace.greatest[index] : line.trace.mean[index])
            }
        }
        return low <= high ? low...high : 0...1
    }

    /// The same charts, each over all that any of them draws, so that heights can be compared from one to the next.
    static func onOneScale(_ charts: [Chart]) -> [Chart] {
        guard let low = charts.map(\.range.lowerBound).min(), let high = charts.map(\.range.upperBound).max() else {
            return charts
        }
        return charts.map { chart in
            var chart = chart
            chart.covering = low...high
            return chart
        }
    }

    var valueAxis: ValueAxis {
        guard words.isEmpty else { return ValueAxis(words: words) }
        let divisor = unit.divisor
        let intervals =
            switch size {
            case .large: 7
            case .medium: 4
            case .small: 2
            }
        return ValueAxis(
            covering: range.lowerBound / divisor...range.upperBound / divisor, includingZero: includesZero,
            intervals: intervals, countsThings: unit.name.isEmpty)
    }

    var timeAxis: TimeAxis {
        TimeAxis(end: end, intervals: size == .small ? 3 : size == .medium ? 6 : 10, scale: timeScale)
    }

    /// What the axis of time counts from.
    var timeOrigin: String { timeScale == .days ? "the order" : "the start" }
}
