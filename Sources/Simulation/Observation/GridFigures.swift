/// How restless the rack is to the grid: what a utility's or a generator's engineer asks of a load that trains.
///
/// The power is that which the rack's feeds deliver: where a UPS stands in front of a feed, behind it. What a UPS keeps
/// from the grid while it runs on its battery, and what it charges with, is not in it.
///
/// Both figures are the greatest less the least AC power at the telemetry samples of a window: of a second for the ramp,
/// and of `window` for the swing, which holds two periods of the slowest training swings (0.2 Hz; arXiv 2508.14318).
struct GridFigures {
    private static let samplesPerSecond = 10
    private static let window = 10 * samplesPerSecond

    private var powers = ContiguousArray(repeating: 0.0, count: window)
    private var count = 0
    /// W in a second, and W.
    private(set) var ramp = 0.0
    private(set) var swing = 0.0
    /// The greatest of each, from when the window was full of samples after the start-up.
    private(set) var worstRamp = 0.0
    private(set) var worstSwing = 0.0

    /// Samples of the start-up, in which controller and workload are still finding their feet: 10 s, arbitrary.
    private static let startUp = 10 * samplesPerSecond

    /// Takes the AC power of a telemetry sample, W.
    mutating func take(_ power: Double) {
        powers[count % Self.window] = power
        count += 1
        ramp = span(ofLast: min(count, Self.samplesPerSecond + 1))
        swing = span(ofLast: min(count, Self.window))
        guard count >= Self.startUp + Self.window else { return }
        worstRamp = max(worstRamp, ramp)
        worstSwing = max(worstSwing, swing)
    }

    private func span(ofLast samples: Int) -> Double {
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for back in 1...samples {
            let power = powers[(count - back) % Self.window]
            least = min(least, power)
            greatest = max(greatest, power)
        }
        return greatest - least
    }
}
