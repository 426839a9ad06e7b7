/// An axis over values: round ends and round ticks that enclose the data.
struct ValueAxis: Sendable {
    var low: Double
    var high: Double
    var ticks: [Double]
    private var decimals = 0
    /// What the ticks 0, 1, 2 stand for, where they are no quantities.
    private var words: [String] = []

    /// An axis of words, one for each whole number from 0.
    init(words: [String]) {
        low = 0
        high = Double(max(1, words.count - 1))
        ticks = words.indices.map(Double.init)
        self.words = words
    }

    /// - Parameters:
    ///   - intervals: about how many tick intervals are wanted.
    ///   - countsThings: no tick stands between two whole numbers: there is no half a rack.
    init(covering range: ClosedRange<Double>, includingZero: Bool, intervals: Int, countsThings: Bool = false) {
        precondition(range.lowerBound.isFinite && range.upperBound.isFinite, "traces hold finite values only")
        var lower = range.lowerBound
        var upper = range.upperBound
        if includingZero {
            lower = min(lower, 0)
            upper = max(upper, 0)
        }
        if upper - lower <= 1e-9 * max(1, upper.magnitude) {
            // A constant: give it room, to either side unless zero is wanted below.
            let room = max(upper.magnitude * 0.1, 1)
            upper += room
            if !includingZero { lower -= room }
        }
        let roundStep = Self.roundStep(span: upper - lower, intervals: Double(max(1, intervals)))
        let step = countsThings ? max(1, roundStep) : roundStep
        // A thousandth of a step beyond a tick is not seen; it does not earn a step of its own.
        low = (lower / step + 1e-3).rounded(.down) * step
        high = (upper / step - 1e-3).rounded(.up) * step
        let count = Int(((high - low) / step).rounded())
        let first = low
        ticks = (0...max(1, count)).map { first + Double($0) * step }
        var shown = step
        while decimals < 6 && (shown - shown.rounded()).magnitude > 1e-6 {
            shown *= 10
            decimals += 1
        }
    }

    /// From 0 at the top to 1 at the bottom, clipped to the axis.
    func fraction(_ value: Double) -> Double { min(1, max(0, (high - value) / (high - low))) }

    /// A word has its number beside it, since expectations are written with it: `5 shed`.
    func label(_ tick: Double) -> String {
        let number = NumberText.fixed(tick, decimals: decimals)
        return words.isEmpty ? number : "\(number) \(words[Int(tick)])"
    }

    /// 1, 2 or 5 times a power of ten: the one that comes nearest to the wanted number of intervals, by ratio.
    private static func roundStep(span: Double, intervals: Double) -> Double {
        var power = 1.0
        while power > span { power /= 10 }
        while power * 10 <= span { power *= 10 }
        var best = power
        var bestRatio = Double.infinity
        for step in [
            power / 100, power / 50, power / 20, power / 10, power / 5, power / 2, power, 2 * power, 5 * power,
        ] {
            let count = span / step
            let ratio = max(count / intervals, intervals / count)
            if ratio < bestRatio {
                best = step
                bestRatio = ratio
            }
        }
        return best
    }
}
