import DeviceSpecs
import Plant
import RegisterMaps
import Scenario
import Units
import YAMLReading

/// Trays with their devices, and what the controller is told about them.
extension RackReader {
    func readTray(_ mapping: YAMLMapping) {
        let names = groupNames(mapping, upTo: 256)
        let cooling = mapping.optional("cooling")?.choice(of: TrayConfiguration.Cooling.self) ?? .air
        let (accelerator, count) = readAccelerators(mapping.optional("accelerators"))
        let isKnown = count == 0 || accelerator.name != RackDefaults.noAccelerator.name
        let host = mapping.optional("host")?.mapping("a mapping such as {idle: 350 W, maximum: 800 W}")
        var tray = TrayConfiguration(
            name: "", hostIdlePower: host?.optional("idle")?.watts(in: 0...20_000) ?? RackDefaults.hostIdlePower,
            hostMaximumPower: host?.optional("maximum")?.watts(in: 0...20_000) ?? RackDefaults.hostMaximumPower,
            accelerator: accelerator, acceleratorCount: count, cooling: cooling,
            fans: readFans(mapping.optional("fans")),
            thermal: readThermal(mapping.optional("thermal"), cooling))
        host?.finish()
        if tray.hostMaximumPower < tray.hostIdlePower {
            (mapping.optional("host") ?? mapping.place).problem(
                "expected maximum >= idle for the host's power, found less")
        }
        let groups = readDeviceGroups(mapping, hasFans: tray.fans != nil)
        readOptics(mapping, into: &tray, hasController: groups.contains { $0.deviceClass == .opticsController })
        let policy = readPolicy(mapping, tray, canCap: groups.contains { $0.name == "bmc" }, isKnown: isKnown)
        if cooling == .air, tray.fans == nil, !hasFanWall {
            mapping.place.problem(
                "expected \"fans\" for a tray that is cooled by air, or a \"fan-wall\" in the rack's \"cooling\", found "
                    + "neither")
        }
        for (index, name) in names.enumerated() {
            tray.name = name
            trays.append(tray)
            policies.append(policy)
            for group in groups {
                place(
                    group.devices, group: index, member: 0, path: "\(name)/\(group.name)",
                    attachment: .tray(trays.count - 1), deviceClass: group.deviceClass)
            }
        }
        for group in groups { report(group.devices) }
    }

    private func readAccelerators(_ value: YAMLValue?) -> (AcceleratorModel, Int) {
        guard let mapping = value?.mapping("a mapping such as {model: h20, count: 8}") else {
            return (RackDefaults.noAccelerator, 0)
        }
        let named = mapping.required("model")
        let type = named.flatMap { library.accelerator($0) }
        let count = mapping.required("count")?.integer(in: 1...16) ?? 1
        // Of an unknown type the rack's own powers are no unknown keys.
        if type == nil { AcceleratorType.powers.forEach { _ = mapping.optional($0) } }
        let model = named.flatMap { type?.model(in: mapping, named: $0) } ?? RackDefaults.noAccelerator
        mapping.finish()
        return (model, count)
    }

    func readFans(_ value: YAMLValue?) -> FanConfiguration? {
        guard let mapping = value?.mapping("a mapping such as {count: 6}") else { return nil }
        var fans = RackDefaults.fans
        fans.count = mapping.required("count")?.integer(in: 1...16) ?? fans.count
        fans.maximumSpeed = mapping.optional("speed")?.physical(.rotationalSpeed, in: 100...60_000) ?? fans.maximumSpeed
        fans.maximumFlow = mapping.optional("flow")?.compound(.airFlow, in: 0.0001...2) ?? fans.maximumFlow
        fans.idlePower = mapping.optional("idle-power")?.watts(in: 0...500) ?? fans.idlePower
        fans.cubicPower = mapping.optional("cubic-power")?.watts(in: 0...2000) ?? fans.cubicPower
        fans.lag = mapping.optional("lag")?.seconds(in: 0.001...60) ?? fans.lag
        mapping.finish()
        return fans
    }

    private func readThermal(_ value: YAMLValue?, _ cooling: TrayConfiguration.Cooling) -> ThermalConfiguration {
        var thermal = cooling == .air ? RackDefaults.airThermal : RackDefaults.liquidThermal
        guard let mapping = value?.mapping("a mapping such as {die: 0.025 K/W, sink: 0.06 K/W}") else { return thermal }
        let resistances = 0.0001...10.0
        let capacities = 0.1...1_000_000.0
        thermal.dieResistance =
            mapping.optional("die")?.compound(.thermalResistance, in: resistances) ?? thermal.dieResistance
        thermal.sinkResistance =
            mapping.optional("sink")?.compound(.thermalResistance, in: resistances) ?? thermal.sinkResistance
        thermal.dieCapacity =
            mapping.optional("die-capacity")?.compound(.heatCapacity, in: capacities) ?? thermal.dieCapacity
        thermal.sinkCapacity =
            mapping.optional("sink-capacity")?.compound(.heatCapacity, in: capacities) ?? thermal.sinkCapacity
        if cooling == .liquid {
            thermal.coolantFlow = mapping.optional("flow")?.compound(.massFlow, in: 0.001...50) ?? thermal.coolantFlow
            thermal.coolantHeatCapacity =
                mapping.optional("coolant")?.compound(.specificHeat, in: 500...5000) ?? thermal.coolantHeatCapacity
        }
        mapping.finish()
        return thermal
    }

    private func readDeviceGroups(_ mapping: YAMLMapping, hasFans: Bool) -> [DevicePart] {
        let groups = readParts(mapping) { if case .tray(let key, let name) = $0 { (key, name) } else { nil } }
        let hasController = groups.contains { $0.deviceClass == .fanController }
        if hasFans != hasController {
            mapping.place.problem(
                hasFans
                    ? "expected a \"fan-controller\" for the tray's fans, found none"
                    : "expected \"fans\" for the tray's fan controller, found none")
        }
        if !groups.contains(where: { $0.deviceClass == .powerMonitor }) {
            mapping.place.problem("expected a \"monitor\": the controller could not see the tray's power, found none")
        }
        return groups
    }

    /// Without a known accelerator (its own mistake) the tray's power is unknown, and a floor cannot be judged by it.
    private func readPolicy(
        _ mapping: YAMLMapping, _ tray: TrayConfiguration, canCap: Bool, isKnown: Bool
    ) -> TrayPolicy {
        let fanPower = tray.fans.map { Double($0.count) * ($0.idlePower + $0.cubicPower) } ?? 0
        let count = Double(tray.acceleratorCount)
        let host = tray.hostMaximumPower + Double(tray.opticalModules) * tray.opticalModulePower
        let greatest = host + fanPower + count * tray.accelerator.ratedPower
        let least = host + fanPower + count * tray.accelerator.minimumLimit
        let ceiling = mapping.optional("ceiling")?.power() ?? Power(rawValue: Int64((greatest * 1000).rounded()))
        let floorPlace = mapping.optional("floor")
        let floor = floorPlace?.power() ?? (canCap ? Power(rawValue: Int64((least * 1000).rounded())) : ceiling)
        if floor > ceiling, isKnown {
            (floorPlace ?? mapping.place).problem(
                "expected a floor of at most the ceiling of \(ceiling.text), found \(floor.text)")
        }
        if canCap, isKnown, tray.hostIdlePower <= tray.hostMaximumPower, let floorPlace, floor < tray.leastWorkingPower
        {
            floorPlace.problem(
                "expected a floor of at least \(tray.leastWorkingPower.text), which the tray draws when its accelerators work at "
                    + "their lowest limit, found \(floor.text); no cap below that can be held")
        }
        return TrayPolicy(
            priority: mapping.optional("priority")?.integer(in: 0...100) ?? 1, floor: min(floor, ceiling),
            ceiling: ceiling)
    }
}

extension Power {
    /// For messages: `27.5 kW`.
    var text: String { "\(YAMLValue.text((Double(rawValue) / 10_000).rounded() / 100)) kW" }
}

extension TrayConfiguration {
    /// What it draws at the least while its accelerators work at their lowest limit: the host and the fans as if they idled.
    fileprivate var leastWorkingPower: Power {
        let fanPower = fans.map { Double($0.count) * $0.idlePower } ?? 0
        let watts = hostIdlePower + fanPower + Double(acceleratorCount) * accelerator.minimumLimit
        return Power(rawValue: Int64((watts * 1000).rounded()))
    }
}
