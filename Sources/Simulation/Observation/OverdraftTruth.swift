internal import Scenario
internal import Units

/// How far the rack's true power has overdrawn the operator's budget: the account that a law is to keep, kept by nobody
/// who controls.
struct OverdraftTruth {
    /// J.
    private let allowance: Double
    private var drawn = 0.0
    private(set) var greatest = 0.0

    /// `nil` where the operator's budget has no time behaviour.
    init?(_ overdraft: Overdraft?) {
        guard let overdraft else { return nil }
        allowance = max(1e-3, Double(overdraft.energy.millijoules) / 1000)
    }

    /// 1 is all of it.
    var used: Double { drawn / allowance }

    mutating func draw(_ watts: Double, budget: Double, for seconds: Double) {
        drawn = max(0, drawn + (watts - budget) * seconds)
        greatest = max(greatest, used)
    }
}
