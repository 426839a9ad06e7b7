internal import Plant
internal import RunRecords
internal import Scenario

/// What stores energy in the budget tree: it carries more than its rating, or anything at all, only for a time.
extension RackSimulation {
    func upsNode(_ feed: Int, _ name: String, _ ups: UPSConfiguration) -> BudgetNode {
        func times(_ points: [CurvePoint]) -> String {
            points.map { "\(Self.short($0.x * 100)) % for \(Self.short($0.y)) s" }.joined(separator: ", ")
        }
        return BudgetNode(
            path: name + "/ups", kind: .ups, depth: 1, limit: ups.ratedPower, load: checks.loads.feeds[feed],
            timing: "inverter \(times(ups.inverterOverload)), then bypass \(times(ups.bypassOverload)), then off; "
                + "battery \(Self.short(ups.autonomy)) s at the rating; the most of an overload time used up: "
                + "\(Self.short(checks.loads.upsHeats[feed] * 100)) %")
    }

    func backupNode(_ index: Int) -> BudgetNode {
        let shelf = scenario.rack.plant.backups[index]
        let limit = Double(shelf.unitCount) * shelf.unit.dischargePower
        let time = shelf.unit.energy * shelf.unit.efficiency / shelf.unit.dischargePower
        let least = Self.short(checks.loads.leastCharges[index] * 100)
        return BudgetNode(
            path: shelf.name, kind: .backup, depth: 0, limit: limit, load: checks.loads.backups[index],
            timing: "\(Self.short(time)) s at its rating when full; emptied to \(least) % at the worst")
    }
}
