internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// What a capping law is measured by, taken from the plant's truth while the run goes on.
///
/// Power over the budget comes in episodes: one that is followed by the next within `calm` is the same one, so that a
/// rack that swings about its budget has not settled. A sinking budget opens an episode as a rising power does.
struct CappingFigures {
    /// Arbitrary: ten scan cycles of the usual period.
    private static let calm = Interval.seconds(1)
    private static let step = 0.001
    /// An overshoot is a share of the budget only while that is at least this much of what the rack's sources are rated
    /// for: against the budget of a dark rack, next to nothing, every watt is thousands of per cent. Arbitrary.
    private static let tellingBudget = 0.1

    private(set) var energyOverBudget = 0.0
    private var stepsOverBudget = 0
    private var worstExcess = 0.0
    /// Nothing before the power was above a budget that tells something.
    private var worstShare: Double?
    /// W; what supplies and tethers are rated for while all of them work.
    private let ratedPower: Double
    private var fanEnergy = 0.0
    private var trips = 0
    private var wasTripped: [Bool]
    private var greatestHeat = 0.0

    private var episodeBegan: Instant?
    private var lastOver = Instant.start
    private var longestEpisode = Interval.zero
    private var reaction: ReactionFigures
    private var overdraft: OverdraftTruth?
    private var greatestOverload = 0.0

    init(_ scenario: ScenarioDefinition) {
        wasTripped = Array(repeating: false, count: scenario.rack.plant.feeds.count)
        let rack = scenario.rack.plant
        ratedPower =
            rack.shelves.reduce(0) { $0 + $1.supply.ratedPower * Double($1.supplyCount) }
            + rack.tethers.reduce(0) { $0 + $1.ratedPower }
        reaction = ReactionFigures(scenario)
        overdraft = OverdraftTruth(scenario.controller.overdraft)
    }

    /// The operator's overdraft; 1 is all of it.
    var overdraftUsed: Double { overdraft?.used ?? 0 }

    /// Once per plant step.
    mutating func step(_ run: RackSimulation) {
        let budget = run.budgetInForce.inWatts
        let excess = run.plant.rackPower - budget
        if excess > 0 {
            energyOverBudget += excess * Self.step
            stepsOverBudget += 1
            worstExcess = max(worstExcess, excess)
            if budget > 1, budget >= Self.tellingBudget * ratedPower {
                worstShare = max(worstShare ?? 0, excess / budget)
            }
        }
        follow(isOver: excess > 0, run)
        reaction.step(run)
        overdraft?.draw(run.plant.rackPower, budget: run.operatorBudget.inWatts, for: Self.step)
        for feed in wasTripped.indices {
            greatestHeat = max(greatestHeat, run.plant.breakerHeat(feed))
            let isTripped = run.plant.breakerTripped(feed)
            if isTripped, !wasTripped[feed] { trips += 1 }
            wasTripped[feed] = isTripped
        }
    }

    private mutating func follow(isOver: Bool, _ run: RackSimulation) {
        if isOver {
            if episodeBegan == nil { episodeBegan = run.now }
            lastOver = run.now
        }
        guard let began = episodeBegan else { return }
        longestEpisode = max(longestEpisode, lastOver - began)
        if run.now - lastOver > Self.calm { episodeBegan = nil }
    }

    /// Once per telemetry sample, `interval` apart.
    mutating func sample(_ run: RackSimulation, interval: Interval) {
        for tray in 0..<run.plant.trayCount {
            fanEnergy += run.plant.trayFanPower(tray) * Double(interval.milliseconds) / 1000
        }
        for (shelf, configuration) in run.scenario.rack.plant.shelves.enumerated() {
            for slot in 0..<configuration.supplyCount {
                // One that has switched itself off has used up all.
                let isSpent = run.plant.supplyIsLatched(shelf: shelf, slot: slot)
                greatestOverload =
                    isSpent ? 1 : max(greatestOverload, run.plant.supplyOverload(shelf: shelf, slot: slot))
            }
        }
    }

    func figures(of run: RackSimulation) -> [Figure] {
        var figures = [
            Figure(name: "worst overshoot", value: worstExcess, unit: "W"),
            Figure(name: "time over budget", value: Double(stepsOverBudget) * Self.step, unit: "s"),
            Figure(name: "longest time over budget", value: Self.seconds(longestEpisode), unit: "s"),
            Figure(name: "breaker trips", value: Double(trips), unit: ""),
            Figure(name: "trip heat left", value: max(0, 1 - greatestHeat) * 100, unit: "%"),
            Figure(name: "supply peak time left", value: max(0, 1 - greatestOverload) * 100, unit: "%"),
            Figure(name: "cap changes", value: Double(run.controllerCounters.capsChanged), unit: ""),
            Figure(name: "fan energy", value: fanEnergy / 1000, unit: "kJ"),
        ]
        // Only against budgets of next to nothing: then the watts say it alone.
        if let share = worstExcess > 0 ? worstShare : 0 {
            figures.insert(Figure(name: "worst overshoot of the budget", value: share * 100, unit: "%"), at: 1)
        }
        if let slowest = reaction.slowest {
            figures.append(Figure(name: "overload to lower cap", value: Self.seconds(slowest) * 1000, unit: "ms"))
        }
        if let overdraft {
            figures.append(Figure(name: "overdraft used", value: overdraft.greatest * 100, unit: "%"))
        }
        return figures + lostByPriority(run)
    }

    /// The work lost of each priority, where trays that work have more than one.
    private func lostByPriority(_ run: RackSimulation) -> [Figure] {
        let policies = run.scenario.controller.trays
        let working = policies.indices.filter { run.plant.workWanted(tray: $0) > 0 }
        var priorities: [Int] = []
        for tray in working where !priorities.contains(policies[tray].priority) {
            priorities.append(policies[tray].priority)
        }
        guard priorities.count > 1 else { return [] }
        priorities.sort(by: >)
        return priorities.map { priority in
            var (done, wanted) = (0.0, 0.0)
            for tray in working where policies[tray].priority == priority {
                done += run.plant.workDone(tray: tray)
                wanted += run.plant.workWanted(tray: tray)
            }
            return Figure(name: "work lost, priority \(priority)", value: 100 * (1 - done / wanted), unit: "%")
        }
    }

    private static func seconds(_ interval: Interval) -> Double { Double(interval.rawValue) / 1e9 }
}
