import ControlLaws
public import Units

/// The power-brake line: outputs of the controller's own, not registers of a device. Whoever owns the outputs sets them by
/// `isBrakePulled` after every step.
extension RackController {
    public var traysBraked: Int { brakes.count { $0 } }
    public func isBrakePulled(tray: Int) -> Bool { brakes[tray] }

    /// What the output card holds when the controller starts, before the first step.
    public func adoptBrakes(at now: Instant, isPulled: (_ tray: Int) -> Bool) {
        for tray in trays.indices { brakes[tray] = isPulled(tray) }
        brake = EmergencyBrake(pulledTrays: brakes.count { $0 }, at: now)
    }

    func driveBrakeLine(at now: Instant) {
        let next = nextToLetGo
        let situation = BrakeSituation(
            power: drawnPower, supplyLimit: supplyLimit, breakerLimit: presentBreakerLimit, heatAhead: heatAhead,
            takesCaps: takesCaps(at: now), pulledTrays: brakes.count { $0 },
            nextRise: next < 0 ? .zero : max(.zero, trays[next].counted - trays[next].drawn))
        // Before anything was read there is nothing to judge by, and where nothing feeds the rack nothing to brake: what its
        // silent trays might draw is an overload of nobody.
        guard !isStartingUp, supplyLimit > .zero else { return }
        switch brake.step(situation, at: now) {
        case .stay: break
        case .pullAll:
            for tray in trays.indices { brakes[tray] = true }
            counters.brakesPulled += 1
            log(.brakeLinePulled, at: now)
        case .letGoNext:
            guard next >= 0 else { break }
            brakes[next] = false
            if !brakes.contains(true) { log(.brakeLineReleased, at: now) }
        }
    }

    /// The most important of the trays that the line holds; among equals the first.
    private var nextToLetGo: Int {
        var next = -1
        for tray in trays.indices where brakes[tray] {
            if next < 0 || trays[tray].policy.priority > trays[next].policy.priority { next = tray }
        }
        return next
    }

    private func takesCaps(at now: Instant) -> Bool {
        for index in trays.indices where !trays[index].main.isOff {
            let device = trays[index].baseboard
            guard device >= 0, devices[device].isOnline, isCommanded(tray: index, at: now) else { return false }
        }
        return true
    }

    /// What the feeds' breakers carry for ever as the load is shared now, by the supplies that may be working.
    private var presentBreakerLimit: Power {
        var limit = Self.unlimited
        for feed in feeds where feed.possible > 0 {
            limit = min(limit, feed.rating.scaled(by: Int64(possibleSupplies), over: Int64(feed.possible)))
        }
        return limit
    }

    /// The heat of the hottest breaker when the present power flows for as long as caps take to act.
    private var heatAhead: PerMille {
        var hottest = PerMille.zero
        for feed in feeds where feed.rating > .zero && possibleSupplies > 0 {
            let own = drawnPower.scaled(by: Int64(feed.possible), over: Int64(possibleSupplies))
            var ahead = feed.breaker
            ahead.carry(
                PerMille.perMille(own.rawValue / max(1, feed.rating.rawValue / 1000)), for: EmergencyBrake.reaction)
            hottest = max(hottest, ahead.share)
        }
        return hottest
    }
}
