import DeviceSpecs
import Plant
import Scenario
import YAMLReading

/// Batteries and capacitors.
extension RackReader {
    func readBackupShelf(_ mapping: YAMLMapping, _ kind: BackupUnitConfiguration.Kind) {
        let names = groupNames(mapping, upTo: 64)
        let backed = readBackedShelves(mapping.optional("backs"))
        guard let units = mapping.required("units")?.mapping("a mapping with count, spec, bus and first-unit") else {
            return
        }
        let count = units.required("count")?.integer(in: 1...16) ?? 1
        if let supply = shelves.first?.supply, BusbarLevel(noLoadVoltage: supply.noLoadVoltage) == .twelve {
            mapping.place.problem(
                "backup units hold a busbar of 48 V to 51 V, and the supplies of this rack give "
                    + "\(YAMLValue.text(supply.noLoadVoltage)) V; leave \"\(kind.key)\" out")
        }
        let unit = readBackupUnit(units, kind)
        let devices = DeviceGroup(units, membersEach: count)
        units.finish()
        let parts = readParts(mapping) { if case .backupShelf(let key, let name) = $0 { (key, name) } else { nil } }
        for (index, name) in names.enumerated() {
            let shelf = backups.count
            backups.append(
                BackupShelfConfiguration(name: name, unitCount: count, unit: unit, backedShelves: backed))
            for slot in 0..<count {
                place(
                    devices, group: index, member: slot, path: "\(name)/unit-\(slot + 1)",
                    attachment: .backup(shelf: shelf, slot: slot), deviceClass: .backupUnit)
            }
            for part in parts {
                place(
                    part.devices, group: index, member: 0, path: "\(name)/\(part.name)",
                    attachment: .backupShelf(shelf), deviceClass: part.deviceClass)
            }
        }
        report(devices)
        for part in parts { report(part.devices) }
    }

    /// The power shelves whose AC-loss lines the units hear: all that have one, unless some are named.
    private func readBackedShelves(_ value: YAMLValue?) -> [Int] {
        let speaking = shelves.indices.filter { shelves[$0].supply.lossNotice == .line }
        guard let value else { return speaking }
        let places = value.isSequence ? value.list() ?? [] : [value]
        return places.compactMap { place in
            guard let name = place.string("the name of a shelf") else { return nil }
            if let index = shelves.firstIndex(where: { $0.name == name }) {
                if speaking.contains(index) { return index }
                place.problem(
                    "\"\(name)\" has no AC-loss line that could be heard, its supplies lower their voltage (\"loss-notice\"); "
                        + "leave it out: whoever is on the busbar sees that")
                return nil
            }
            place.problem("unknown shelf \"\(name)\"\(Nearness.hint(for: name, among: shelves.map(\.name)))")
            return nil
        }
    }

    private func readBackupUnit(
        _ mapping: YAMLMapping, _ kind: BackupUnitConfiguration.Kind
    ) -> BackupUnitConfiguration {
        var unit = kind == .battery ? RackDefaults.battery : RackDefaults.capacitor
        if let rated = mapping.optional("rated")?.watts(in: 10...100_000) {
            let scale = rated / unit.dischargePower
            unit.energy *= scale
            unit.chargePower *= scale
            unit.resistance /= scale
            unit.dischargePower = rated
        }
        unit.chargePower = mapping.optional("charging")?.watts(in: 1...100_000) ?? unit.chargePower
        readEnergy(mapping, &unit)
        unit.resistance = mapping.optional("resistance")?.compound(.resistance, in: 0...1) ?? unit.resistance
        unit.efficiency = mapping.optional("efficiency")?.share(in: 0.5...1) ?? unit.efficiency
        unit.initialCharge = mapping.optional("charge")?.share() ?? unit.initialCharge
        unit.emptyVoltage = mapping.optional("empty-voltage")?.physical(.voltage, in: 1...1000) ?? unit.emptyVoltage
        unit.fullVoltage = mapping.optional("full-voltage")?.physical(.voltage, in: 1...1000) ?? unit.fullVoltage
        if unit.emptyVoltage >= unit.fullVoltage {
            mapping.place.problem(
                "expected an empty-voltage below the full-voltage, found \(YAMLValue.text(unit.emptyVoltage)) V and "
                    + "\(YAMLValue.text(unit.fullVoltage)) V")
            unit.emptyVoltage = unit.fullVoltage / 2
        }
        checkDeliverable(mapping, &unit)
        return unit
    }

    /// Either an energy inside the store, or the time for which it carries its rated power.
    private func readEnergy(_ mapping: YAMLMapping, _ unit: inout BackupUnitConfiguration) {
        let (energy, time) = (mapping.optional("energy"), mapping.optional("for"))
        if energy != nil, time != nil { time?.problem("expected either \"energy\" or \"for\", found both") }
        unit.energy = energy?.physical(.energy, in: 10...100_000_000) ?? unit.energy
        if let seconds = time?.seconds(in: 0.01...36_000) { unit.energy = seconds * unit.dischargePower }
    }

    /// A store whose resistance eats half of its voltage at the rated power can never give that power.
    private func checkDeliverable(_ mapping: YAMLMapping, _ unit: inout BackupUnitConfiguration) {
        let greatest = unit.emptyVoltage * unit.emptyVoltage / 4 / max(unit.resistance, 1e-9)
        guard unit.dischargePower / unit.efficiency > greatest else { return }
        (mapping.optional("resistance") ?? mapping.place).problem(
            "an empty store of \(YAMLValue.text(unit.emptyVoltage)) V gives at most \(Int(greatest)) W through its "
                + "resistance; expected a smaller resistance or a smaller rated power")
        unit.resistance = 0
    }
}

extension BackupUnitConfiguration.Kind {
    /// The key of a rack file under which its shelves stand.
    var key: String {
        switch self {
        case .battery: "batteries"
        case .capacitor: "capacitors"
        }
    }
}
