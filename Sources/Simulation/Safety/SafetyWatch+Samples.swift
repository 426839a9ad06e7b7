internal import DeviceSpecs
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import Scenario
internal import Units

/// What is looked at in every plant step and at every telemetry sample.
extension SafetyWatch {
    func step(_ run: RackSimulation) {
        let (plant, now) = (run.plant, run.now)
        let power = plant.rackPower
        for feed in scenario.rack.plant.feeds.indices {
            let name = scenario.rack.plant.feeds[feed].name
            note(.curves, curves.carry(plant.feedCurrent(feed), feed: feed, name: name), at: now)
        }
        if curves.isLoaded(power, working: plant.ratedCapacity) {
            let found = curves.age { plant.supplyOutputPower(shelf: $0, slot: $1) }
            if let found {
                let name = "\(scenario.rack.plant.shelves[found.shelf].name)/psu-\(found.slot + 1)"
                note(.curves, "\(name) \(found.text)", at: now)
            }
        }
        if now >= Self.judgedFrom {
            let limit = min(run.controller.operatorBudget.inWatts, plant.ratedCapacity)
            noteOvershoot(power - limit)
            note(.overdraft, overdraft.draw(power, for: Self.stepSeconds), at: now)
        }
    }

    private static let stepSeconds = Double(RackPlant.stepInterval.nanoseconds) / 1e9

    func sample(_ run: RackSimulation) {
        noteSilence(run)
        let isDeciding = isDeciding(run)
        overdraft.owe(
            scenario.rack.plant.trays.indices.map { load($0, of: run, isDeciding) }, run.controller.operatorBudget)
        cooling.noteTrays { run.plant.trayIsPowered($0) }
        let trays = scenario.rack.plant.trays.indices.map { tray($0, of: run) }
        noteEnforced(trays.map { max($0.cap, $0.fallback) })
        judgeCaps(trays, run)
        judgeDevices(run)
        judgeBrakes(run)
        if scenario.controller.load.hasBrakeLine { judgeBrakeLine(trays, run) }
        judgeConvergence(trays, run)
    }

    /// Who does not live at its address is out of reach, whether or not it was asked.
    private func noteSilence(_ run: RackSimulation) {
        for device in run.devices.prefix(run.controlledCount) where !device.answers(at: run.now) {
            reach.noteTrouble(of: device.index, at: run.now)
        }
    }

    /// A tray without a BMC counts for its ceiling, and nobody can reach it.
    private func tray(_ index: Int, of run: RackSimulation) -> CapsFitCheck.Tray {
        let policy = scenario.controller.trays[index]
        guard let device = run.roles.baseboard[index] else {
            return .init(cap: policy.ceiling, fallback: policy.ceiling, floor: policy.floor, isInReach: false)
        }
        let firmware = run.devices[device]
        guard run.plant.trayIsPowered(index) else {
            // It draws nothing, whatever its BMC would enforce.
            return .init(cap: .zero, fallback: .zero, floor: .zero, isInReach: reach.isInReach(device, at: run.now))
        }
        return .init(
            cap: .milliwatts(firmware.signal(BaseboardSignal.appliedLimit.identifier)),
            fallback: .milliwatts(firmware.signal(BaseboardSignal.defaultLimit.identifier)), floor: policy.floor,
            isInReach: reach.isInReach(device, at: run.now))
    }

    /// What a tray draws, and whether anybody could know and change it.
    private func load(_ index: Int, of run: RackSimulation, _ isDeciding: Bool) -> OverdraftCheck.Tray {
        func isTold(_ device: Int?) -> Bool {
            guard let device else { return false }
            return run.devices[device].sensors.isHealthy && reach.isInReach(device, at: run.now)
        }
        let baseboard = run.roles.baseboard[index]
        return .init(
            power: run.plant.trayPower(index), floor: scenario.controller.trays[index].floor.inWatts,
            // A BMC whose sensors lie holds another cap than it says.
            isCommanded: isDeciding && isTold(baseboard), isSeen: isTold(baseboard) || isTold(run.roles.monitor[index]))
    }

    /// Whether a controller acts that has found its devices: before that none decides, and nothing more is owed than that
    /// caps stay where they are.
    private func isDeciding(_ run: RackSimulation) -> Bool {
        !run.hasController || (run.isActing && !run.controller.isStartingUp)
    }

    private func judgeCaps(_ trays: [CapsFitCheck.Tray], _ run: RackSimulation) {
        let now = run.now
        let isDeciding = isDeciding(run)
        if !isDeciding {
            capsFit.noteChange(at: now)
            freshness.excuse(until: now)
        }
        var asked = Power.zero
        for (index, tray) in trays.enumerated() {
            let own = run.controller.askedCap(tray: index)
            asked += own
            guard run.roles.baseboard[index] != nil, run.plant.trayIsPowered(index) else { continue }
            let policy = scenario.controller.trays[index]
            let wanted = isCapping && isDeciding && tray.isInReach ? own : nil
            let found = capsAsked.judge(
                tray: index, name: scenario.rack.plant.trays[index].name, applied: tray.cap, asked: wanted,
                floor: policy.floor, ceiling: policy.ceiling, at: now)
            if now >= Self.judgedFrom { note(.capsAsked, found, at: now) }
        }
        let working = workingSupplies(run)
        let limit = capLimit.spendable(working: working, operatorBudget: run.controller.operatorBudget)
        let lasting = min(capLimit.lasting(working: working), run.controller.operatorBudget)
        if now >= Self.judgedFrom { note(.slew, slew.judge(asked, limit: limit, isDeciding: isDeciding), at: now) }
        note(.capsFit, capsFit.judge(trays, remaining: limit, lasting: lasting, at: now), at: now)
        guard supplyCount > 0, run.hasController, isDeciding else { return }
        let isRead = { (device: Int) in now - self.reach.readAt[device] <= FreshnessCheck.bound }
        // Those of a dead feed still answer, and nobody owes anything to the loss of a feed that is lost.
        let read = max(
            capLimit.lasting(working: supplies(run, isRead)),
            capLimit.lasting(working: supplies(run) { isRead($0) && self.isOn($0, run) }))
        let known = max(read, storedPower(run))
        note(.freshReadings, freshness.judge(budget: run.budgetInForce, known: known, at: now), at: now)
    }

    /// What the charged batteries give at once, for a rack whose supplies may have gone; one of them is kept in reserve.
    private func storedPower(_ run: RackSimulation) -> Power {
        var (sum, largest) = (0.0, 0.0)
        for (shelf, configuration) in scenario.rack.plant.backups.enumerated() where configuration.unit.kind == .battery
        {
            for slot in 0..<configuration.unitCount
            where run.plant.backupCharge(run.plant.backupUnit(shelf: shelf, slot: slot)) > 0 {
                sum += configuration.unit.dischargePower
                largest = max(largest, configuration.unit.dischargePower)
            }
        }
        return Power(watts: scenario.controller.redundancy == .none ? sum : sum - largest)
    }

    /// By shelf, those with an MCU at which the output is on: nobody knows of the others. Tethers count as one shelf more.
    private func workingSupplies(_ run: RackSimulation) -> [Int] {
        supplies(run) { isOn($0, run) }
    }

    private func isOn(_ device: Int, _ run: RackSimulation) -> Bool {
        switch scenario.rack.devices[device].attachment {
        case .supply(let shelf, let slot): run.plant.supplyIsOn(shelf: shelf, slot: slot)
        case .tether(let tether): run.plant.tetherIsOn(tether)
        default: false
        }
    }

    /// How many supplies of each shelf fit, and how many tethers, by their device.
    private func supplies(_ run: RackSimulation, _ fits: (_ device: Int) -> Bool) -> [Int] {
        let tethers = run.roles.tether.isEmpty ? [] : [run.roles.tether]
        return (run.roles.supply + tethers).map { places in places.count { $0.map(fits) ?? false } }
    }

    private func judgeDevices(_ run: RackSimulation) {
        guard run.isActing else { return }
        let (now, settings) = (run.now, scenario.controller)
        for device in run.devices.prefix(run.controlledCount) {
            let (index, path) = (device.index, device.definition.path)
            let isGivenUp = run.controller.phase(device: index) == .dormant
            let failures = reach.failures[index]
            note(.retries, lives.judge(index, path: path, isGivenUp: isGivenUp, failures: failures), at: now)
            let isAlive = !device.isUnpowered && device.isReady(at: now)
            guard isAlive, settings.deviceWatchdog > .zero, now >= Self.judgedFrom else { continue }
            judgeWatchdog(of: device, run)
        }
    }

    private func judgeWatchdog(of device: VirtualDevice, _ run: RackSimulation) {
        let (now, path) = (run.now, device.definition.path)
        let deviceClass = device.definition.specification.deviceClass
        guard let signal = deviceClass?.watchdog else { return }
        if deviceClass != .fanController, !isCapping { return }
        let timeout = Interval.milliseconds(device.signal(signal))
        let due = scenario.controller.deviceWatchdog
        // Monitors get twice as long, so that a tray is capped before it is braked.
        let longest = (deviceClass == .powerMonitor ? due * 2 : due) + .milliseconds(10)
        let isOnline = run.controller.isOnline(device: device.index)
        let kept = watchdogs.judge(
            device.index, path: path, timeout: timeout, longest: longest, isOnline: isOnline)
        note(.watchdogs, kept, at: now)
        guard deviceClass == .baseboardController else { return }
        let fallen = watchdogs.judgeFallback(
            path: path, silence: now - reach.writtenAt[device.index], timeout: timeout,
            applied: .milliwatts(device.signal(BaseboardSignal.appliedLimit.identifier)),
            fallback: .milliwatts(device.signal(BaseboardSignal.defaultLimit.identifier)))
        note(.fallback, fallen, at: now)
    }

    private func judgeBrakes(_ run: RackSimulation) {
        for (tray, name) in scenario.rack.plant.trays.map(\.name).enumerated() {
            guard let index = run.roles.monitor[tray] else { continue }
            let monitor = run.devices[index]
            let isLive = !monitor.isUnpowered && monitor.isReady(at: run.now)
            let found = brakes.judge(
                tray: tray, name: name, isBraking: run.plant.brakeIsEngaged(tray),
                mayHold: !isLive || !monitor.sensors.isHealthy || run.isBrakeLinePulled(tray: tray), at: run.now)
            note(.brakes, found, at: run.now)
        }
    }

    private func judgeBrakeLine(_ trays: [CapsFitCheck.Tray], _ run: RackSimulation) {
        let isOverCurrent = scenario.rack.plant.feeds.indices.contains {
            run.plant.feedCurrent($0) > scenario.rack.plant.feeds[$0].breaker.ratedCurrent
        }
        let working = run.workingSources
        let caps = trays.reduce(Power.zero) { $0 + $1.cap }
        let found = brakeLine.judge(
            pulled: run.traysBraked, isOverloaded: isOverCurrent || run.plant.rackPower > run.plant.ratedCapacity,
            mustLetGo: run.isActing && trays.allSatisfy(\.isInReach) && caps <= capLimit.lasting(working: working),
            at: run.now)
        note(.brakeLine, found, at: run.now)
    }

    private func judgeConvergence(_ trays: [CapsFitCheck.Tray], _ run: RackSimulation) {
        guard run.hasController else { return }
        let devices = scenario.rack.devices
        let absent = devices.indices.prefix(run.controlledCount).first { !run.controller.isOnline(device: $0) }
        let braked = scenario.rack.plant.trays.indices.first { run.plant.brakeIsEngaged($0) }
        let working = run.workingSources
        let owed = min(run.controller.operatorBudget, capLimit.lasting(working: working))
        let limit = capLimit.spendable(working: working, operatorBudget: run.controller.operatorBudget)
        let state = ConvergenceCheck.State(
            absent: absent.map { devices[$0].path }, braked: braked.map { scenario.rack.plant.trays[$0].name },
            power: Power(watts: run.plant.rackPower),
            limit: max(run.budgetInForce, limit),
            budget: run.budgetInForce, owedBudget: owed,
            caps: trays.reduce(.zero) { $0 + $1.cap }, done: run.plant.workDone, wanted: run.plant.workWanted)
        note(.convergence, convergence.judge(state, at: run.now), at: run.now)
    }
}
