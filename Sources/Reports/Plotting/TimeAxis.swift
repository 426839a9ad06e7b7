/// The axis of time, from zero to the end that was reached; in seconds, minutes or hours of a run, or in days, with ticks
/// that are round in that unit.
struct TimeAxis: Sendable {
    enum Scale: Sendable {
        /// Simulated seconds since the start.
        case run
        /// Days since an order.
        case days
    }

    /// Seconds, or days where the axis counts days.
    var end: Double
    var ticks: [Double]
    /// `s`, `min` or `h`, or `d`.
    var unit: String
    private var divisor: Double
    private var decimals: Int

    /// Days and whole weeks: people plan in them.
    private static let daySteps: [Double] = [1, 2, 7, 14, 28, 56, 91, 182, 364, 728]
    private static let steps: [Double] = [
        0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
        86_400, 172_800, 604_800,
    ]

    init(end: Double, intervals: Int, scale: Scale = .run) {
        let end = end.isFinite && end > 0 ? end : 1
        self.end = end
        let step = (scale == .days ? Self.daySteps : Self.steps).first { end / $0 <= Double(intervals) * 1.0001 } ?? end
        ticks = (0...Int(end / step + 1e-6)).map { Double($0) * step }
        switch end {
        case _ where scale == .days: (unit, divisor) = ("d", 1)
        case ...900: (unit, divisor) = ("s", 1)
        case ...10_800: (unit, divisor) = ("min", 60)
        default: (unit, divisor) = ("h", 3_600)
        }
        let shown = step / divisor
        decimals =
            (shown - shown.rounded()).magnitude < 1e-6
            ? 0 : (shown * 10 - (shown * 10).rounded()).magnitude < 1e-6 ? 1 : 2
    }

    func fraction(_ seconds: Double) -> Double { min(1, max(0, seconds / end)) }

    /// A moment in words: in seconds where the axis is, in hours and minutes on a longer one.
    func text(_ seconds: Double) -> String {
        switch unit {
        case "s": NumberText.seconds(seconds) + "\u{A0}s"
        case "d": NumberText.fixed(seconds, decimals: 0) + "\u{A0}d"
        default: NumberText.span(seconds)
        }
    }

    func label(_ tick: Double) -> String { NumberText.fixed(tick / divisor, decimals: decimals) }
}
