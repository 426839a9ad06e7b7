internal import Scenario
internal import Units

/// Over any stretch of time the rack's true power draws no more energy over the operator's budget than he agreed to.
///
/// An account of the check's own, by the plant's truth: what is drawn above the budget, less what was saved below it
/// since. Where no overdraft is agreed, nothing may be drawn but what it takes caps to take hold.
///
/// Owed as far as trays could be seen and changed: one out of reach, and one whose BMC's sensors lie, counts as it is,
/// and the others owe no less than their floors; a tray of which nobody tells the truth is no part of the account. A
/// budget that falls counts a while later.
struct OverdraftCheck {
    /// A tray at one instant, W.
    struct Tray {
        var power: Double
        var floor: Double
        /// A BMC with honest sensors is in reach.
        var isCommanded: Bool
        /// Such a BMC, or such a monitor, tells what it draws.
        var isSeen: Bool
    }

    /// Samples of which the most generous counts: three seconds at ten a second, as for the caps that must fit.
    private static let memory = 30
    /// Seconds for which trays may stand at their ceilings instead of their floors until caps take hold: a scan cycle or
    /// two, the writes, the BMC's sample. Arbitrary.
    private static let lag = 0.25

    /// J.
    private let allowance: Double
    private var drawn = 0.0
    private var owed: [Double] = []
    private var limit = Double.infinity
    let isAgreed: Bool
    /// 1 is all that may be drawn.
    private(set) var greatest = 0.0

    init(_ scenario: ScenarioDefinition) {
        let room = scenario.controller.trays.reduce(0) { $0 + ($1.ceiling - $1.floor).inWatts }
        self.init(overdraft: scenario.controller.overdraft?.energy, room: room)
    }

    /// `room` is what lies between the floors and the ceilings of all trays, W.
    init(overdraft: Energy?, room: Double) {
        isAgreed = overdraft != nil
        allowance = Double(overdraft?.millijoules ?? 0) / 1000 + room * Self.lag
    }

    /// What counts as the budget from now on.
    mutating func owe(_ trays: [Tray], _ budget: Power) {
        var (least, unseen) = (0.0, 0.0)
        for tray in trays {
            guard tray.isSeen else {
                unseen += tray.power
                continue
            }
            least += tray.isCommanded ? tray.floor : max(tray.floor, tray.power)
        }
        owed.append(max(budget.inWatts, least) + unseen)
        if owed.count > Self.memory { owed.removeFirst() }
        limit = owed.max() ?? .infinity
    }

    /// Lets the rack draw `watts` for so many seconds; what is wrong, if anything is.
    mutating func draw(_ watts: Double, for seconds: Double) -> String? {
        guard limit.isFinite else { return nil }
        drawn = max(0, drawn + (watts - limit) * seconds)
        greatest = max(greatest, drawn / allowance)
        guard drawn > allowance else { return nil }
        return "more than the \(Int(allowance)) J that may be were drawn over the budget"
    }
}
