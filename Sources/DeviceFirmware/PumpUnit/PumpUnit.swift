public import Units

/// The firmware of a rack's pump unit.
///
/// Purpose: keep coolant flowing through the trays at the duty asked for and at the supply temperature set, carry on by
/// itself when nobody asks or a pump dies, and stop before its pumps run dry.
///
///                    ┌──────── button let go and no stop asked ◀───────┐
///     booting ──▶ running ──button pressed, or stop asked──▶ stopped ──┘
///                  │  ▲
///     level ≤ dry  ▼  │  level ≥ low
///                   dry
///
/// Running, the duty is the greatest that any of these wants, reached by the configured slew:
/// - the command, and the minimum duty, always;
/// - the failsafe duty from when no accepted write came within the watchdog time until a duty is written again;
/// - full duty while a pump is stalled or locked out: the others carry its share. Safety reasons are not slewed upward.
/// A pump that stalls for longer than its run-up is locked out until it is reset. Branches are shut and opened as asked,
/// running or not.
///
/// Inputs and how far to trust them: tachometers to their resolution, where zero means a pump that does not turn; leak
/// ropes and the button at once, since they are hardware lines; the supply thermometer to its accuracy: without it the
/// valve is driven open. Writes are trusted once in range.
///
/// After a restart: silent for the boot time with pumps and valve as they were driven last (their drives hold); then the
/// failsafe duty until a duty is written. Settings come back from flash, shut branches too; the duty command, lock-outs
/// and a stop that was asked do not. Sticky bits are gone but for `restarted`; latched leaks stay: they are history that
/// somebody must see.
///
/// Published are its map and, for units of its kind, the flow per kilowatt, which a test holds; no pump curve and no timing.
public struct PumpUnit: StartableFirmware, Sendable {
    public typealias ProcessImage = PumpUnitImage
    public typealias Outputs = PumpUnitOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs: PumpUnitOutputs
    public let configuration: PumpUnitConfiguration

    var image = PumpUnitImage()
    var stalls = InlineArray<4, StallDetector>(repeating: StallDetector())
    var stalledPumps: UInt16 = 0
    var lockedPumps: UInt16 = 0
    var valve: ValveLoop
    var valveAstraySince = Instant.never
    var isValveStuck = false
    var lowLevel: ThresholdAlarm
    var warmSupply: ThresholdAlarm
    var isDry = false
    var isBlocked = false
    var settings: PumpUnitSettings
    var control = PumpUnitControl()
    /// The default is the failsafe duty.
    var command: CommandWatch
    var latchedLeaks = PumpUnitLeaks()
    var latchedFaults = PumpUnitStatus()

    /// A unit that has booted before `now` and drives the configured duty.
    public init(_ configuration: PumpUnitConfiguration, runningSince now: Instant = .start) {
        precondition(configuration.pumpCount >= 1 && configuration.pumpCount <= 4, "a pump unit has 1 to 4 pumps")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        settings = configuration.settings
        valve = ValveLoop(at: .percent(60))
        outputs = PumpUnitOutputs(
            duty: max(settings.dutyCommand, settings.minimumDuty), valve: valve.command,
            shutBranches: settings.shutBranches)
        lowLevel = ThresholdAlarm(.below, settings.lowLevel.rawValue, hysteresis: configuration.hysteresis)
        warmSupply = ThresholdAlarm(.above, settings.supplyThreshold.rawValue, hysteresis: configuration.hysteresis)
        command = CommandWatch(timeout: settings.watchdogTimeout, from: now)
    }

    @inlinable
    public mutating func step(at now: Instant, sampling image: PumpUnitImage) -> PumpUnitOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        image = PumpUnitImage()
        stalls = InlineArray(repeating: StallDetector())
        (stalledPumps, lockedPumps) = (0, 0)
        (isDry, isBlocked, isValveStuck) = (false, false, false)
        valveAstraySince = .never
        valve = ValveLoop(at: outputs.valve)
        lowLevel.clear()
        warmSupply.clear()
        settings.dutyCommand = configuration.settings.dutyCommand
        control = PumpUnitControl()
        command.restart(timeout: settings.watchdogTimeout, from: lifetime.readyAt)
        latchedFaults = .restarted
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: PumpUnitImage) {
        let periods = lifetime.sampled(at: now)
        if periods > 1 { latchedFaults.formUnion(.overrun) }
        self.image = image
        // A broken transducer may show anything; beyond a kelvin's million nothing is meant.
        self.image.supplyTemperature = image.supplyTemperature.clamped(to: PumpUnit.readable)
        watchPumps(at: now)
        watchCoolant()
        driveValve(at: now)
        expireWatchdogIfDue(at: now)
        outputs.duty = driven(elapsed: configuration.samplePeriod * periods)
        outputs.lockedPumps = lockedPumps
        outputs.shutBranches = settings.shutBranches
        latchedLeaks.formUnion(image.leaks)
        latchedFaults.formUnion(status.intersection(.sticky))
    }

    private static var readable: ClosedRange<Temperature> { .degrees(-100)...Temperature.degrees(200) }

    private mutating func watchPumps(at now: Instant) {
        let expected = configuration.maximumSpeed.scaled(by: outputs.duty)
        stalledPumps = 0
        for pump in 0..<Int(configuration.pumpCount) {
            let isLocked = lockedPumps & 1 << UInt16(pump) != 0
            stalls[pump].update(
                speed: isLocked ? expected : image.pumpSpeeds[pump].clamped(to: .zero ... .rpm(1_000_000)),
                expected: expected, threshold: settings.stallThreshold, spinUp: configuration.spinUp, at: now)
            if stalls[pump].isStalled { stalledPumps |= 1 << UInt16(pump) }
        }
        // The last pump is never locked out: it may as well go on trying.
        let all = UInt16(1) << UInt16(configuration.pumpCount) - 1
        if lockedPumps | stalledPumps != all { lockedPumps |= stalledPumps }
    }

    private mutating func watchCoolant() {
        lowLevel.update(image.level.rawValue)
        warmSupply.update(image.supplyTemperature.rawValue)
        if image.level <= settings.dryLevel { isDry = true }
        if image.level >= settings.lowLevel { isDry = false }
        isBlocked =
            outputs.duty >= settings.minimumDuty && outputs.duty > .zero && image.flow < configuration.blockedFlow
    }

    private mutating func driveValve(at now: Instant) {
        if image.isSensorPresent {
            valve.step(
                supply: image.supplyTemperature, setpoint: settings.supplySetpoint, configuration, at: now)
        } else {
            valve.open()
        }
        outputs.valve = valve.command
        let astray = image.valvePosition.clamped(to: .zero ... .whole) - outputs.valve
        guard max(astray, -astray) > configuration.valveTolerance else {
            valveAstraySince = .never
            isValveStuck = false
            return
        }
        if valveAstraySince == .never { valveAstraySince = now }
        if now - valveAstraySince > configuration.valvePatience { isValveStuck = true }
    }

    mutating func expireWatchdogIfDue(at now: Instant) {
        guard command.expires(at: now) else { return }
        latchedFaults.formUnion(.commsWatchdog)
    }

    var isStopped: Bool { image.isEmergencyPressed || control.contains(.stop) }
    var hasFailedPump: Bool { lockedPumps | stalledPumps != 0 }

    /// The duty of this sample: towards the greatest that is wanted, safety at once.
    private func driven(elapsed: Interval) -> PerMille {
        if isStopped || isDry { return .zero }
        let wanted = max(settings.dutyCommand, settings.minimumDuty)
        let needed = hasFailedPump ? .whole : command.isDefaultInForce ? settings.failsafeDuty : PerMille.zero
        let goal = max(wanted, needed)
        let present = outputs.duty
        if goal >= present {
            return max(needed, min(goal, present + configuration.rise.scaled(by: elapsed.milliseconds, over: 1000)))
        }
        return max(goal, present - configuration.fall.scaled(by: elapsed.milliseconds, over: 1000))
    }
}
