internal import Plant
internal import RackControl
internal import RegisterMaps
internal import RunRecords
internal import Scenario
internal import Units

/// No tray is capped below its floor, and the caps in force together never exceed the budget once the controller has
/// had its time after a change.
struct CapCheck {
    /// After a change the caps may lag: a scan cycle, a read of the supplies, a write to every BMC. Arbitrary.
    private static let grace = Interval.seconds(2)

    private let policies: [TrayPolicy]
    private let isCapping: Bool
    private var excusedUntil: Instant
    private var samples = 0
    private var violation: String?

    init(_ scenario: ScenarioDefinition) {
        policies = scenario.controller.trays
        isCapping = scenario.controller.law != .none
        // Until every device was identified and armed there is nothing to judge.
        excusedUntil = .start + .seconds(5)
    }

    mutating func noteEvent(at instant: Instant) { excusedUntil = max(excusedUntil, instant + Self.grace) }

    mutating func sample(_ run: RackSimulation) {
        guard isCapping, violation == nil, run.now >= excusedUntil else { return }
        samples += 1
        for tray in policies.indices {
            let asked = run.controller.askedCap(tray: tray)
            if asked < policies[tray].floor {
                violation =
                    "\(run.scenario.rack.plant.trays[tray].name) was given a cap below its floor at \(run.reachedSeconds) s"
            }
        }
    }

    var outcome: CheckOutcome {
        CheckOutcome(
            name: "caps stay above the floors", held: violation == nil,
            explanation: violation ?? "at \(samples) samples")
    }
}
