public import Units

/// The firmware of a power-shelf rectifier, after the Open Rack V3 HPR supply.
///
/// Purpose: report input and output, keep the output on through short outages, and stop it before it harms itself or
/// the busbar.
///
/// Inputs and how far to trust them: voltages and currents to the converters' steps and errors; `isInputPresent` from
/// the relay's sense contact is believed at once; failure reports of the two power stages are final until cleared.
/// A tachometer that reads zero is a failed fan. Writes are trusted in range and taken only while write enable is set;
/// the clock may always be set.
///
/// Intended behaviour:
/// - Each sample judges input and output; each averaging window latches readings and judges temperatures and fans. The
///   first window after a start is a single sample.
/// - A lost input asserts the AC-loss line with the same step. The output runs on from the bulk capacitor until that
///   is below its minimum, and comes back by itself a start delay after the input is good.
/// - Over-voltage, a short circuit, lasting over-current, a shutdown temperature or a failed stage latch the output
///   off until the faults are cleared by the setting register or by the return of a lost input.
/// - A power cycle asked for over the bus holds the output off for its time and clears faults.
/// - The fans follow the hot spot; an override can only add to that. A failed fan drives the other to full duty.
///
/// After a restart: silent and output off for the boot time, then a normal start. Settings and setpoint fall back to
/// the configuration, the clock to zero, faults and their count are cleared; the counters of input events and of bad
/// frames, and the total operating time, are kept.
public struct PowerSupply: StartableFirmware, Sendable {
    public typealias ProcessImage = PowerSupplyImage
    public typealias Outputs = PowerSupplyOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs: PowerSupplyOutputs
    public let configuration: PowerSupplyConfiguration

    var measured: PowerSupplyMeasurements
    var protection: PowerSupplyProtection
    var stage: PowerSupplyStage
    var settings: PowerSupplySettings
    var voltageSetpoint: Voltage
    var fanOverride: PerMille = .zero
    var fans: ConverterFans
    var sampleCount: Int64 = 0
    var hasLatched = false
    let calibration: PowerSupplyCalibration

    // The two requests of the setting register, until the next sample.
    var isClearAsked = false
    var isPowerCycleAsked = false
    /// The output stays off until then.
    var powerCycleEnd: Instant = .start
    var wasInputOK = true
    var isKilled = false

    var inputExtremes = Extremes()
    var busExtremes = Extremes()
    var busPeriod = Extremes()
    var lastBusPeriod = Extremes()
    var busPeriodEnd: Instant

    var powerCycleCount: Int64 = 0
    var outageCount: Int64 = 0
    var acLossCount: Int64 = 0
    var badFrameCount: Int64 = 0
    var clock: ClientClock
    var operatedBefore: Interval = .zero

    /// A supply that has booted before `now` and whose output is on.
    public init(
        _ configuration: PowerSupplyConfiguration, calibration: PowerSupplyCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(configuration.averages >= 1 && configuration.averages <= 1024)
        self.configuration = configuration
        self.calibration = calibration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        measured = PowerSupplyMeasurements(configuration, calibration)
        protection = PowerSupplyProtection(configuration.limits)
        stage = .running(since: now)
        fans = ConverterFans(configuration.fans)
        settings = configuration.settings
        voltageSetpoint = configuration.voltageSetpoint
        outputs = PowerSupplyOutputs(
            isOutputEnabled: true, voltageSetpoint: configuration.voltageSetpoint,
            fanDuty: configuration.fans.minimumDuty)
        busPeriodEnd = now + configuration.statisticsPeriod
        clock = ClientClock(runningSince: now)
    }

    /// The server saw a frame with a bad CRC on the bus.
    public mutating func countBadFrame() { badFrameCount += 1 }

    @inlinable
    public mutating func step(at now: Instant, sampling image: PowerSupplyImage) -> PowerSupplyOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        operatedBefore += lifetime.uptime
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        measured = PowerSupplyMeasurements(configuration, calibration)
        protection = PowerSupplyProtection(configuration.limits)
        stage = .off
        settings = configuration.settings
        voltageSetpoint = configuration.voltageSetpoint
        fanOverride = .zero
        fans = ConverterFans(configuration.fans)
        sampleCount = 0
        hasLatched = false
        (isClearAsked, isPowerCycleAsked) = (false, false)
        powerCycleEnd = now
        wasInputOK = true
        inputExtremes = Extremes()
        busExtremes = Extremes()
        busPeriod = Extremes()
        lastBusPeriod = Extremes()
        busPeriodEnd = lifetime.readyAt + configuration.statisticsPeriod
        clock = ClientClock(runningSince: now)
        outputs = PowerSupplyOutputs(
            isOutputEnabled: false, voltageSetpoint: voltageSetpoint, fanDuty: configuration.fans.minimumDuty)
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: PowerSupplyImage) {
        _ = lifetime.sampled(at: now)
        measured.sample(image)
        isKilled = image.isKillAsserted
        obeyRequests(at: now)
        protection.judgeInput(image, measured)
        followInput()
        protection.judgeOutput(image, measured, onSince: stage.onSince, at: now)
        gatherExtremes(at: now)
        sampleCount += 1
        // The first sample after a start is latched at once: no reader finds a supply that seems dead.
        if sampleCount >= configuration.averages || !hasLatched { latch(image, at: now) }
        stage = stage.next(
            at: now, mayRun: mayRun(at: now), isInputOK: protection.isInputOK, startDelay: configuration.startDelay)
        drive()
    }

    private func mayRun(at now: Instant) -> Bool {
        !protection.isTripped && !isKilled && now >= powerCycleEnd
            && measured.bulkVoltage.now >= configuration.limits.bulkMinimum.rawValue
    }

    /// The two bits of the setting register that act once.
    private mutating func obeyRequests(at now: Instant) {
        if isClearAsked || isPowerCycleAsked { protection.clearFaults() }
        if isPowerCycleAsked { powerCycleEnd = now + configuration.powerCycleTime }
        (isClearAsked, isPowerCycleAsked) = (false, false)
    }

    private mutating func followInput() {
        let isInputOK = protection.isInputOK
        if wasInputOK && !isInputOK { outageCount += 1 }
        if !wasInputOK && isInputOK {
            powerCycleCount += 1
            protection.clearFaults()
        }
        wasInputOK = isInputOK
    }

    private mutating func gatherExtremes(at now: Instant) {
        inputExtremes.take(measured.inputVoltage.now)
        let bus = measured.busVoltage.now
        busExtremes.take(bus)
        busPeriod.take(bus)
        guard now >= busPeriodEnd else { return }
        lastBusPeriod = busPeriod
        busPeriod = Extremes()
        busPeriodEnd = now + configuration.statisticsPeriod
    }

    private mutating func latch(_ image: PowerSupplyImage, at now: Instant) {
        measured.latch(image, count: sampleCount)
        sampleCount = 0
        hasLatched = true
        fans.judge(measured.fanSpeeds, at: outputs.fanDuty, now: now)
        protection.judgeTemperatures(measured, hasFanFailed: fans.hasFailed)
        outputs.fanDuty = fans.duty(for: measured.hotSpot, least: fanOverride)
    }

    private mutating func drive() {
        outputs.isOutputEnabled = stage.onSince != nil
        outputs.voltageSetpoint = voltageSetpoint
        let isLossAsserted = !protection.isInputOK || settings.contains(.forceACLoss)
        if isLossAsserted && !outputs.isACLossAsserted { acLossCount += 1 }
        outputs.isACLossAsserted = isLossAsserted
        outputs.forcesPulseManagement = settings.contains(.forcePulseManagement)
    }
}
