internal import ControlLaws
internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// The budget tree as it was used: limits from the rack's plates, loads from the plant's truth.
extension RackSimulation {
    var budgetTree: [BudgetNode] {
        let plant = scenario.rack.plant
        var nodes: [BudgetNode] = []
        for (index, feed) in plant.feeds.enumerated() {
            let shelves = plant.shelves.indices.filter { plant.shelves[$0].feed == index }
            nodes.append(feedNode(index, feed, shelves))
            if let ups = feed.ups { nodes.append(upsNode(index, feed.name, ups)) }
            nodes.append(breakerNode(index, feed))
            nodes += shelves.map { shelfNode($0) }
        }
        nodes += plant.tethers.indices.map { tetherNode($0) }
        nodes += plant.backups.indices.map { backupNode($0) }
        nodes.append(rackNode)
        for (index, tray) in plant.trays.enumerated() { nodes += trayNodes(index, tray) }
        return nodes
    }

    private func feedNode(_ index: Int, _ feed: FeedConfiguration, _ shelves: [Int]) -> BudgetNode {
        let rated = shelves.reduce(0.0) { sum, shelf in
            let supply = scenario.rack.plant.shelves[shelf].supply
            let output = Double(scenario.rack.plant.shelves[shelf].supplyCount) * supply.ratedPower
            return sum + (supply.fullLoadEfficiency > 0 ? output / supply.fullLoadEfficiency : output)
        }
        return BudgetNode(
            path: feed.name, kind: .feed, depth: 0, limit: rated, load: checks.loads.feeds[index],
            timing: "AC input of its supplies at their rating")
    }

    private func breakerNode(_ index: Int, _ feed: FeedConfiguration) -> BudgetNode {
        let edge = 1 - feed.breaker.tolerance
        let times = [1.2, 1.5, 2.0].compactMap { multiple in
            feed.breaker.curve.time(atMultiple: multiple).map { time in
                "\(Self.short(multiple)) x for \(Self.short(time * edge)) s"
            }
        }
        let heat = Self.short(checks.loads.heats[index] * 100)
        return BudgetNode(
            path: feed.name + "/breaker", kind: .breaker, depth: 1, limit: feed.breakerPower,
            load: checks.loads.feeds[index],
            timing: "fast edge: " + times.joined(separator: ", ") + "; hottest at \(heat) % of the trip heat")
    }

    private func shelfNode(_ index: Int) -> BudgetNode {
        let shelf = scenario.rack.plant.shelves[index]
        let share = Self.short(100 * shelf.supply.peakPower / max(1, shelf.supply.ratedPower))
        return BudgetNode(
            path: shelf.name, kind: .shelf, depth: 1, limit: Double(shelf.supplyCount) * shelf.supply.ratedPower,
            load: checks.loads.shelves[index],
            timing:
                "\(share) % for \(Self.short(shelf.supply.peakTime)) s, then a supply switches off; the most of that time "
                + "used up: \(Self.short(checks.loads.stresses[index] * 100)) %")
    }

    private func tetherNode(_ index: Int) -> BudgetNode {
        let tether = scenario.rack.plant.tethers[index]
        return BudgetNode(
            path: tether.name, kind: .shelf, depth: 0, limit: tether.ratedPower, load: checks.loads.tethers[index],
            timing:
                "from another rack's busbar; switches off after a second of 110 %; hottest plug at "
                + "\(Self.short(checks.loads.plugs[index])) degC")
    }

    private var rackNode: BudgetNode {
        let tightest = checks.loads.tightest ?? (budget: budgetInForce.inWatts, power: plant.rackPower)
        return BudgetNode(
            path: "rack", kind: .rack, depth: 0, limit: tightest.budget, load: tightest.power,
            timing: "budget in force at the least margin after the start; caps within "
                + "\(scenario.controller.period.milliseconds) ms and a write")
    }

    private func trayNodes(_ index: Int, _ tray: TrayConfiguration) -> [BudgetNode] {
        let policy = scenario.controller.trays[index]
        let node = BudgetNode(
            path: tray.name, kind: .tray, depth: 1, limit: policy.ceiling.inWatts, load: checks.loads.trays[index],
            timing: "caps from \(policy.floor.words) up; the monitor brakes what a cap did not hold")
        guard tray.acceleratorCount > 0 else { return [node] }
        let accelerators = BudgetNode(
            path: tray.name + "/accelerator", kind: .accelerator, depth: 2, limit: tray.accelerator.ratedPower,
            load: checks.loads.accelerators[index],
            timing: "hottest of \(tray.acceleratorCount); limits down to \(Self.short(tray.accelerator.minimumLimit)) W"
        )
        return [node, accelerators]
    }

    /// At most one decimal.
    static func short(_ value: Double) -> String {
        let tenths = Int((min(max(value, -1e12), 1e12) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
