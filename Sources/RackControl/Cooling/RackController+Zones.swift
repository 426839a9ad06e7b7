import ControlLaws

/// Building the cooling zones from the inventory, once.
extension RackController {
    /// The zones that the rack names, and one for every fan controller that none of them drives: its tray's hottest
    /// accelerator, held at the setpoint by one loop.
    func addZones(_ named: [ControllerZone]) {
        for definition in named { add(definition) }
        for tray in trays.indices where trays[tray].fanController >= 0 && trays[tray].zone < 0 {
            add(usualZone(ofTray: tray))
        }
    }

    private func add(_ definition: ControllerZone) {
        let device: Int
        switch definition.actuator {
        case .trayFans(let tray):
            device = trays[tray].fanController
            trays[tray].zone = zones.count
        }
        if device >= 0 { devices[device].zone = zones.count }
        zones.append(ZoneRecord(definition, device: device))
    }

    private func usualZone(ofTray tray: Int) -> ControllerZone {
        let fans = configuration.fans
        let loop = ControllerZone.Loop(
            input: .accelerators, law: .pid(fans.law, setpoint: configuration.temperatureSetpoint),
            failsafe: configuration.failsafeDuty)
        return ControllerZone(
            name: "tray-\(tray + 1)", actuator: .trayFans(tray), trays: [tray], loops: [loop],
            minimum: fans.law.lowest, failsafe: configuration.failsafeDuty, thermalPeriod: fans.period,
            drivePeriod: fans.period)
    }
}
