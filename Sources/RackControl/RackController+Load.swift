import ControlLaws
import Units

/// Switching trays on and off.
///
/// A tray is off by its BMC's word. One that is off counts for nothing, or for its floor when it is the next to be switched
/// on, so that the laws make room before it comes.
extension RackController {
    var managesLoad: Bool { isCapping && (configuration.load.bringsUp || configuration.load.sheds) }

    /// By their BMCs' word, where the controller looks at it.
    public var traysOff: Int { trays.count { $0.main.isOff } }

    /// The sum of the floors of what is on and stays on.
    private var floorsInUse: Power {
        var sum = Power.zero
        for index in trays.indices where !trays[index].main.isLeaving { sum += trays[index].policy.floor }
        return sum
    }

    func noteLoad(in facts: inout SafetyFacts, at now: Instant) {
        let floors = floorsInUse
        if configuration.load.sheds, floors > leftOfCooling(sourceLimit) { facts.causes.insert(.floorsDoNotFit) }
        nextTray = -1
        for index in trays.indices {
            guard trays[index].main.isLeaving || isMissingAtStart(tray: index) else { continue }
            // What a leak or lost coolant switched off comes back by a person's hand alone.
            if isSwitchedOff(tray: index) { continue }
            let readiness = readiness(ofTray: index, at: now)
            if let missing = readiness.missing {
                facts.causes.insert(.trayHeldBack)
                noteHeldBack(tray: index, missing, at: now)
                continue
            }
            trays[index].main.missing = nil
            facts.readyTrays += 1
            facts.causes.insert(.trayWaiting)
            if nextTray < 0 || trays[index].policy.priority > trays[nextTray].policy.priority { nextTray = index }
        }
        if nextTray >= 0 {
            facts.isRoomForNext = floors + trays[nextTray].policy.floor <= leftOfCooling(effectiveBudget)
        }
        if !facts.isRoomForNext || safety.state != .recovery { nextTray = -1 }
    }

    /// A rack that is brought up begins with all trays off: one whose BMC was never heard is off too.
    private func isMissingAtStart(tray: Int) -> Bool { configuration.load.bringsUp && !trays[tray].main.isKnown }

    /// A part that is missing for long enough is worth a word, once; shorter is only its coming.
    private func noteHeldBack(tray: Int, _ part: TrayPart, at now: Instant) {
        if trays[tray].main.missing != part {
            trays[tray].main.missing = part
            trays[tray].main.missingSince = now
            trays[tray].main.isMissingLogged = false
        }
        let main = trays[tray].main
        guard !isStartingUp, !main.isMissingLogged, now - main.missingSince >= Self.missingPatience else { return }
        trays[tray].main.isMissingLogged = true
        log(.trayHeldBack(tray: tray, missing: part), at: now)
    }

    /// Longer than a BMC takes to acknowledge its limits. Arbitrary.
    private static let missingPatience = Interval.seconds(1)

    private func readiness(ofTray tray: Int, at now: Instant) -> TrayReadiness {
        let record = trays[tray]
        let hasBaseboard =
            record.baseboard >= 0 && devices[record.baseboard].isOnline && record.main.isKnown
            && devices[record.baseboard].points.powerStateWrite >= 0
        let hasMonitor = record.monitor < 0 || devices[record.monitor].isOnline
        // Fans without main power stand still: that they stall says nothing before the tray is on.
        let hasCooling =
            record.zone < 0
            || (zones[record.zone].device >= 0 && devices[zones[record.zone].device].isOnline
                && zones[record.zone].confirmedDuty == zones[record.zone].duty)
        let hasCoolant = pumpUnit < 0 || !cooling.liquidTrays.contains(tray) || devices[pumpUnit].isOnline
        let hasLimits =
            hasBaseboard && !record.ledger.needsWrite && record.confirmedDefaultCap == record.defaultCap
            && (record.fallsBack || configuration.deviceWatchdog == .zero) && !record.mayHaveFallenBack
        return TrayReadiness(
            hasMonitor: hasMonitor, hasBaseboard: hasBaseboard, hasCooling: hasCooling && hasCoolant,
            hasLimits: hasLimits)
    }

    /// What the BMC says of its main power, once it said so after the last write.
    func notePowerStates() {
        for index in trays.indices {
            let device = trays[index].baseboard
            guard device >= 0 else { continue }
            let reading = devices[device].points.powerState
            guard reading >= 0, readings[reading].takenAt > trays[index].main.writtenAt else { continue }
            trays[index].main.isKnown = true
            trays[index].main.isOff = readings[reading].value == 0
        }
    }

    func switchLoad(_ action: SafetyAction, at now: Instant) {
        if action.mustShed { shedOne(at: now) }
        guard action.mayEnergise, nextTray >= 0 else { return }
        let floor = trays[nextTray].policy.floor
        guard !brakes.contains(true),
            bringUp.admits(floor: floor, power: drawnPower, budget: effectiveBudget, at: now)
        else { return }
        ask(tray: nextTray, isOn: true)
        log(.trayEnergised(tray: nextTray), at: now)
    }

    /// Switches off what is needed least, until the floors of the others fit: by priority, and among equals the last.
    private func shedOne(at now: Instant) {
        var floors = floorsInUse
        while floors > leftOfCooling(sourceLimit) {
            var least = -1
            for index in trays.indices where !trays[index].main.isLeaving && canSwitch(tray: index) {
                if least < 0 || trays[index].policy.priority <= trays[least].policy.priority { least = index }
            }
            guard least >= 0 else { return }
            floors -= trays[least].policy.floor
            ask(tray: least, isOn: false)
            counters.traysShed += 1
            log(.trayShed(tray: least), at: now)
        }
    }

    private func canSwitch(tray: Int) -> Bool {
        let device = trays[tray].baseboard
        return device >= 0 && devices[device].isOnline && devices[device].points.powerStateWrite >= 0
    }

    private func ask(tray: Int, isOn: Bool) {
        trays[tray].main.wanted = isOn
        wake(device: trays[tray].baseboard)
    }

    /// The BMC acknowledged a write of its power state.
    func noteSwitched(_ isOn: Bool, tray: Int, issuedAt: Instant) {
        trays[tray].main.isOff = !isOn
        trays[tray].main.isKnown = true
        trays[tray].main.wanted = nil
        trays[tray].main.writtenAt = issuedAt
    }
}
