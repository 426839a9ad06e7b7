import DeviceSpecs
import Plant
import Scenario
import YAMLReading

/// Cables from other racks' busbars.
extension RackReader {
    func readTether(_ mapping: YAMLMapping) {
        let names = groupNames(mapping, upTo: 16)
        let tether = readTetherPlate(mapping)
        let devices = DeviceGroup(mapping, membersEach: 1)
        for (index, name) in names.enumerated() {
            var own = tether
            own.name = name
            tethers.append(own)
            place(
                devices, group: index, member: 0, path: name, attachment: .tether(tethers.count - 1),
                deviceClass: .powerTether)
        }
        report(devices)
    }

    private func readTetherPlate(_ mapping: YAMLMapping) -> TetherConfiguration {
        var tether = RackDefaults.tether
        if let rated = mapping.optional("rated")?.watts(in: 100...20_000) {
            // A cable and plugs for so much more current.
            let scale = rated / tether.ratedPower
            tether.limitPower *= scale
            tether.cableResistance /= scale
            tether.contactResistance /= scale
            tether.contactHeatResistance /= scale
            tether.ratedPower = rated
        }
        if let place = mapping.optional("limit"), let limit = place.watts(in: 100...40_000) {
            if limit < tether.ratedPower {
                place.problem("expected a limit of at least the rated power, found \(place.found)")
            }
            tether.limitPower = limit
        }
        tether.noLoadVoltage = mapping.optional("voltage")?.physical(.voltage, in: 40...60) ?? tether.noLoadVoltage
        tether.droop = mapping.optional("droop")?.physical(.voltage, in: 0.001...5) ?? tether.droop
        tether.sourceVoltage = mapping.optional("source")?.physical(.voltage, in: 40...60) ?? tether.sourceVoltage
        tether.cableResistance = mapping.optional("cable")?.compound(.resistance, in: 0...0.1) ?? tether.cableResistance
        tether.contactResistance =
            mapping.optional("contact")?.compound(.resistance, in: 0...0.1) ?? tether.contactResistance
        tether.contactHeatResistance =
            mapping.optional("contact-heat")?.compound(.thermalResistance, in: 0.1...100)
            ?? tether.contactHeatResistance
        tether.contactHeatTime = mapping.optional("contact-time")?.seconds(in: 1...3600) ?? tether.contactHeatTime
        if let curve = mapping.optional("efficiency").flatMap({ AcceleratorFile.curve($0) }) {
            tether.efficiency = curve
        }
        return tether
    }
}
