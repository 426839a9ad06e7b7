internal import Plant
internal import RackControl
internal import Scenario
internal import Units

/// How soon an overload is answered: from the instant at which the rack draws more than it may, by what supplies and
/// breakers truly carry and the operator allows, to the first lower cap that is sent.
struct ReactionFigures {
    private let promise: SourcePromise
    private let shelfCount: Int
    /// What is promised was reckoned for so many working supplies; reckoned anew when one goes or comes.
    private var workingCount = -1
    private var promised = Power.zero
    private var overSince: Instant?
    private var sentBefore = 0
    private(set) var slowest: Interval?

    /// Before this the controller is still finding its devices.
    private static let judgedFrom = Instant.start + .seconds(5)

    init(_ scenario: ScenarioDefinition) {
        promise = SourcePromise(scenario.rack.plant, scenario.controller.redundancy)
        shelfCount = scenario.rack.plant.shelves.count
    }

    /// Once per plant step. An overload that is over before a cap was sent needed none.
    mutating func step(_ run: RackSimulation) {
        let working = run.plant.workingSupplies
        if working != workingCount {
            workingCount = working
            promised = promise.allowed(working: run.workingSources)
        }
        let sent = run.controllerCounters.lowerCapsSent
        defer { sentBefore = sent }
        // What batteries give is no load of the supplies.
        let isOverloaded = shelfCount > 0 && run.plant.supplyPower > promised.inWatts
        let isOver = isOverloaded || run.plant.rackPower > run.operatorBudget.inWatts
        guard isOver, run.now >= Self.judgedFrom else {
            overSince = nil
            return
        }
        // Answered already: what is left is the way down.
        if overSince == Instant.never { return }
        let began = overSince ?? run.now
        guard sent > sentBefore else {
            overSince = began
            return
        }
        slowest = max(slowest ?? .zero, run.now - began)
        overSince = .never
    }
}
