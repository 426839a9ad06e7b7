public import ControlLaws
import Units

/// The safety machine at work: facts in, one action out, at every scan cycle.
extension RackController {
    public var safetyState: SafetyState { safety.state }
    /// What is missing or wrong, as far as the controller can tell.
    public var safetyCauses: SafetyCauses { safety.causes }

    /// Until every device was found or found missing, no decision is made.
    public var isStartingUp: Bool { safety.state == .start }
    /// Nobody decides any more: every tray holds its share of the last budget, and fans run at failsafe duty. Set by
    /// `holdSafeState`, ended by `leaveSafeState`.
    public var isSafeStateHeld: Bool { safety.isTold }

    /// Takes the facts of this cycle; what may be done until the next.
    func judgeSafety(at now: Instant) -> SafetyAction {
        var facts = SafetyFacts()
        facts.isSurveyed = !isStartingUp || hasSurveyed(at: now)
        noteDevices(in: &facts, at: now)
        noteSources(in: &facts)
        noteTrays(in: &facts, at: now)
        return take(.scanned(facts), at: now)
    }

    func take(_ event: SafetyEvent, at now: Instant) -> SafetyAction {
        let action = safety.take(event, at: now)
        if let entered = action.entered { log(.safetyStateEntered(entered, safety.causes), at: now) }
        return action
    }

    func hasSurveyed(at now: Instant) -> Bool {
        guard let startedAt else { return false }
        return now - startedAt >= configuration.timing.startup || devices.allSatisfy { $0.cycle.hasConcluded }
    }

    private func noteDevices(in facts: inout SafetyFacts, at now: Instant) {
        for index in busesInService.indices { busesInService[index] = 0 }
        var online = 0
        for index in devices.indices where devices[index].isOnline {
            online += 1
            busesInService[devices[index].bus] += 1
        }
        guard online < devices.count else { return }
        facts.causes.insert(.deviceLost)
        for bus in busesInService.indices where busesInService[bus] == 0 && deviceCounts[bus] > 1 {
            facts.causes.insert(.busCut)
        }
    }

    private func noteSources(in facts: inout SafetyFacts) {
        if workingSupplies < supplies.count { facts.causes.insert(.supplyLost) }
        for index in feeds.indices where feeds[index].working == 0 && feeds[index].installed > 0 {
            facts.causes.insert(.feedLost)
        }
        // Gains and shares are a few per cent off (typical).
        if drawnPower > sourceLimit.scaled(by: .perMille(1020)) {
            facts.causes.insert(.overload)
        }
        // What a beginning took it to hold is no news of the rack.
        if feeds.contains(where: { $0.seen.share >= .percent(50) }) { facts.causes.insert(.breakerHot) }
        if brakes.contains(true) { facts.causes.insert(.braked) }
    }

    private func noteTrays(in facts: inout SafetyFacts, at now: Instant) {
        var (unread, live) = (0, 0)
        for index in trays.indices where !trays[index].main.isOff {
            live += 1
            if !trays[index].isRead, !isNew(tray: index, at: now) { unread += 1 }
        }
        if unread > 0 { facts.causes.insert(.trayUnread) }
        if live > 0, unread == live { facts.causes.insert(.blind) }
        if managesLoad { noteLoad(in: &facts, at: now) }
    }

    /// A device that was just found has not been asked for its power yet.
    private func isNew(tray: Int, at now: Instant) -> Bool {
        for device in [trays[tray].monitor, trays[tray].baseboard] where device >= 0 && devices[device].isOnline {
            if now - devices[device].onlineAt < configuration.polling.leastStaleAge { return true }
        }
        return false
    }
}
