import ControlLaws
import Units

/// Building the cooling zones from the inventory, once.
extension RackController {
    /// The zones that the rack names, and a usual one for every fan controller and pump unit that none of them drives:
    /// the hottest accelerator that it cools, held at the setpoint by one loop; pumps look at the coolant that comes back
    /// too.
    func addZones(_ named: [ControllerZone]) {
        for definition in named { add(definition) }
        for tray in trays.indices where trays[tray].fanController >= 0 && trays[tray].zone < 0 {
            add(usualZone("tray-\(tray + 1)", .trayFans(tray), trays: [tray]))
        }
        if fanWall >= 0, devices[fanWall].zone < 0 {
            add(usualZone("fan-wall", .fanWall, trays: cooling.wallTrays))
        }
        if pumpUnit >= 0, devices[pumpUnit].zone < 0 {
            var zone = usualZone("pumps", .pumps, trays: cooling.liquidTrays)
            zone.loops.append(
                ControllerZone.Loop(
                    input: .coolantReturn, law: .stepwise(Self.warmReturn), failsafe: configuration.failsafeDuty))
            add(zone)
        }
    }

    /// Warm coolant means too little of it. 45 to 60 degC on the way back from cold plates that are fed with 25 to 45;
    /// typical, the steps are arbitrary.
    private static let warmReturn: StepwiseLaw = {
        var law = StepwiseLaw(rise: .degrees(1), fall: .degrees(3))
        law.append(CoolingStep(from: .zero, duty: .percent(30)))
        law.append(CoolingStep(from: .degrees(50), duty: .percent(60)))
        law.append(CoolingStep(from: .degrees(55), duty: .percent(80)))
        law.append(CoolingStep(from: .degrees(60), duty: .whole))
        return law
    }()

    private func add(_ definition: ControllerZone) {
        let device: Int
        switch definition.actuator {
        case .trayFans(let tray):
            device = trays[tray].fanController
            trays[tray].zone = zones.count
        case .fanWall: device = fanWall
        case .pumps: device = pumpUnit
        }
        if device >= 0 { devices[device].zone = zones.count }
        zones.append(ZoneRecord(definition, device: device))
    }

    private func usualZone(_ name: String, _ actuator: ControllerZone.Actuator, trays: [Int]) -> ControllerZone {
        let fans = configuration.fans
        let loop = ControllerZone.Loop(
            input: .accelerators, law: .pid(fans.law, setpoint: configuration.temperatureSetpoint),
            failsafe: configuration.failsafeDuty)
        return ControllerZone(
            name: name, actuator: actuator, trays: trays, loops: [loop],
            minimum: fans.law.lowest, failsafe: configuration.failsafeDuty, thermalPeriod: fans.period,
            drivePeriod: fans.period)
    }
}
