internal import DeviceFirmware
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import Scenario
internal import Units

/// A look at the running rack that leaves no trace: nothing is stepped, drawn or mixed into the digest.
extension RackSimulation {
    public var liveValues: LiveValues {
        LiveValues(
            power: Power(watts: plant.rackPower), operatorBudget: controller.operatorBudget, budget: budgetInForce,
            breakerHeat: greatestBreakerHeat,
            workingSupplies: plant.workingSupplies,
            installedSupplies: scenario.rack.plant.shelves.reduce(plant.tetherCount) { $0 + $1.supplyCount },
            trays: (0..<plant.trayCount).map(liveTray), buses: counters.indices.map(liveBus),
            cycles: hasController ? Int((now - .start).rawValue / scenario.controller.period.rawValue) + 1 : nil,
            lateCycles: hasController ? controller.counters.lateCycles : nil, faults: plantTroubles + faultsInForce,
            safetyState: hasController ? safetyWord : nil)
    }

    private var safetyWord: String { isActing ? controller.safetyState.word : "nobody acts" }

    private var greatestBreakerHeat: PerMille? {
        scenario.rack.plant.feeds.indices.map { feed in
            plant.breakerTripped(feed) ? .whole : PerMille(rawValue: Int64(sensed: plant.breakerHeat(feed) * 1000))
        }.max()
    }

    private func liveTray(_ tray: Int) -> LiveValues.Tray {
        let policy = scenario.controller.trays[tray]
        let hasFans = plant.fanCount(tray) > 0
        return LiveValues.Tray(
            name: scenario.rack.plant.trays[tray].name, power: Power(watts: plant.trayPower(tray)),
            askedCap: hasController ? controller.askedCap(tray: tray) : nil,
            heldCap: hasController ? controller.confirmedCap(tray: tray) : enforcedCap(ofTray: tray),
            demand: hasController ? controller.demand(tray: tray) : nil, floor: policy.floor, ceiling: policy.ceiling,
            temperature: Temperature(celsius: plant.hottestAccelerator(tray)),
            duty: hasFans ? PerMille(rawValue: Int64(sensed: plant.fanDuty(tray) * 1000)) : nil,
            link: link(toTray: tray), isPowered: plant.trayIsPowered(tray), isBraked: plant.brakeIsEngaged(tray),
            isThrottling: plant.trayIsThrottling(tray), hasFallenBack: baseboardStatus(tray).contains(.defaultLimit),
            isInFailsafe: hasController && roles.fans[tray] != nil && controller.isInFailsafe(tray: tray),
            isStale: hasController && !controller.hasFreshPower(tray: tray, at: now))
    }

    private func baseboardStatus(_ tray: Int) -> BaseboardStatus {
        guard let device = roles.baseboard[tray] else { return BaseboardStatus(rawValue: 0) }
        return BaseboardStatus(
            rawValue: UInt16(truncatingIfNeeded: devices[device].signal(BaseboardSignal.status.identifier)))
    }

    private func enforcedCap(ofTray tray: Int) -> Power? {
        guard let device = roles.baseboard[tray], baseboardStatus(tray).contains(.limitActive) else { return nil }
        return Power(rawValue: devices[device].signal(BaseboardSignal.appliedLimit.identifier))
    }

    private func link(toTray tray: Int) -> LiveValues.Link {
        let members = roles.ofTray[tray]
        guard hasController else {
            if members.allSatisfy({ devices[$0].answers(at: now) }) { return .online }
            return members.contains { devices[$0].isDisconnected || devices[$0].isUnpowered } ? .lost : .coming
        }
        let phases = members.map { controller.phase(device: $0) }
        if phases.allSatisfy({ $0 == .online }) { return .online }
        return phases.contains { $0 == .dormant || $0 == .misidentified } ? .lost : .coming
    }

    private func liveBus(_ index: Int) -> LiveValues.Bus {
        let counted = counters[index]
        return LiveValues.Bus(
            name: scenario.rack.buses[index].name, kind: kind(ofBus: index), requests: counted.transactions,
            exceptions: counted.exceptions, timeouts: counted.timeouts, badFrames: counted.badFrames,
            busy: counted.busy, channels: channelsOfBus[index])
    }

    // MARK: Trouble

    private var plantTroubles: [String] {
        let rack = scenario.rack.plant
        var troubles: [String] = []
        for (index, feed) in rack.feeds.enumerated() {
            if plant.breakerTripped(index) {
                troubles.append("\(feed.name)/breaker tripped")
            } else if !plant.feedIsLive(index) {
                troubles.append("\(feed.name) lost")
            }
        }
        if !plant.busIsLive { troubles.append("busbar collapsed") }
        for (index, shelf) in rack.shelves.enumerated() {
            for slot in 0..<shelf.supplyCount {
                let name = "\(shelf.name)/psu-\(slot + 1)"
                if plant.supplyHasFailed(shelf: index, slot: slot) {
                    troubles.append("\(name) failed")
                } else if plant.supplyIsLatched(shelf: index, slot: slot) {
                    troubles.append("\(name) latched off")
                }
            }
        }
        for (index, tether) in rack.tethers.enumerated() where plant.tetherHasFailed(index) {
            troubles.append("\(tether.name) failed")
        }
        return troubles
    }

    /// The faults of the scenario that have begun and not ended, as the scenario says them.
    private var faultsInForce: [String] {
        scenario.events.indices.filter { index in
            let event = scenario.events[index]
            guard event.at <= now, event.until ?? .never > now else { return false }
            switch event.action {
            case .disconnectDevice, .replaceDevice, .sensorFault, .busFault, .stopController, .pauseController,
                .partitionController:
                return true
            case .stallFan(let tray, let fan): return !isRestored(tray: tray, fan: fan, since: event.at)
            case .cooling(.restorePump), .cooling(.restoreWallFan), .cooling(.setFacilityTemperature): return false
            case .cooling: return true
            case .tether(.wear), .tether(.lose), .tether(.unplug): return true
            // What the plant shows by itself, and what is no fault.
            case .failSupply, .restoreSupply, .failBackup, .restoreBackup, .loseFeed, .restoreFeed, .restoreFan,
                .rebootDevice, .tether, .setBudget, .setInletTemperature, .setDemand:
                return false
            }
        }.map { scenario.events[$0].text }
    }

    private func isRestored(tray: Int, fan: Int, since begin: Instant) -> Bool {
        scenario.events.contains { event in
            guard case .restoreFan(tray, fan) = event.action else { return false }
            return event.at >= begin && event.at <= now
        }
    }
}
