internal import Units

/// The caps asked for rise together no faster than the slew.
///
/// A law that moves caps from tray to tray lowers some before it raises others: their sum dips for as long as a write
/// takes, and what it comes back to was allowed before. There the rise is that of the most which the caps have reached
/// since what the rack may draw last fell. Any other law has no business below that, and is judged by the sum itself.
struct SlewCheck {
    /// Samples of the window: five seconds at ten a second. Long enough to even out caps that are taken from one tray and
    /// given to another a moment later. Arbitrary.
    private static let window = 50
    /// Seconds' worth of slew: the window, a raise at either end of it, and one of what was levelled.
    private static let allowance: Int64 = 8

    private let limit: Power
    private let movesCaps: Bool
    private var reached = Power.zero
    private var sums: [Power] = []

    /// `slew` per second; `count` trays, each rounded to a watt.
    init(slew: Power, count: Int, movesCaps: Bool) {
        limit = slew * Self.allowance + .watts(1) * Int64(count)
        self.movesCaps = movesCaps
    }

    /// One sample of the sum of all caps asked for, and of what the rack may draw.
    ///
    /// Nothing is asked for as long as nobody decides: what the BMCs fell back to meanwhile is what a controller begins with.
    mutating func judge(_ sum: Power, limit allowed: Power, isDeciding: Bool = true) -> String? {
        guard isDeciding else {
            sums = []
            reached = .zero
            return nil
        }
        reached = max(min(reached, allowed), sum)
        sums.append(movesCaps ? reached : sum)
        if sums.count > Self.window { sums.removeFirst() }
        guard let last = sums.last, let least = sums.min(), last - least > limit else { return nil }
        return "the caps asked for rose by \((last - least).milliwatts / 1000) W in 5 s"
    }
}
