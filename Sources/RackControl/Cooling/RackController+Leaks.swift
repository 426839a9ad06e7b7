import ControlLaws
import Units

/// Leaks and lost coolant: what the sensors say, and switching trays off for it.
extension RackController {
    /// `PumpUnitAlarms.notReady`; the controller knows the device by its map alone.
    private static let notReady: Int64 = 1 << 9
    /// `LeakSensorStatus`.
    private static let leak: Int64 = 1 << 0
    private static let doorOpen: Int64 = 1 << 1
    /// `PumpUnitLeaks`: lines of the first trays.
    private static let trayLines = 4

    func watchCoolant(at now: Instant) {
        watchDoors(at: now)
        for tray in trays.indices where trays[tray].leakSensor >= 0 || (pumpUnit >= 0 && tray < Self.trayLines) {
            follow(
                trays[tray].leak.step(isWet: isWet(tray: tray, at: now), isOff: isOff(tray: tray, at: now), at: now),
                tray: tray, at: now)
        }
        guard pumpUnit >= 0, !isStartingUp else { return }
        let points = devices[pumpUnit].points
        let level = fresh(points.level, at: now).map(PerMille.perMille)
        let isReady = fresh(points.generalAlarms, at: now).map { $0 & Self.notReady == 0 }
        guard let loss = coolant.step(level: level, isReady: isReady, at: now) else { return }
        log(.coolantLost(loss), at: now)
        for tray in cooling.liquidTrays where trays[tray].baseboard >= 0 { wake(device: trays[tray].baseboard) }
    }

    private func follow(_ action: TrayLeakResponse.Action, tray: Int, at now: Instant) {
        switch action {
        case .nothing: return
        case .switchOff:
            log(.leakFound(tray: tray), at: now)
            if trays[tray].baseboard >= 0 { wake(device: trays[tray].baseboard) }
        case .shutBranch:
            guard tray < 32, pumpUnit >= 0, devices[pumpUnit].points.branchWrite >= 0 else { return }
            shutBranches |= 1 << UInt32(tray)
            log(.trayIsolated(tray: tray), at: now)
            wake(device: pumpUnit)
        }
    }

    private func isWet(tray: Int, at now: Instant) -> Bool? {
        let sensor = trays[tray].leakSensor
        if sensor >= 0, devices[sensor].isOnline, let status = fresh(devices[sensor].points.leaks, at: now) {
            return status & Self.leak != 0
        }
        guard pumpUnit >= 0, tray < Self.trayLines, devices[pumpUnit].isOnline else { return nil }
        return fresh(devices[pumpUnit].points.leaks, at: now).map { $0 & 1 << Int64(tray) != 0 }
    }

    private func watchDoors(at now: Instant) {
        for device in rackSensors {
            guard let status = fresh(devices[device].points.leaks, at: now) else { continue }
            let isOpen = status & Self.doorOpen != 0
            guard isOpen != isDoorOpen else { continue }
            isDoorOpen = isOpen
            log(isOpen ? .doorOpened(device: device) : .doorClosed(device: device), at: now)
        }
    }

    /// By the BMC's word; one that fell silent after it was asked counts as off.
    private func isOff(tray: Int, at now: Instant) -> Bool {
        let device = trays[tray].baseboard
        guard device >= 0 else { return false }
        return fresh(devices[device].points.powerState, at: now) == 0
    }

    /// Whether a leak or the loss of coolant keeps the tray off.
    func isSwitchedOff(tray: Int) -> Bool {
        trays[tray].leak.holdsOff || (coolant.isLost && cooling.liquidTrays.contains(tray))
    }

    /// Asked for until the BMC says that the tray is off.
    func offerIsolation(of device: Int, at now: Instant, to choice: inout Choice) {
        let tray = devices[device].tray
        guard tray >= 0, devices[device].points.powerStateWrite >= 0, isSwitchedOff(tray: tray),
            !isOff(tray: tray, at: now)
        else { return }
        // Again once a second: a BMC may have acknowledged and restarted.
        let due = max(devices[device].writesHeldUntil, trays[tray].main.writtenAt + .seconds(1))
        choice.offer(.mainPower(false), of: device, urgency: .capLowering, due: due, rank: due, at: now)
    }

    func offerBranches(of device: Int, at now: Instant, to choice: inout Choice) {
        guard shutBranches != confirmedShutBranches, devices[device].points.branchWrite >= 0 else { return }
        choice.offer(
            .branches(shutBranches), of: device, urgency: .safety, due: devices[device].writesHeldUntil,
            rank: devices[device].servedAt, at: now)
    }
}

extension CoolantLoss {
    var words: String {
        switch self {
        case .level: "coolant runs out"
        case .flow: "pump unit no longer cools"
        }
    }
}
