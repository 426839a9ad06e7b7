import Plant
public import Scenario
import Units

/// One place of the budget tree before a run: what may flow there, and why.
public struct BudgetRow: Sendable {
    /// 0 for the feeds and the rack.
    public var depth: Int
    public var name: String
    /// W.
    public var limit: Double
    public var reason: String

    /// From the feeds to the busbar, then from the rack's budget to its trays; trays that are alike share a row.
    public static func rows(of scenario: ScenarioDefinition) -> [BudgetRow] {
        let plant = scenario.rack.plant
        var rows: [BudgetRow] = []
        for (index, feed) in plant.feeds.enumerated() {
            let shelves = plant.shelves.filter { $0.feed == index }
            rows.append(feedRow(feed, shelves))
            rows += shelves.map(shelfRow)
        }
        rows += plant.tethers.map { tether in
            BudgetRow(depth: 0, name: tether.name, limit: tether.ratedPower, reason: "from another rack's busbar")
        }
        rows += plant.backups.map { backup in
            let power = Double(backup.unitCount) * backup.unit.dischargePower
            let stored = Double(backup.unitCount) * backup.unit.energy
            return BudgetRow(
                depth: 0, name: backup.name, limit: power,
                reason:
                    "\(backup.unitCount) \(backup.unit.kind.rawValue) units; full, they hold what that power takes in "
                    + "\(AmountText.number(stored / max(1, power))) s, less what losses and the end of the charge keep")
        }
        rows.append(rackRow(scenario))
        return rows + trayRows(scenario)
    }

    private static func feedRow(_ feed: FeedConfiguration, _ shelves: [ShelfConfiguration]) -> BudgetRow {
        let efficiency = shelves.map(\.supply.fullLoadEfficiency).min() ?? 1
        let ups = feed.ups.map { " behind a UPS of \(AmountText.power($0.ratedPower))" } ?? ""
        return BudgetRow(
            depth: 0, name: feed.name, limit: feed.lastingPower,
            reason: "breaker of \(AmountText.number(feed.breaker.ratedCurrent)) A at "
                + "\(AmountText.number(feed.lineVoltage)) V\(ups); \(AmountText.power(feed.lastingPower * efficiency)) of DC"
        )
    }

    private static func shelfRow(_ shelf: ShelfConfiguration) -> BudgetRow {
        let rated = Double(shelf.supplyCount) * shelf.supply.ratedPower
        let peak = AmountText.percent(shelf.supply.peakPower / max(1, shelf.supply.ratedPower))
        return BudgetRow(
            depth: 1, name: shelf.name, limit: rated,
            reason: "\(shelf.supplyCount) supplies; \(AmountText.power(rated - shelf.supply.ratedPower)) without one; "
                + "\(peak) for \(AmountText.number(shelf.supply.peakTime)) s")
    }

    private static func rackRow(_ scenario: ScenarioDefinition) -> BudgetRow {
        let settings = scenario.controller
        let all =
            scenario.rack.plant.shelves.reduce(0.0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
            + scenario.rack.plant.tethers.reduce(0.0) { $0 + $1.ratedPower }
        return BudgetRow(
            depth: 0, name: "rack", limit: Double(settings.budget.milliwatts) / 1000,
            reason:
                "the operator's budget; supplies carry \(AmountText.power(all)), \(settings.redundancy.rawValue) leaves "
                + "\(AmountText.power(left(scenario)))")
    }

    /// What the supplies carry after the failure that the redundancy mode survives, W.
    private static func left(_ scenario: ScenarioDefinition) -> Double {
        let shelves = scenario.rack.plant.shelves
        func rated(_ shelves: [ShelfConfiguration]) -> Double {
            shelves.reduce(0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        }
        let tethers = scenario.rack.plant.tethers.reduce(0.0) { $0 + $1.ratedPower }
        switch scenario.controller.redundancy {
        case .none: return rated(shelves) + tethers
        case .oneSpare: return rated(shelves) + tethers - (shelves.map(\.supply.ratedPower).max() ?? 0)
        case .twoFeeds:
            let feeds = scenario.rack.plant.feeds.indices
            let largest = feeds.map { feed in rated(shelves.filter { $0.feed == feed }) }.max() ?? 0
            return rated(shelves) + tethers - max(largest, tethers)
        }
    }

    private static func trayRows(_ scenario: ScenarioDefinition) -> [BudgetRow] {
        let trays = scenario.rack.plant.trays
        let policies = scenario.controller.trays
        var rows: [BudgetRow] = []
        var first = 0
        for index in trays.indices {
            let isLast = index + 1 == trays.count || !isAlike(policies[index], policies[index + 1])
            guard isLast else { continue }
            let count = index - first + 1
            let policy = policies[index]
            let sums =
                count > 1
                ? "; together \(AmountText.power(policy.floor * Int64(count))) to "
                    + "\(AmountText.power(policy.ceiling * Int64(count)))" : ""
            rows.append(
                BudgetRow(
                    depth: 1, name: count > 1 ? "\(trays[first].name) ... \(trays[index].name)" : trays[index].name,
                    limit: Double(policy.ceiling.milliwatts) / 1000,
                    reason: "caps from \(AmountText.power(policy.floor)) up, priority \(policy.priority)\(sums)"))
            first = index + 1
        }
        return rows
    }

    private static func isAlike(_ one: TrayPolicy, _ other: TrayPolicy) -> Bool {
        one.floor == other.floor && one.ceiling == other.ceiling && one.priority == other.priority
    }
}
