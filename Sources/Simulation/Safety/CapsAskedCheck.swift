internal import Units

/// What a BMC enforces lies between its tray's floor and what was asked for it; it may lag behind a lower request for
/// as long as a write takes.
struct CapsAskedCheck {
    /// A scan cycle, a write that is tried again, the BMC's own sample. Arbitrary.
    private static let patience = Interval.seconds(2)
    /// A register holds whole watts.
    private static let rounding = Power.watts(1)

    private var goodAt: [Instant]

    init(trayCount: Int, judgedFrom: Instant) { goodAt = Array(repeating: judgedFrom, count: trayCount) }

    /// `asked` is `nil` where nobody caps, or the BMC could not be reached lately.
    mutating func judge(
        tray: Int, name: String, applied: Power, asked: Power?, floor: Power, ceiling: Power, at now: Instant
    ) -> String? {
        if applied + Self.rounding < floor {
            return "\(name) enforces \(applied.milliwatts / 1000) W, below its floor"
        }
        if applied > ceiling + Self.rounding {
            return "\(name) enforces \(applied.milliwatts / 1000) W, above its ceiling"
        }
        if let asked, applied > asked + Self.rounding {
            guard now - goodAt[tray] > Self.patience else { return nil }
            return "\(name) enforces \(applied.milliwatts / 1000) W, and \(asked.milliwatts / 1000) W were asked"
        }
        goodAt[tray] = max(goodAt[tray], now)
        return nil
    }
}
