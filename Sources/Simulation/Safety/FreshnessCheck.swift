internal import Units

/// What the controller acts on is no older than a bound: a supply whose last good answer is older must not count, and
/// no cap is raised for a tray of which nothing was read.
struct FreshnessCheck {
    /// Several times the longest poll interval of a crowded serial line. Arbitrary.
    static let bound = Interval.seconds(2)
    /// From a reading's growing too old to the budget's following: a scan cycle or a few. Arbitrary.
    private static let patience = Interval.milliseconds(500)
    /// With two feeds besides: what a feed that is lost or comes back is worth counts when it has stood still for a second,
    /// and it stands still when the last of its supplies was polled: on a crowded line half a second after the first.
    private static let settling = Interval.milliseconds(1_500)

    private let patience: Interval
    private var goodAt: Instant
    /// The last cap written to each tray's BMC; `nil` before the first.
    private var written: [Power?]

    init(trayCount: Int, hasTwoFeeds: Bool = false, judgedFrom: Instant) {
        patience = Self.patience + (hasTwoFeeds ? Self.settling : .zero)
        goodAt = judgedFrom
        written = Array(repeating: nil, count: trayCount)
    }

    /// Nobody decides yet.
    mutating func excuse(until now: Instant) { goodAt = max(goodAt, now) }

    /// `known` is what the supplies with a fresh reading carry after the next failure, or batteries where those stand in.
    mutating func judge(budget: Power, known: Power, at now: Instant) -> String? {
        guard budget > known else {
            goodAt = max(goodAt, now)
            return nil
        }
        guard now - goodAt > patience else { return nil }
        return "the budget is \(budget.milliwatts / 1000) W, and the supplies read lately carry "
            + "\(known.milliwatts / 1000) W after the next failure"
    }

    /// A cap crossed the line; `readAt` is when the tray's power was last read.
    mutating func capWritten(_ cap: Power, tray: Int, name: String, readAt: Instant, at now: Instant) -> String? {
        let before = written[tray]
        written[tray] = cap
        guard let before, cap > before + .watts(1), now - readAt > Self.bound else { return nil }
        return "\(name) was given \(cap.milliwatts / 1000) W though its power was last read "
            + "\((now - readAt).milliseconds) ms before"
    }

    /// The BMC forgot its cap.
    mutating func forget(tray: Int) { written[tray] = nil }
}
