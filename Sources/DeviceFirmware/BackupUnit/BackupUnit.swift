public import Units

/// The firmware of a battery backup unit or of a capacitor unit, after the Open Rack V3 battery.
///
/// Purpose: hold the busbar when the supplies lose their input or cannot keep it up; be charged again without being
/// noticed; and, when told so, keep the supplies' power calm while the load swings.
///
/// Inputs and how far to trust them: voltages and currents to the converters' steps and errors; the AC-loss line is
/// believed at once, the busbar's voltage after it was low for the trigger time. The powers of supplies and units come
/// over the shelf's own bus and are taken as they are. Writes are trusted once in range; smoothing goes on only as long as
/// somebody feeds the comms watchdog.
///
/// Intended behaviour: see `BackupUnitStage`. Standing by, a store that is not full is charged, with the charge limit at
/// most; near the full charge the charger itself tapers off. While it smooths, it neither goes below the reserve nor so
/// high that no room is left for the next trough. When the watchdog expires, or smoothing is called off, the supplies are
/// led back to the load by the ramps, not in a step.
///
/// After a restart: silent and off for the boot time, then standing by. Settings and the count of the charge come back
/// from flash, the command does not.
public struct BackupUnit: StartableFirmware, Sendable {
    public typealias ProcessImage = BackupUnitImage
    public typealias Outputs = BackupUnitOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs = BackupUnitOutputs.off
    public let configuration: BackupUnitConfiguration

    var settings: BackupUnitSettings
    var command: CommandWatch
    var busVoltage: AveragedChannel
    var packVoltage: AveragedChannel
    var packCurrent: AveragedChannel
    var estimate: ChargeEstimate
    var loop = SmoothingLoop()
    var stage = BackupUnitStage.standby
    var temperature: Temperature = .zero
    var power: Power = .zero
    var supplyPower: Power = .zero
    var isInputLost = false
    var hasFailed = false
    var latched = BackupUnitAlarms()
    var busExtremes = Extremes()
    /// Since when the busbar has been below, and above, the trigger voltage without a break.
    var lowSince: Instant?
    var goodSince: Instant?
    var isTriggered = false
    var isBusBack = false
    /// How long it has carried load in this discharge.
    var carriedFor: Interval = .zero
    /// The store is being charged up to the end.
    var isCharging = false
    var isFaultHeld = false
    var sampleCount: Int64 = 0
    var hasLatched = false
    var dischargeCount: Int64 = 0
    var inputLossCount: Int64 = 0
    /// Energy that went out since the last full cycle was counted.
    var cycled: Energy = .zero
    var cycleCount: Int64 = 0

    /// A unit that has booted before `now` and stands by.
    public init(
        _ configuration: BackupUnitConfiguration, calibration: BackupUnitCalibration = .none, charge: PerMille = .whole,
        runningSince now: Instant = .start
    ) {
        precondition(configuration.averages >= 1 && configuration.averages <= 1024)
        precondition(configuration.unitCount >= 1, "a unit is one of at least one")
        self.configuration = configuration
        settings = configuration.settings
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        command = CommandWatch(timeout: settings.watchdogTimeout, from: now)
        busVoltage = AveragedChannel(configuration.voltageRange, error: calibration.busVoltage)
        packVoltage = AveragedChannel(configuration.voltageRange, error: calibration.packVoltage)
        packCurrent = AveragedChannel(configuration.currentRange, error: calibration.packCurrent)
        estimate = ChargeEstimate(configuration, charge: charge)
    }

    @inlinable
    public mutating func step(at now: Instant, sampling image: BackupUnitImage) -> BackupUnitOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        busVoltage.clear()
        packVoltage.clear()
        packCurrent.clear()
        loop.stop()
        stage = .standby
        (lowSince, goodSince) = (nil, nil)
        (isTriggered, isBusBack) = (false, false)
        (isCharging, isFaultHeld, hasLatched) = (false, false, false)
        (carriedFor, sampleCount) = (.zero, 0)
        busExtremes = Extremes()
        settings.command = .standby
        command.restart(timeout: settings.watchdogTimeout, from: lifetime.readyAt)
        latched = .microFailure
        outputs = .off
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: BackupUnitImage) {
        let periods = lifetime.sampled(at: now)
        let elapsed = configuration.samplePeriod * periods
        take(image, elapsed: elapsed)
        watchBus(at: now, image)
        _ = command.expires(at: now)
        let before = stage
        stage = before.next(at: now, situation(image), riseTime: configuration.riseTime)
        if stage == .holding, before != .holding { dischargeCount += 1 }
        drive(image, elapsed: elapsed)
        sampleCount += 1
        // The first sample after a start is latched at once: no reader finds a unit that seems dead.
        if sampleCount >= configuration.averages || !hasLatched { latch() }
    }

    private mutating func take(_ image: BackupUnitImage, elapsed: Interval) {
        busVoltage.take(image.busMicrovolts)
        packVoltage.take(image.packMicrovolts)
        packCurrent.take(image.packMicroamperes)
        busExtremes.take(busVoltage.now)
        estimate.take(voltage: packVoltage.now, current: packCurrent.now, elapsed: elapsed)
        power = image.power
        temperature = image.temperature
        supplyPower = image.supplyPower
        hasFailed = image.hasFailed
        if power > .zero {
            // mW * us = nJ.
            cycled += Energy(rawValue: power.milliwatts * elapsed.microseconds / 1_000_000)
            if cycled >= configuration.energy {
                cycled -= configuration.energy
                cycleCount += 1
            }
        }
        if stage == .holding, power > configuration.dischargePower.scaled(by: .percent(1)) {
            carriedFor += elapsed
        } else if stage != .holding {
            carriedFor = .zero
        }
    }

    private mutating func watchBus(at now: Instant, _ image: BackupUnitImage) {
        let isLow = busVoltage.now < configuration.triggerVoltage.millivolts
        lowSince = isLow ? lowSince ?? now : nil
        goodSince = isLow || image.isInputLost ? nil : goodSince ?? now
        isTriggered = image.isInputLost || (lowSince.map { now - $0 >= configuration.triggerTime } ?? false)
        isBusBack = goodSince.map { now - $0 >= configuration.returnTime } ?? false
        let isLost = configuration.hearsLossLine ? image.isInputLost : isTriggered
        if isLost, !isInputLost { inputLossCount += 1 }
        isInputLost = isLost
    }

    private mutating func situation(_ image: BackupUnitImage) -> BackupUnitStage.Situation {
        if image.hasFailed || temperature > configuration.overTemperature { isFaultHeld = true }
        if estimate.charge < configuration.rechargeBelow { isCharging = true }
        if isCharging, isFull {
            isCharging = false
            estimate.setFull()
        }
        var situation = BackupUnitStage.Situation()
        situation.isFaulted = isFaultHeld
        situation.isTriggered = isTriggered
        situation.isBusBack = isBusBack
        situation.isExhausted = isEmpty || carriedFor >= settings.maximumDischargeTime
        situation.mustSleep = settings.command == .sleep
        situation.wantsSmoothing = isToldToSmooth || (stage == .smoothing && loop.power != .zero)
        situation.wantsCharge = isCharging && settings.chargeLimit > .zero && lowSince == nil
        return situation
    }

    var isToldToSmooth: Bool { settings.command == .smoothing && !command.isDefaultInForce }

    /// Under load a store is empty when its voltage is, whatever the count says.
    var isEmpty: Bool {
        estimate.charge <= .zero || packVoltage.now < configuration.emptyVoltage.millivolts - Self.voltageSlack
    }

    /// The charger has tapered off at the full voltage: 5 % of its power (typical), and as much as a step of the converters.
    private var isFull: Bool {
        let isTapered = power > -configuration.chargePower.scaled(by: .percent(5))
        return isTapered && packVoltage.now >= configuration.fullVoltage.millivolts - Self.voltageSlack
    }

    /// mV. Converter steps and errors at the ends of the voltage window. Arbitrary.
    private static let voltageSlack: Int64 = 300

    private mutating func drive(_ image: BackupUnitImage, elapsed: Interval) {
        if stage != .smoothing { loop.stop() }
        switch stage {
        case .asleep, .spent, .faulted, .standby, .rising: outputs = .off
        case .charging: outputs = .power(-min(settings.chargeLimit, configuration.chargePower))
        case .smoothing:
            let part = (image.supplyPower + image.backupPower) / configuration.unitCount
            outputs = .power(loop.step(load: part, bounds(elapsed)))
        case .holding: outputs = .hold
        }
    }

    private func bounds(_ elapsed: Interval) -> SmoothingLoop.Bounds {
        let count = configuration.unitCount
        func inStep(_ ramp: Power) -> Power {
            max(.milliwatts(1), ramp.scaled(by: elapsed.microseconds, over: 1_000_000 * count))
        }
        let charge = estimate.charge
        return SmoothingLoop.Bounds(
            floor: isToldToSmooth ? settings.floor / count : .zero,
            ceiling: isToldToSmooth ? settings.ceiling / count : configuration.greatestSetpoint,
            rise: inStep(settings.rampUp), fall: inStep(settings.rampDown),
            charge: charge < configuration.smoothingCharge ? configuration.chargePower : .zero,
            discharge: charge > settings.reserve ? configuration.dischargePower : .zero)
    }

    private mutating func latch() {
        busVoltage.latch(count: sampleCount)
        packVoltage.latch(count: sampleCount)
        packCurrent.latch(count: sampleCount)
        sampleCount = 0
        hasLatched = true
        latched.formUnion(alarms.intersection(.sticky))
    }
}
