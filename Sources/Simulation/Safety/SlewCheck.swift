internal import Units

/// The caps asked for rise together no faster than the slew.
struct SlewCheck {
    /// Samples of the window: five seconds at ten a second. Long enough to even out caps that are taken from one tray and
    /// given to another a moment later. Arbitrary.
    private static let window = 50
    /// Seconds' worth of slew: the window, a raise at either end of it, and one of what was levelled.
    private static let allowance: Int64 = 8

    private let limit: Power
    private var sums: [Power] = []

    /// `slew` per second; `count` trays, each rounded to a watt.
    init(slew: Power, count: Int) { limit = slew * Self.allowance + .watts(1) * Int64(count) }

    /// One sample of the sum of all caps asked for.
    mutating func judge(_ sum: Power) -> String? {
        sums.append(sum)
        if sums.count > Self.window { sums.removeFirst() }
        let rise = sum - (sums.min() ?? sum)
        guard rise > limit else { return nil }
        return "the caps asked for rose by \(rise.milliwatts / 1000) W in 5 s"
    }
}
