public import Scenario
public import Units

/// Something that was put on the rack while it runs, and is in force.
public struct LiveEvent: Sendable {
    /// From 1, in the order in which they were put on.
    public var number: Int
    /// As a person would say it: `bus trays unit 18 no-reply`.
    public var text: String
    public var since: Instant
    /// `nil` = until somebody ends it.
    public var until: Instant?
    /// Transactions that it has hit, for a fault on a bus.
    public var hits: Int?
    /// The hits after which it ends; `nil` = however many.
    public var count: Int?
    /// How likely each transaction is hit.
    public var chance: PerMille?
}

/// Events that nobody planned: they begin between two steps, at the instant that the run has reached, and are recorded as
/// the scenario's own are. The same at the same instants gives the same run.
extension RackSimulation {
    /// Begins these events now, together; their instants count from now. Returns their common number.
    public func inject(_ planned: [ScenarioEvent]) -> Int {
        let shift = now - .start
        let shifted = planned.map { event in
            var event = event
            event.at += shift
            event.until = event.until.map { $0 + shift }
            return event
        }
        let injection = events.inject(shifted)
        for index in injection.events {
            begin(event: index, at: now)
            if let until = events[index].until, !events.isOver(index) {
                queue.schedule(.scenarioEventEnds(Int32(index)), at: until)
            }
        }
        return injection.number
    }

    /// Ends what was begun under this number; false when nothing of it is in force.
    public func endInjection(_ number: Int) -> Bool {
        events.dropFinished()
        guard let injection = events.injections.first(where: { $0.number == number }) else { return false }
        for index in injection.events { undo(event: index, at: now) }
        return true
    }

    /// What is in force of what was put on, the oldest first.
    public func liveEvents() -> [LiveEvent] {
        events.dropFinished()
        return events.injections.map { injection in
            let first = events[injection.events.lowerBound]
            let inForce = injection.events.filter { !events.isOver($0) }
            let fault =
                if case .busFault(let fault)? = inForce.first.map({ events[$0].action }) { fault } else {
                    BusFault?.none
                }
            return LiveEvent(
                number: injection.number, text: inForce.map { events[$0].text }.joined(separator: ", "),
                since: first.at, until: first.until, hits: inForce.compactMap { faults.hits(ofEvent: $0) }.first,
                count: fault?.count, chance: fault?.chance)
        }
    }
}
