public import Units

/// The firmware of a power tether: the unit at this rack's end of a DC cable from another rack's busbar.
///
/// Purpose: feed this rack's busbar from another rack, say what comes over the cable and what of it arrives, and let go of the
/// cable before a plug, the converter or the busbar comes to harm.
///
/// Inputs and how far to trust them: voltages and currents to the converters' steps and errors; the input current is checked
/// against the output, since no converter gives more than it takes. What the sense pair says of the far end warns only:
/// the voltage at the terminals is what the converter runs on. The terminals' temperature is believed, for a worn plug
/// shows nowhere else. A failure report of the converter is final until cleared; a tachometer that reads zero is a failed
/// fan. Writes are trusted in range and taken only while write enable is set; the clock may always be set.
///
/// Intended behaviour:
/// - A good input closes the input relay after the plug delay; the output comes on a start delay later, and shares the
///   busbar's current with the rack's supplies.
/// - A bad input opens the relay with the same sample. There is no hold-up and nobody is told but by the registers.
/// - Over-voltage, a short circuit, lasting over-current, hot terminals, a hot converter or a failed one latch the output off
///   and the relay open until the faults are cleared by the setting register or by the return of a lost input.
/// - An output that falls below its limit by itself is switched off and tried again after the retry delay.
/// - Remote off does the same for as long as it is set, and latches nothing.
/// - The fans follow the hot spot; a failed fan drives the other to full duty.
///
/// After a restart: silent, relay open and output off for the boot time, then a normal start. Settings fall back to the
/// configuration, the clock to zero, faults and their count are cleared; the counters of input events and of bad frames, and
/// the total operating time, are kept.
///
/// Its map is public, and no data sheet: there is no figure to hold its timing, its limits or its efficiency against.
public struct PowerTether: StartableFirmware, Sendable {
    public typealias ProcessImage = PowerTetherImage
    public typealias Outputs = PowerTetherOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs: PowerTetherOutputs
    public let configuration: PowerTetherConfiguration

    var measured: PowerTetherMeasurements
    var protection: PowerTetherProtection
    var stage: PowerTetherStage
    var settings: PowerTetherSettings
    var fans: ConverterFans
    var sampleCount: Int64 = 0
    var hasLatched = false
    let calibration: PowerTetherCalibration
    /// Of the setting register, until the next sample.
    var isClearAsked = false
    /// After the output fell by itself it stays off until then.
    var retryAt: Instant = .start
    var wasInputOK = true

    var powerCycleCount: Int64 = 0
    var badFrameCount: Int64 = 0
    var clock: ClientClock
    var operatedBefore: Interval = .zero

    /// A tether that has booted before `now` and whose output is on.
    public init(
        _ configuration: PowerTetherConfiguration, calibration: PowerTetherCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(configuration.averages >= 1 && configuration.averages <= 1024)
        self.configuration = configuration
        self.calibration = calibration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        measured = PowerTetherMeasurements(configuration, calibration)
        protection = PowerTetherProtection(configuration.limits)
        stage = .running(since: now)
        fans = ConverterFans(configuration.fans)
        settings = configuration.settings
        outputs = PowerTetherOutputs(
            isRelayClosed: true, isOutputEnabled: true, fanDuty: configuration.fans.minimumDuty)
        clock = ClientClock(runningSince: now)
    }

    /// The server saw a frame with a bad CRC on the bus.
    public mutating func countBadFrame() { badFrameCount += 1 }

    @inlinable
    public mutating func step(at now: Instant, sampling image: PowerTetherImage) -> PowerTetherOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        operatedBefore += lifetime.uptime
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        measured = PowerTetherMeasurements(configuration, calibration)
        protection = PowerTetherProtection(configuration.limits)
        stage = .open
        settings = configuration.settings
        fans = ConverterFans(configuration.fans)
        sampleCount = 0
        hasLatched = false
        isClearAsked = false
        retryAt = now
        wasInputOK = true
        clock = ClientClock(runningSince: now)
        outputs = PowerTetherOutputs(
            isRelayClosed: false, isOutputEnabled: false, fanDuty: configuration.fans.minimumDuty)
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: PowerTetherImage) {
        _ = lifetime.sampled(at: now)
        measured.sample(image)
        if isClearAsked { protection.clearFaults() }
        isClearAsked = false
        protection.judgeInput(image, measured, relayIsClosed: stage.isRelayClosed)
        followInput()
        protection.judgeOutput(image, measured, onSince: stage.onSince, at: now)
        // With a lost input the output falls for a known reason, and comes back with it.
        if stage.onSince != nil, protection.isInputOK, protection.isOutputUnder {
            retryAt = now + configuration.retryDelay
        }
        sampleCount += 1
        // The first sample after a start is latched at once: no reader finds a unit that seems dead.
        if sampleCount >= configuration.averages || !hasLatched { latch(image, at: now) }
        stage = stage.next(
            at: now, mayRun: mayRun(at: now), plugDelay: configuration.plugDelay,
            startDelay: configuration.startDelay)
        outputs.isRelayClosed = stage.isRelayClosed
        outputs.isOutputEnabled = stage.onSince != nil
    }

    private func mayRun(at now: Instant) -> Bool {
        protection.isInputOK && !protection.isTripped && !settings.contains(.remoteOff) && now >= retryAt
    }

    private mutating func followInput() {
        let isInputOK = protection.isInputOK
        if !wasInputOK && isInputOK {
            powerCycleCount += 1
            protection.clearFaults()
        }
        wasInputOK = isInputOK
    }

    private mutating func latch(_ image: PowerTetherImage, at now: Instant) {
        measured.latch(image, count: sampleCount)
        sampleCount = 0
        hasLatched = true
        fans.judge(measured.fanSpeeds, at: stage.onSince != nil ? outputs.fanDuty : .zero, now: now)
        protection.judgeTemperatures(measured, hasFanFailed: fans.hasFailed)
        outputs.fanDuty = fans.duty(for: measured.hotSpot)
    }
}
