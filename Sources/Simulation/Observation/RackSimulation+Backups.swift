internal import Plant
internal import Scenario

/// What is recorded of batteries, capacitors and UPS.
extension RackSimulation {
    func backupValue(of source: SignalCatalogue.Source) -> Double {
        switch source {
        case .rackSupplyPower: plant.supplyPower
        case .rackBackupPower: plant.backupPower
        case .rackBackupCharge: meanCharge(of: 0..<plant.backupCount)
        case .rackInputRamp: observation.grid.ramp
        case .rackInputSwing: observation.grid.swing
        case .upsLoad(let feed): plant.upsLoad(feed) * 100
        case .upsHeat(let feed): plant.upsHeat(feed) * 100
        case .upsCharge(let feed): plant.upsCharge(feed) * 100
        case .upsBypassed(let feed): plant.upsMode(feed) == .bypass ? 1 : 0
        case .upsOnBattery(let feed): plant.upsIsOnBattery(feed) ? 1 : 0
        case .backupShelfPower(let shelf): power(ofBackupShelf: shelf)
        case .backupShelfCharge(let shelf): meanCharge(of: units(ofBackupShelf: shelf))
        case .backupPower(let unit): plant.backupPower(unit)
        case .backupCharge(let unit): plant.backupCharge(unit) * 100
        default: 0
        }
    }

    func units(ofBackupShelf shelf: Int) -> Range<Int> {
        let first = plant.backupUnit(shelf: shelf, slot: 0)
        return first..<first + scenario.rack.plant.backups[shelf].unitCount
    }

    func power(ofBackupShelf shelf: Int) -> Double {
        var sum = 0.0
        for unit in units(ofBackupShelf: shelf) { sum += plant.backupPower(unit) }
        return sum
    }

    /// Per cent.
    private func meanCharge(of units: Range<Int>) -> Double {
        var sum = 0.0
        for unit in units { sum += plant.backupCharge(unit) }
        return units.isEmpty ? 0 : 100 * sum / Double(units.count)
    }

    /// The path of a unit that is counted over all backup shelves.
    func backupPath(_ unit: Int) -> String {
        var left = unit
        for shelf in scenario.rack.plant.backups {
            if left < shelf.unitCount { return "\(shelf.name)/unit-\(left + 1)" }
            left -= shelf.unitCount
        }
        return "backup unit \(unit)"
    }
}
