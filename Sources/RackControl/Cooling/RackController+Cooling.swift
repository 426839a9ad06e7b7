import ControlLaws
public import Units

/// The cooling zones: thermal loops at their period, and at another the loop that drives and watches fans.
extension RackController {
    func driveCooling(at now: Instant) {
        for zone in zones.indices {
            if now >= zones[zone].thermalDue {
                zones[zone].thermalDue = max(zones[zone].thermalDue + zones[zone].definition.thermalPeriod, now)
                runLoops(of: zone, at: now)
            }
            if now >= zones[zone].driveDue {
                zones[zone].driveDue = max(zones[zone].driveDue + zones[zone].definition.drivePeriod, now)
                drive(zone, at: now)
            }
        }
    }

    /// Nobody decides any more.
    func holdCooling(at now: Instant) {
        for zone in zones.indices { drive(zone, at: now) }
    }

    private func runLoops(of zone: Int, at now: Instant) {
        var isSeeing = zones[zone].law.tolerates(failures(in: zone, at: now))
        for loop in zones[zone].inputs.indices {
            let input = temperature(zones[zone].definition.loops[loop].input, in: zone, at: now)
            zones[zone].inputs[loop] = input
            if ThermalLoop.accepted(input) == nil { isSeeing = false }
        }
        // Only a zone that is about to leave failsafe goes on from the duty that it had there.
        let duty = isSeeing && zones[zone].law.isInFailsafe ? zones[zone].duty : nil
        let elapsed = zones[zone].definition.thermalPeriod
        zones[zone].law.beginRound()
        for loop in zones[zone].loops.indices {
            zones[zone].loops[loop].step(zones[zone].inputs[loop], resumingAt: duty, elapsed: elapsed)
            zones[zone].law.add(zones[zone].loops[loop])
        }
    }

    private func drive(_ zone: Int, at now: Instant) {
        let wasInFailsafe = zones[zone].law.isInFailsafe
        if isSafeStateHeld {
            zones[zone].law.hold()
        } else {
            zones[zone].law.drive(
                failures: failures(in: zone, at: now), elapsed: zones[zone].definition.drivePeriod)
        }
        if zones[zone].law.isInFailsafe != wasInFailsafe { logFailsafe(of: zone, isOver: wasInFailsafe, at: now) }
        let duty = zones[zone].law.duty
        let change = duty - zones[zone].duty
        let isWorthIt = max(change, -change) >= configuration.fans.leastChange
        guard isWorthIt || (change != .zero && duty == zones[zone].definition.failsafe) else { return }
        zones[zone].duty = duty
        if zones[zone].device >= 0 { wake(device: zones[zone].device) }
    }

    private func logFailsafe(of zone: Int, isOver: Bool, at now: Instant) {
        switch zones[zone].definition.actuator {
        case .trayFans(let tray): log(isOver ? .failsafeLeft(tray: tray) : .failsafeEntered(tray: tray), at: now)
        }
    }

    /// How many fans of the zone stand still; `nil` when its fan controller is silent.
    private func failures(in zone: Int, at now: Instant) -> Int? {
        let device = zones[zone].device
        guard device >= 0, devices[device].isOnline else { return nil }
        let points = devices[device].points
        if points.dutyApplied >= 0, fresh(points.dutyApplied, at: now) == nil { return nil }
        guard points.stalledFans >= 0 else { return 0 }
        return fresh(points.stalledFans, at: now)?.nonzeroBitCount
    }

    private func temperature(_ input: ControllerZone.Input, in zone: Int, at now: Instant) -> Temperature? {
        var hottest: Temperature?
        for tray in zones[zone].definition.trays {
            let own = input == .accelerators ? hottestTemperature(in: tray, at: now) : hostTemperature(in: tray, at: now)
            guard let own else { return nil }
            hottest = max(hottest ?? own, own)
        }
        return hottest
    }

    /// The hottest of all trays whose temperatures are known.
    public func hottestTemperature(at now: Instant) -> Temperature? {
        var hottest: Temperature?
        for tray in trays.indices {
            guard let own = hottestTemperature(in: tray, at: now) else { continue }
            hottest = max(hottest ?? own, own)
        }
        return hottest
    }

    /// The hottest accelerator, or the host where the tray has none; `nil` when one of them is missing or stale.
    func hottestTemperature(in tray: Int, at now: Instant) -> Temperature? {
        let device = trays[tray].baseboard
        guard device >= 0, devices[device].isOnline else { return nil }
        let points = devices[device].points
        let fitted = fresh(points.acceleratorCount, at: now).map { Int(clamping: $0) }
        let family = points.acceleratorTemperatures
        let count = min(family.count, max(0, fitted ?? family.count))
        guard count > 0 else { return fresh(points.hostTemperature, at: now).map(Temperature.millidegrees) }
        var hottest = Int64.min
        for reading in family.prefix(count) {
            guard let value = fresh(reading, at: now) else { return nil }
            hottest = max(hottest, value)
        }
        return Temperature(rawValue: hottest)
    }

    private func hostTemperature(in tray: Int, at now: Instant) -> Temperature? {
        let device = trays[tray].baseboard
        guard device >= 0, devices[device].isOnline else { return nil }
        return fresh(devices[device].points.hostTemperature, at: now).map(Temperature.millidegrees)
    }
}
