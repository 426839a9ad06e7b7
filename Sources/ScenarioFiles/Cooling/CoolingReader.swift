import DeviceSpecs
import Plant
import Scenario
import Units
import YAMLReading

/// Reads what cools the rack as a whole: its fan wall, its liquid loop, and the controller's zones.
struct CoolingReader {
    let rack: RackReader

    func read(_ value: YAMLValue?) -> (plant: CoolingConfiguration, zones: [CoolingZoneSettings]) {
        let example = "a mapping such as {fan-wall: {count: 6}}"
        guard let value, let mapping = value.mapping(example) else { return (.none, []) }
        var cooling = CoolingConfiguration.none
        if let wall = mapping.optional("fan-wall") {
            cooling.fanWall = rack.readFans(wall)
            if !rack.trays.contains(where: { $0.cooling == .air && $0.fans == nil }) {
                wall.problem("expected an air-cooled tray without fans of its own behind the fan wall, found none")
            }
        }
        if let loop = mapping.optional("loop"), let entry = loop.mapping("a mapping such as {pumps: {count: 2}}") {
            cooling.loop = readLoop(entry)
            entry.finish()
            if !rack.trays.contains(where: { $0.cooling == .liquid }) {
                loop.problem("expected a liquid-cooled tray on the loop, found none")
            }
        }
        let zones = CoolingZoneReader(rack: rack, cooling: cooling).read(mapping.optional("zones"))
        mapping.finish()
        return (cooling, zones)
    }

    private func readLoop(_ mapping: YAMLMapping) -> LiquidLoopConfiguration {
        let flow = rack.trays.reduce(0) { $0 + ($1.cooling == .liquid ? $1.thermal.coolantFlow : 0) }
        let usual = RackDefaults.loop(designFlow: flow, heat: rack.liquidHeat)
        var loop = usual
        loop.designPressure =
            mapping.optional("pressure")?.physical(.pressure, in: 1_000...1_000_000) ?? usual.designPressure
        loop.commonShare = mapping.optional("common")?.share(in: 0...0.95) ?? usual.commonShare
        loop.hasBranchValves = mapping.optional("branch-valves")?.bool() ?? usual.hasBranchValves
        if let pumps = mapping.optional("pumps")?.mapping("a mapping such as {count: 2}") {
            loop.pumps = readPumps(pumps, flow: flow, pressure: loop.designPressure)
            pumps.finish()
        }
        if let exchanger = mapping.optional("exchanger")?.mapping("a mapping such as {heat: 40 kW, approach: 4 K}") {
            loop.exchanger.designHeat =
                exchanger.optional("heat")?.watts(in: 100...1_000_000) ?? loop.exchanger.designHeat
            loop.exchanger.approach = exchanger.optional("approach")?.kelvins(in: 0.5...30) ?? loop.exchanger.approach
            loop.exchanger.facilityTemperature =
                exchanger.optional("facility")?.degrees(in: 1...60) ?? loop.exchanger.facilityTemperature
            loop.exchanger.valveTravel =
                exchanger.optional("valve-travel")?.seconds(in: 0.1...600) ?? loop.exchanger.valveTravel
            exchanger.finish()
        }
        if let reservoir = mapping.optional("reservoir")?.mapping("a mapping such as {capacity: 8 L, level: 90 %}") {
            let volumes = 0.1...1000.0
            if let litres = reservoir.optional("capacity")?.compound(.volume, in: volumes) {
                loop.reservoir.capacity = litres * Coolant.density
            }
            if let litres = reservoir.optional("circuit")?.compound(.volume, in: volumes) {
                loop.reservoir.circuitMass = litres * Coolant.density
            }
            loop.reservoir.level = reservoir.optional("level")?.share(in: 0...1) ?? loop.reservoir.level
            reservoir.finish()
        }
        return loop
    }

    private func readPumps(_ mapping: YAMLMapping, flow: Double, pressure: Double) -> PumpConfiguration {
        let count = mapping.required("count")?.integer(in: 1...4) ?? 2
        var pumps = RackDefaults.pumps(count: count, designFlow: flow, pressure: pressure)
        pumps.maximumSpeed =
            mapping.optional("speed")?.physical(.rotationalSpeed, in: 100...60_000) ?? pumps.maximumSpeed
        let shutOff = mapping.optional("shut-off")
        pumps.shutOffPressure = shutOff?.physical(.pressure, in: 1_000...2_000_000) ?? pumps.shutOffPressure
        if let litres = mapping.optional("free-flow")?.physical(.flow, in: 0.1...10_000) {
            pumps.freeFlow = litres / 60 * Coolant.density
        }
        pumps.idlePower = mapping.optional("idle-power")?.watts(in: 0...1000) ?? pumps.idlePower
        pumps.cubicPower = mapping.optional("cubic-power")?.watts(in: 0...20_000) ?? pumps.cubicPower
        pumps.lag = mapping.optional("lag")?.seconds(in: 0.001...60) ?? pumps.lag
        if pumps.shutOffPressure <= pressure {
            (shutOff ?? mapping.place).problem(
                "expected a shut-off pressure above the loop's \(YAMLValue.text(pressure / 1000)) kPa, found "
                    + "\(YAMLValue.text(pumps.shutOffPressure / 1000)) kPa; no speed makes the design flow")
        }
        return pumps
    }
}

extension RackReader {
    /// W that the accelerators of all liquid-cooled trays give off at their rated power.
    var liquidHeat: Double {
        trays.reduce(0) {
            $0 + ($1.cooling == .liquid ? Double($1.acceleratorCount) * $1.accelerator.ratedPower : 0)
        }
    }

    /// The rack's own devices that need a part of its cooling which is not there, or of which there are too many.
    func checkCoolingDevices(_ cooling: CoolingConfiguration, _ own: [OwnDevices]) {
        var counts = Array(repeating: 0, count: DeviceClass.allCases.count)
        for entry in own {
            guard let deviceClass = entry.deviceClass, let part = deviceClass.standing.worksOn else { continue }
            let place = entry.devices.spec ?? entry.devices.place
            counts[Int(deviceClass.rawValue)] += entry.names.count
            if !cooling.has(part) {
                place.problem(
                    "expected \"cooling: {\(part.example)}\" for the rack's own \(deviceClass.title), found no "
                        + part.title)
            } else if counts[Int(deviceClass.rawValue)] > 1 {
                place.problem("expected one \(deviceClass.title) for the rack's \(part.title), found more")
            }
        }
    }
}

extension CoolingConfiguration {
    fileprivate func has(_ part: CoolingPart) -> Bool {
        switch part {
        case .fanWall: fanWall != nil
        case .loop: loop != nil
        }
    }
}

extension CoolingPart {
    fileprivate var title: String {
        switch self {
        case .fanWall: "fan wall"
        case .loop: "loop"
        }
    }

    /// As it stands in a rack file's `cooling`.
    fileprivate var example: String {
        switch self {
        case .fanWall: "fan-wall: {count: 6}"
        case .loop: "loop: {pumps: {count: 2}}"
        }
    }
}
