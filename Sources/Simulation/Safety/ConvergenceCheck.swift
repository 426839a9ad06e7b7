internal import Scenario
internal import Units

/// The rack is well again some time after the last trouble, and stays so: every device online, the whole capacity in
/// use, power within the budget, work restored, no brake pulled.
struct ConvergenceCheck {
    /// The rack at one sample.
    struct State {
        /// Paths of devices that the controller does not have online.
        var absent: String?
        var braked: String?
        var power: Power
        /// What power must not exceed for long: the budget, or what a law may draw for a while that knows limits' time.
        var limit: Power
        var budget: Power
        /// What the budget should be: the operator's, or what the working supplies allow.
        var owedBudget: Power
        var caps: Power
        /// Of all trays since the start, accelerator-seconds.
        var done: Double
        var wanted: Double
    }

    /// Power may stand above the budget for so long: a scan cycle, a write, the BMC's sample. Arbitrary.
    private static let overshoot = Interval.seconds(1)
    /// Work is restored where little of it is lost, or caps or power are near the budget again. Arbitrary, and well above
    /// where the floors of an oversubscribed rack lie.
    private static let greatestLoss = 0.05
    private static let usedShare = PerMille.percent(80)
    /// Samples over which work is reckoned: two seconds.
    private static let window = 20
    /// A law that limits how fast power rises makes work that comes suddenly wait: a burst of one tray as well, since its
    /// caps together are what it raises slowly. It owes caps that rise while the trays together draw most of them, by a
    /// quarter of its ramp at least over the window. So long they may stand still before. Arbitrary.
    private static let risingShare: Int64 = 4
    private static let standstill = Interval.seconds(3)
    /// Plates are read in whole watts, and shares of them are divided. Arbitrary.
    private static let rounding = Power.watts(5)

    private let healedBy: Instant
    private let settledBy: Instant
    /// How fast caps rise under a law that limits it, per second.
    private let ramp: Power?
    private var underBudgetAt = Instant.start
    private var restoredAt = Instant.start
    private var work: [(done: Double, wanted: Double, caps: Power)] = []
    private var badAt: Instant
    private(set) var isJudged = false

    init(_ settings: SafetySettings, ramp: Power? = nil) {
        self.ramp = ramp
        healedBy = settings.healedBy
        settledBy = settings.settledBy
        badAt = settings.healedBy
    }

    /// From the last trouble's end to convergence.
    var settle: Interval? { isJudged ? badAt - healedBy : nil }

    mutating func judge(_ state: State, at now: Instant) -> String? {
        work.append((state.done, state.wanted, state.caps))
        if work.count > Self.window { work.removeFirst() }
        if state.power <= state.limit { underBudgetAt = now }
        if lostShare == nil || isRising || state.power < state.caps.scaled(by: Self.usedShare) { restoredAt = now }
        guard now >= healedBy else { return nil }
        isJudged = now >= settledBy
        guard let text = trouble(state, at: now) else { return nil }
        badAt = now
        return isJudged ? text : nil
    }

    private func trouble(_ state: State, at now: Instant) -> String? {
        if let absent = state.absent { return "\(absent) is not back online" }
        if let braked = state.braked { return "\(braked) is braked" }
        let missing = state.budget - state.owedBudget
        if missing > Self.rounding || missing < .zero - Self.rounding {
            return
                "the budget in force is \(state.budget.milliwatts / 1000) W, and \(state.owedBudget.milliwatts / 1000) W are owed"
        }
        if now - underBudgetAt > Self.overshoot {
            return "power has been above the budget for \((now - underBudgetAt).milliseconds) ms"
        }
        let used = state.budget.scaled(by: Self.usedShare)
        guard let lostShare, state.caps < used, state.power < used else { return nil }
        guard ramp == nil || now - restoredAt > Self.standstill else { return nil }
        return "\(Int(lostShare * 100)) % of the work is lost at caps of \(state.caps.milliwatts / 1000) W"
    }

    /// Of the work wanted in the window, where it is more than may be.
    private var lostShare: Double? {
        guard let first = work.first, let last = work.last, last.wanted > first.wanted else { return nil }
        let share = 1 - (last.done - first.done) / (last.wanted - first.wanted)
        return share > Self.greatestLoss ? share : nil
    }

    private var isRising: Bool {
        guard let ramp, let first = work.first, let last = work.last else { return false }
        let seconds = Int64(Self.window) / 10
        return last.caps - first.caps >= ramp * seconds / Self.risingShare
    }
}
