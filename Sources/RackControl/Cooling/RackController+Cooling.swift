import ControlLaws
public import Units

/// The cooling zones: thermal loops at their period, and at another the loop that drives and watches fans.
extension RackController {
    // MARK: What observers see

    public var zoneNames: [String] { zones.map(\.definition.name) }
    /// The duty asked of what the zone drives.
    public func askedDuty(zone: Int) -> PerMille { zones[zone].duty }
    public func isInFailsafe(zone: Int) -> Bool { zones[zone].law.isInFailsafe }

    // MARK: Driving

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
        case .fanWall, .pumps:
            let device = zones[zone].device
            guard device >= 0 else { return }
            log(isOver ? .coolingFailsafeLeft(device: device) : .coolingFailsafeEntered(device: device), at: now)
        }
    }

    /// How many fans or pumps of the zone stand still; `nil` when what drives them is silent, and for the wall when the
    /// door that it hangs on is open.
    private func failures(in zone: Int, at now: Instant) -> Int? {
        let device = zones[zone].device
        guard device >= 0, devices[device].isOnline else { return nil }
        let points = devices[device].points
        if points.dutyApplied >= 0, fresh(points.dutyApplied, at: now) == nil { return nil }
        if case .fanWall = zones[zone].definition.actuator, isDoorOpen { return nil }
        var standing: Int64 = 0
        if points.stalledFans >= 0 {
            guard let stalled = fresh(points.stalledFans, at: now) else { return nil }
            standing |= stalled
        }
        if points.lockedPumps >= 0 {
            guard let locked = fresh(points.lockedPumps, at: now) else { return nil }
            standing |= locked
        }
        return standing.nonzeroBitCount
    }

    private func temperature(_ input: ControllerZone.Input, in zone: Int, at now: Instant) -> Temperature? {
        switch input {
        case .coolantSupply: return coolantTemperature(isSupply: true, at: now)
        case .coolantReturn: return coolantTemperature(isSupply: false, at: now)
        case .accelerators, .hosts: break
        }
        var hottest: Temperature?
        // A tray that is switched off for a leak has no say any more.
        for tray in zones[zone].definition.trays where !isSwitchedOff(tray: tray) {
            let own =
                input == .accelerators ? hottestTemperature(in: tray, at: now) : hostTemperature(in: tray, at: now)
            guard let own else { return nil }
            hottest = max(hottest ?? own, own)
        }
        // With all of them off, nothing heats and nothing need be cooled.
        return hottest ?? .zero
    }

    private func coolantTemperature(isSupply: Bool, at now: Instant) -> Temperature? {
        guard pumpUnit >= 0, devices[pumpUnit].isOnline else { return nil }
        let points = devices[pumpUnit].points
        let reading = isSupply ? points.supplyTemperature : points.returnTemperature
        return fresh(reading, at: now).map(Temperature.millidegrees)
    }

    /// What the fan wall and the pumps draw by their own word; all that they can draw when nobody says.
    func countCooling(at now: Instant) {
        coolingPower = .zero
        if cooling.fanWall > .zero { coolingPower += power(of: fanWall, ceiling: cooling.fanWall, at: now) }
        if cooling.pumps > .zero { coolingPower += power(of: pumpUnit, ceiling: cooling.pumps, at: now) }
    }

    private func power(of device: Int, ceiling: Power, at now: Instant) -> Power {
        guard device >= 0, devices[device].isOnline else { return ceiling }
        return read(devices[device].points.power, of: device, at: now).map(Power.milliwatts) ?? ceiling
    }

    /// What of a limit for the whole rack is left to the trays.
    func leftOfCooling(_ limit: Power) -> Power {
        limit.rawValue == .max ? limit : max(.zero, limit - coolingPower)
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
