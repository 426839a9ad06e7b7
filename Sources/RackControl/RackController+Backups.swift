import ControlLaws
import DeviceSpecs
import RegisterMaps
import Units

/// Batteries and capacitors: what they may take, what they count for, and the set points of their smoothing.
///
/// Charging is a load like any other, so it has a slice of the budget: while a unit is to be charged the caps leave
/// `recharge` free, and only when the power is down by that much is the unit told to take its part. A budget that falls
/// takes it away again in the same cycle.
///
/// A rack whose supplies are gone lives on what its batteries give. They count as a source for a moment as soon as the
/// supplies are found missing, since a supply's silence and a unit's word come by different polls, and from then on for
/// as long as a unit says that it holds. With `rideThrough` the budget is what makes them last so long.
extension RackController {
    func addBackup(_ device: ControllerDevice, index: Int, _ arming: inout ArmingPlan) {
        guard case .backup(let shelf, _) = device.role else { return }
        let first = backupSetPoints.count
        func add(_ meaning: BackupSetPoint.Meaning, _ signal: BackupUnitSignal) {
            guard let point = arming.writablePoint(of: signal) else { return }
            backupSetPoints.append(BackupSetPoint(meaning: meaning, point: point, wanted: 0))
        }
        add(.chargeLimit, .chargeLimit)
        if backupSetPoints.count == first { add(.chargeCurrent, .chargeCurrentLimit) }
        if law.smooths {
            add(.ceiling, .smoothingCeiling)
            add(.floor, .smoothingFloor)
            add(.rampUp, .rampUp)
            add(.rampDown, .rampDown)
            add(.command, .command)
        }
        backups.append(BackupRecord(device: index, plate: shelf, setPoints: first..<backupSetPoints.count))
    }

    func forgetSetPoints(of device: Int) {
        for backup in backups where backup.device == device {
            for setPoint in backup.setPoints { backupSetPoints[setPoint].confirmed = nil }
        }
    }

    /// Whether only capacitors smooth: batteries wear by every cycle, so they are spared where there are others.
    private var hasCapacitors: Bool { backups.contains { !backupPlates[$0.plate].isBattery } }

    func planBackups(elapsed: Interval, at now: Instant) {
        readBackups(at: now)
        allowCharging(at: now)
        orderSmoothing(elapsed: elapsed, at: now)
    }

    private func readBackups(at now: Instant) {
        for index in backups.indices {
            let device = backups[index].device
            let points = devices[device].points
            guard devices[device].isOnline, let charge = fresh(points.charge, at: now) else {
                backups[index].charge = .zero
                backups[index].isHolding = false
                continue
            }
            backups[index].charge = PerMille(rawValue: charge)
            let isInputLost = fresh(points.inputGood, at: now) == 0
            let state = fresh(points.state, at: now)
            backups[index].isHolding = state.map { Self.holdingStates.contains($0) } ?? isInputLost
            if charge < Self.rechargeBelow.rawValue { backups[index].wantsCharge = true }
            if charge >= Self.full.rawValue { backups[index].wantsCharge = false }
        }
    }

    /// Rising and holding.
    private static let holdingStates: ClosedRange<Int64> = 4...5
    /// Arbitrary: a unit begins a charge by itself at 98 % or so; what its gauge calls full may be short of the whole.
    private static let rechargeBelow = PerMille.percent(97)
    private static let full = PerMille.perMille(995)

    private func allowCharging(at now: Instant) {
        let isSmoothing = law.smooths
        var wanted = Power.zero
        for backup in backups where backup.wantsCharge && mayCharge(backup, isSmoothing) {
            wanted += backupPlates[backup.plate].chargePower
        }
        // What the supplies and the operator bear, all in all. Nobody is shed for a charge: the floors come first.
        let source = min(operatorBudget, min(capacity, breakerLimit))
        var floors = Power.zero
        for tray in trays { floors += tray.policy.floor }
        let slice = max(.zero, min(configuration.recharge, source - floors))
        let allowance = bridgedSince != nil || isSafeStateHeld ? .zero : min(wanted, slice)
        chargeAllowance = allowance
        let free = source - measuredPower
        let isFree = allowance > .zero && free >= allowance && !isStartingUp
        for index in backups.indices {
            let plate = backupPlates[backups[index].plate]
            let takes = isFree && backups[index].wantsCharge && mayCharge(backups[index], isSmoothing)
            let share = plate.chargePower.milliwatts / 1000
            let part = takes ? allowance.scaled(by: share, over: wanted.milliwatts / 1000) : .zero
            backups[index].chargeLimit = part
            ask(index, .chargeLimit, part.milliwatts)
            // mW at the full voltage, which is not known: a busbar's 50 V, a little less than any battery's there.
            ask(index, .chargeCurrent, part.milliwatts / 50)
        }
    }

    /// A unit that smooths keeps its own charge.
    private func mayCharge(_ backup: BackupRecord, _ isSmoothing: Bool) -> Bool {
        !(isSmoothing && smooths(backup)) && devices[backup.device].isOnline
    }

    private func smooths(_ backup: BackupRecord) -> Bool { !(hasCapacitors && backupPlates[backup.plate].isBattery) }

    private func orderSmoothing(elapsed: Interval, at now: Instant) {
        // What trays count for before they were read is no load to be smoothed.
        guard law.smooths, !isStartingUp else { return }
        var (sum, count, energy) = (Int64(0), Int64(0), Energy.zero)
        for backup in backups where smooths(backup) && devices[backup.device].isOnline {
            sum += backup.charge.rawValue
            count += 1
            energy += backupPlates[backup.plate].energy
        }
        let situation = PowerSituation(
            power: measuredPower, budget: effectiveBudget, supplyLimit: effectiveBudget, breakerLimit: breakerLimit,
            elapsed: elapsed)
        let units = BackupSituation(charge: .perMille(count > 0 ? sum / count : 0), energy: energy)
        guard let order = law.order(situation, units) else { return }
        // Set points for a loop that runs by itself: once a second is often enough, and leaves the bus to others.
        guard now >= nextBackupPlanAt else { return }
        nextBackupPlanAt = now + Self.planInterval
        let isOn = bridgedSince == nil && !isSafeStateHeld
        for index in backups.indices where smooths(backups[index]) {
            ask(index, .floor, order.floor.milliwatts)
            ask(index, .ceiling, order.ceiling.milliwatts)
            ask(index, .rampUp, order.ramp.milliwatts)
            ask(index, .rampDown, order.ramp.milliwatts)
            ask(index, .command, isOn ? 1 : 0)
        }
    }

    /// Arbitrary: a tenth of the time in which the law brings the charge back, and more.
    private static let planInterval = Interval.seconds(1)

    private func ask(_ backup: Int, _ meaning: BackupSetPoint.Meaning, _ value: Int64) {
        for setPoint in backups[backup].setPoints where backupSetPoints[setPoint].meaning == meaning {
            guard backupSetPoints[setPoint].wanted != value else { return }
            backupSetPoints[setPoint].wanted = value
            wake(device: backups[backup].device)
        }
    }

    func offerSetPoints(of device: Int, at now: Instant, to choice: inout Choice) {
        guard let backup = backups.first(where: { $0.device == device }) else { return }
        let earliest = devices[device].writesHeldUntil
        for index in backup.setPoints where backupSetPoints[index].confirmed != backupSetPoints[index].wanted {
            let setPoint = backupSetPoints[index]
            let isLowering = setPoint.meaning == .chargeLimit && setPoint.wanted < setPoint.confirmed ?? .max
            choice.offer(
                .backup(setPoint: index, value: setPoint.wanted), of: device,
                urgency: isLowering ? .capLowering : .safety, due: earliest, rank: devices[device].servedAt, at: now)
            return
        }
        guard let first = backup.setPoints.first else { return }
        let due = max(earliest, devices[device].fedAt + keepAlive)
        choice.offer(
            .backup(setPoint: first, value: backupSetPoints[first].wanted), of: device, urgency: .safety, due: due,
            rank: due, at: now)
    }

    // MARK: What batteries count for as a source

    /// The capacity of the supplies, or of the batteries where those are what carries the rack.
    func bridged(_ supplied: Power, at now: Instant) -> Power {
        guard !backups.isEmpty else { return supplied }
        var floors = Power.zero
        for tray in trays { floors += tray.policy.floor }
        let isShort = supplied < floors
        let isHeld = backups.contains { $0.isHolding }
        let lasts = isHeld || (isShort && now - (bridgedSince ?? now) < Self.grace)
        if isHeld || !isShort { isBridgeRefused = false }
        guard bridgedSince == nil ? isShort && !isBridgeRefused : lasts else {
            if bridgedSince != nil {
                bridgedSince = nil
                isBridgeRefused = isShort
                log(.bridgeEnded, at: now)
            }
            return supplied
        }
        let since = bridgedSince ?? now
        if bridgedSince == nil {
            guard backupCapacity(since: now, at: now) > supplied else { return supplied }
            bridgedSince = now
            log(.bridgeBegan, at: now)
        }
        return max(supplied, backupCapacity(since: since, at: now))
    }

    /// Longer than all supplies' and units' polls take to come round. Arbitrary.
    private static let grace = Interval.seconds(2)

    /// What the batteries give at their limit, whatever is kept in reserve or promised for later.
    var backupLimit: Power {
        var power = Power.zero
        for backup in backups where backupPlates[backup.plate].isBattery && backup.charge > .zero {
            power += backupPlates[backup.plate].dischargePower
        }
        return power
    }

    /// What the batteries can give, after the loss of one of them where the mode promises to survive that, and for as
    /// long as they are to last.
    func backupCapacity(since: Instant, at now: Instant) -> Power {
        var (power, largest, energy) = (Power.zero, Power.zero, Energy.zero)
        for backup in backups where backupPlates[backup.plate].isBattery && backup.charge > .zero {
            let plate = backupPlates[backup.plate]
            power += plate.dischargePower
            largest = max(largest, plate.dischargePower)
            energy += plate.energy.scaled(by: max(.zero, backup.charge - Self.unusable))
        }
        if configuration.redundancy != .none { power -= largest }
        guard configuration.rideThrough > .zero else { return power }
        let usable = energy.scaled(by: Self.conversion)
        let left = max(Self.leastLeft, configuration.rideThrough - (now - since))
        return min(power, .milliwatts(usable.millijoules * 1000 / max(1, left.milliseconds)))
    }

    /// Below this charge a battery's voltage no longer bears its full current: 2 V over 20 mOhm of 14 V between empty and
    /// full (typical).
    private static let unusable = PerMille.percent(15)
    /// What comes out of what goes in: converter, resistance, gauge (typical).
    private static let conversion = PerMille.percent(92)
    /// Arbitrary: what is promised is over, and what is left may go.
    private static let leastLeft = Interval.seconds(10)
}
