import ControlLaws
public import Units

/// The scan cycle: sample, decide, and leave what must be written to the channels.
extension RackController {
    /// Runs the scan cycle if it is due; early calls do nothing. A late call is counted and makes the next cycle no
    /// earlier than its own time in the period.
    public func step(at now: Instant) {
        guard now >= nextDeadline else { return }
        if startedAt == nil {
            startedAt = now
            nextDeadline = now
            lastStepAt = now
        }
        if isStalled(at: now) { beginAnew(at: now) }
        if now - nextDeadline >= configuration.period { counters.lateCycles += 1 }
        let missed = (now - nextDeadline).rawValue / max(1, configuration.period.rawValue)
        nextDeadline += configuration.period * (missed + 1)
        let elapsed = now - lastStepAt
        lastStepAt = now
        countSupplies(at: now)
        countCooling(at: now)
        checkReadBack(at: now)
        if managesLoad || pumpUnit >= 0 { notePowerStates() }
        countTrays(elapsed: elapsed, at: now)
        drawnPower = measuredPower
        if !backups.isEmpty { planBackups(elapsed: elapsed, at: now) }
        heatBreakers(elapsed: elapsed)
        let action = judgeSafety(at: now)
        if configuration.load.hasBrakeLine { driveBrakeLine(at: now) }
        if isCapping {
            if managesLoad { switchLoad(action, at: now) }
            switch action.caps {
            case .wait: break
            case .decide: decide(elapsed: elapsed, at: now)
            case .holdShares: askSafeCaps(mayRaise: true, at: now)
            case .lowerToShares: askSafeCaps(mayRaise: false, at: now)
            }
        }
        driveCooling(at: now)
        watchCoolant(at: now)
    }

    /// A cap that the BMC does not enforce although it acknowledged it is written again.
    private func checkReadBack(at now: Instant) {
        guard isCapping, !configuration.isDryRun else { return }
        for tray in trays.indices {
            let device = trays[tray].baseboard
            guard device >= 0, devices[device].isOnline, let confirmed = trays[tray].ledger.confirmed else { continue }
            let reading = devices[device].points.appliedLimit
            guard let applied = fresh(reading, at: now) else { continue }
            let isLater =
                readings[reading].takenAt >= trays[tray].ledger.writtenAt + configuration.timing.readBackDelay
            // One part in a hundred is left to the BMC's own rounding (arbitrary).
            let difference = max(applied, confirmed.rawValue) - min(applied, confirmed.rawValue)
            guard isLater, difference > confirmed.rawValue / 100 else { continue }
            trays[tray].ledger.contradict(readBack: Power(rawValue: applied))
            log(.capContradicted(tray: tray, readBack: Power(rawValue: applied)), at: now)
            wake(device: device)
        }
    }

    /// What every tray counts for, and what it may draw at most.
    private func countTrays(elapsed: Interval, at now: Instant) {
        let timing = configuration.timing
        let memory = PeakHold(timeConstant: law.demandMemory ?? timing.demandMemory)
        var (sum, highest, ofBoards) = (Power.zero, Power.zero, Power.zero)
        for index in trays.indices {
            let policy = trays[index].policy
            let bound = bound(ofTray: index, at: now)
            let reading = measuredPower(ofTray: index, at: now)
            let drawn = reading ?? bound
            // Under the brake a tray shows nothing of what it draws once it is let go.
            let counted = brakes[index] ? bound : drawn
            trays[index].isRead = reading != nil
            trays[index].counted = counted
            trays[index].drawn = drawn
            trays[index].demand = memory.next(after: trays[index].demand, input: counted, elapsed: elapsed)
            if law.learnsSwings { trays[index].learn(counted, elapsed: elapsed) }
            let demand = max(trays[index].demand, trays[index].peaks.peak)
            sum += drawn
            let ofBoard = baseboardPower(ofTray: index, at: now) ?? drawn
            highest += max(drawn, ofBoard)
            ofBoards += ofBoard
            let baseboard = trays[index].baseboard
            let isControllable =
                baseboard >= 0 && devices[baseboard].isOnline && devices[baseboard].points.limitWrite >= 0
                && isCommanded(tray: index, at: now) && !trays[index].main.isOff
            // What is asked of a silent BMC goes out first when it returns: it must fit into what the tray counts for.
            if !isControllable { lowerUnseen(tray: index, to: bound, at: now) }
            let asked = trays[index].ledger.asked
            let isAbove = isControllable && !brakes[index] && counted > asked.scaled(by: timing.disobedienceShare)
            let isOnItsWay = now - trays[index].ledger.loweredAt < timing.actuation
            allocations[index] = TrayAllocation(
                power: isControllable && counted > asked && isOnItsWay ? asked : counted,
                demand: demand + demand.scaled(by: timing.demandMargin),
                cap: asked, bound: bound, floor: policy.floor, ceiling: policy.ceiling,
                priority: Int32(clamping: policy.priority), isControllable: isControllable,
                obeys: !isAbove || isOnItsWay,
                isHungry: isControllable && demand > asked.scaled(by: timing.hungryShare))
        }
        measuredPower = sum + coolingPower
        heatingPower = highest + coolingPower
        boardPower = ofBoards + coolingPower
    }

    /// A tray that is off wakes with its lowest cap.
    private func lowerUnseen(tray: Int, to bound: Power, at now: Instant) {
        let cap = trays[tray].main.isOff ? trays[tray].policy.floor : bound
        guard cap < trays[tray].ledger.asked else { return }
        trays[tray].ledger.ask(cap, at: now)
        if trays[tray].main.isOff { wake(device: trays[tray].baseboard) }
    }

    /// The monitor's word, or the BMC's. What a survey read does not count: a device that has just begun says 0 until its
    /// first averaging window is over.
    private func measuredPower(ofTray tray: Int, at now: Instant) -> Power? {
        let monitor = trays[tray].monitor
        if monitor >= 0, let power = read(devices[monitor].points.power, of: monitor, at: now) {
            return Power(rawValue: power)
        }
        return baseboardPower(ofTray: tray, at: now)
    }

    private func baseboardPower(ofTray tray: Int, at now: Instant) -> Power? {
        let baseboard = trays[tray].baseboard
        guard baseboard >= 0, let power = read(devices[baseboard].points.power, of: baseboard, at: now) else {
            return nil
        }
        return Power(rawValue: power)
    }

    /// The most that the limits which may be in force let the tray draw.
    ///
    /// A BMC that fell silent, or takes no writes, holds its cap until its comms watchdog expires, and its default cap
    /// from then on. From half of that time both count, so that room is made before the change.
    private func bound(ofTray tray: Int, at now: Instant) -> Power {
        let ceiling = trays[tray].policy.ceiling
        let device = trays[tray].baseboard
        guard device >= 0 else { return ceiling }
        if trays[tray].main.isOff, devices[device].isOnline {
            return tray == nextTray ? trays[tray].policy.floor : .zero
        }
        let ledger = trays[tray].ledger
        if devices[device].isOnline, isCommanded(tray: tray, at: now) { return ledger.bound(ceiling: ceiling) }
        if let applied = fresh(devices[device].points.appliedLimit, at: now), devices[device].cycle.phase == .arming {
            return max(ledger.asked, Power(rawValue: applied))
        }
        let held = ledger.bound(ceiling: ceiling)
        guard let fallback = trays[tray].highestDefaultCap else { return held }
        // Without a comms watchdog it holds what it has, unless it restarts.
        guard trays[tray].fallsBack, configuration.deviceWatchdog > .zero else { return max(held, fallback) }
        let silence = now - devices[device].fedAt
        if silence >= configuration.deviceWatchdog * 2 { return fallback }
        return isCommanded(tray: tray, at: now) ? held : max(held, fallback)
    }

    /// Whether the tray's BMC takes what is written to it. One that answers and refuses every write falls back like one
    /// that is silent, and no other cap than its own bound can be counted on.
    func isCommanded(tray: Int, at now: Instant) -> Bool {
        guard trays[tray].fallsBack, configuration.deviceWatchdog > .zero else { return true }
        return !trays[tray].mayHaveFallenBack
            && now - devices[trays[tray].baseboard].fedAt < configuration.deviceWatchdog / 2
    }

    private func decide(elapsed: Interval, at now: Instant) {
        var span = MutableSpan(_unsafeElements: allocations)
        let situation = PowerSituation(
            power: CapAllocation.totalPower(of: span), budget: leftOfCooling(effectiveBudget),
            supplyLimit: leftOfCooling(max(effectiveBudget, limitForAWhile - chargeAllowance)),
            breakerLimit: leftOfCooling(max(effectiveBudget, breakerLimit - chargeAllowance)), elapsed: elapsed)
        guard let order = law.order(situation, breaker: hottestBreaker, &span) else { return }
        follow(order, power: situation.power, &span, at: now)
        writeBack(at: now)
        updateDefaultCaps(at: now)
    }

    private func follow(
        _ order: PowerOrder, power: Power, _ span: inout MutableSpan<TrayAllocation>, at now: Instant
    ) {
        let next = order.band
        if next != band {
            band = next
            log(.bandChanged(next), at: now)
        }
        if next == .raise { belowSince = belowSince ?? now } else { belowSince = nil }
        if order.distribution == .adopt {
            for index in span.indices where span[index].isControllable { span[index].cap = span[index].wanted }
            return
        }
        var shortfall = Power.zero
        if next == .lower, order.distribution == .adjust {
            shortfall = CapAllocation.cut(power - order.target, from: &span)
        }
        let room = order.capLimit - disobedience()
        shortfall = max(shortfall, CapAllocation.fit(&span, within: room))
        var floors = Power.zero
        for index in span.indices { floors += span[index].floor }
        noteShortfall(shortfall, floors: floors, at: now)
        let slew = order.slew ?? configuration.uncapSlew
        switch order.distribution {
        case .adopt: break
        case .approach: approach(&span, by: slew, within: room, at: now)
        case .adjust where next != .lower && now >= nextRaiseAt:
            nextRaiseAt = now + configuration.timing.raiseInterval
            raise(&span, by: slew, within: room, target: min(room, order.target), at: now)
        case .adjust: break
        }
    }

    /// Caps that come down do so at every cycle; what they gave up the others may have as soon as it is down. Beyond the
    /// most that they together had since the budget last fell, caps rise no faster than the slew. What a BMC out of reach
    /// may have fallen back to is no cap that was asked for: it takes room while it lasts, and leaves none to jump into.
    private func approach(
        _ span: inout MutableSpan<TrayAllocation>, by slew: Power, within room: Power, at now: Instant
    ) {
        capSumReached = min(capSumReached, room)
        CapAllocation.approach(&span, by: .zero, within: room)
        guard now >= nextRaiseAt else { return }
        let interval = configuration.timing.approachInterval
        nextRaiseAt = now + interval
        let rise = slew.scaled(by: interval.milliseconds, over: 1000)
        CapAllocation.approach(&span, by: capSumReached + rise - CapAllocation.totalCap(of: span), within: room)
        capSumReached = max(capSumReached, CapAllocation.totalCap(of: span))
    }

    /// Power above their caps of trays that do not obey: it must come out of the others' room.
    private func disobedience() -> Power {
        var sum = Power.zero
        for tray in allocations where !tray.obeys { sum += max(.zero, tray.power - tray.cap) }
        return sum
    }

    /// Below the band whatever is free may be given. Inside it a higher priority is served at the cost of a lower one,
    /// equals are levelled, and caps rise as far as the target: caps that together stay under it cannot drive power
    /// over the threshold, and without this a rack that recovers stays capped at the lower edge of the band.
    private func raise(
        _ span: inout MutableSpan<TrayAllocation>, by slew: Power, within budget: Power, target: Power, at now: Instant
    ) {
        let timing = configuration.timing
        let amount = slew.scaled(by: timing.raiseInterval.milliseconds, over: 1000)
        let isSettled = belowSince.map { now - $0 >= timing.uncapHold } ?? false
        _ = CapAllocation.reclaim(amount, from: &span, within: budget, lowerPriorityOnly: !isSettled)
        if isSettled {
            levelled = .zero
            _ = CapAllocation.raise(&span, by: amount, within: budget)
            return
        }
        let limit = CapAllocation.lowestServedPriority(in: span) ?? .max
        var given = CapAllocation.raise(&span, by: amount, within: budget, hungryAbove: limit)
        // What levelling took a moment ago is down by now and is given back, whether or not it fits the target.
        given += CapAllocation.raise(&span, by: levelled, within: budget, hungryAbove: .min)
        _ = CapAllocation.raise(&span, by: max(.zero, amount - given), within: target, hungryAbove: .min)
        levelled = CapAllocation.level(&span, by: amount)
    }

    /// What no cap can bring down: because the budget lies below the floors, or because trays draw more than theirs.
    private func noteShortfall(_ shortfall: Power, floors: Power, at now: Instant) {
        if shortfall > .zero, budgetShortfall == .zero {
            let below = floors - effectiveBudget
            log(below > .zero ? .budgetBelowFloors(by: below) : .capsDoNotSuffice(by: shortfall), at: now)
        }
        budgetShortfall = shortfall
    }

    private func writeBack(at now: Instant) {
        for tray in trays.indices where allocations[tray].isControllable {
            let cap = allocations[tray].cap
            let before = trays[tray].ledger.asked
            guard cap != before else { continue }
            trays[tray].ledger.ask(cap, at: now)
            counters.capsChanged += 1
            log(cap < before ? .capLowered(tray: tray, to: cap) : .capRaised(tray: tray, to: cap), at: now)
            wake(device: trays[tray].baseboard)
        }
        countPendingLowerings()
    }

    /// What the caps that devices fall back to may add up to.
    var capBudget: Power { max(.zero, effectiveBudget - cooling.ceiling).scaled(by: law.fallbackShare) }

    /// What the devices fall back to must fit the budget of the day; a rise of less than 1 % is not worth a write.
    func updateDefaultCaps(at now: Instant) {
        let change = capBudget - defaultCapBudget
        guard change < .zero || change > defaultCapBudget.scaled(by: .percent(1)) else { return }
        defaultCapBudget = capBudget
        divideSafeShares()
        for tray in trays.indices where trays[tray].baseboard >= 0 { wake(device: trays[tray].baseboard) }
    }

    /// Sets every tray's fallback cap to its share of the budget.
    func divideSafeShares() {
        for tray in trays.indices {
            let policy = trays[tray].policy
            allocations[tray] = TrayAllocation(
                power: .zero, demand: .zero, cap: policy.ceiling, bound: policy.ceiling, floor: policy.floor,
                ceiling: policy.ceiling, priority: Int32(clamping: policy.priority),
                isControllable: trays[tray].baseboard >= 0)
        }
        var span = MutableSpan(_unsafeElements: allocations)
        SafeShare.divide(defaultCapBudget, among: &span)
        for tray in trays.indices { trays[tray].defaultCap = allocations[tray].wanted }
    }
}
