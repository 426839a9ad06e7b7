public import Units

/// The firmware of a tray's fan controller.
///
/// Purpose: drive the fans at the duty asked for, and cool the tray by itself when nobody asks, a fan stands still or
/// the board gets hot.
///
/// Inputs and how far to trust them: tachometers to their resolution, where zero means a fan that does not turn; the
/// board sensor, whose absence counts as hot. Writes are trusted once in range.
///
/// Intended behaviour. The duty is the greatest that any of these wants, reached by the configured slew:
/// - the command, and the minimum duty, always;
/// - the failsafe duty from when no accepted write came within the watchdog time until a duty is written again, while
///   the board is above its threshold, and while its sensor is lost;
/// - full duty while a fan is stalled: the others carry its share.
/// Safety reasons are not slewed upward.
///
/// After a restart: silent for the boot time with the fans at full duty (the driver's pulled-up input), then the
/// failsafe duty until a duty is written. Settings come back from flash, the duty command does not. Sticky bits are
/// gone but for `restarted`.
public struct FanController: StartableFirmware, Sendable {
    public typealias ProcessImage = FanControllerImage
    public typealias Outputs = FanControllerOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs: FanControllerOutputs
    public let configuration: FanControllerConfiguration

    let tachometer: AveragedChannel
    let sensor: AveragedChannel
    var fanSpeeds = InlineArray<16, RotationalSpeed>(repeating: .zero)
    var stalls = InlineArray<16, StallDetector>(repeating: StallDetector())
    var temperature: Temperature = .zero
    var isSensorLost = false
    var overTemperature: ThresholdAlarm
    var power: Power = .zero

    var settings: FanControllerSettings
    /// The default is the failsafe duty.
    var command: CommandWatch
    var stalledFans: UInt16 = 0
    var latchedStalls: UInt16 = 0
    var latchedFaults = FanControllerStatus()

    /// A controller that has booted before `now` and drives the configured duty.
    public init(
        _ configuration: FanControllerConfiguration, calibration: FanControllerCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(
            configuration.fanCount >= 1 && configuration.fanCount <= 16, "a fan controller drives 1 to 16 fans")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        settings = configuration.settings
        outputs = FanControllerOutputs(duty: max(settings.dutyCommand, settings.minimumDuty))
        tachometer = AveragedChannel(configuration.tachometerRange, inputUnitsPerReading: 1)
        sensor = AveragedChannel(
            configuration.temperatureRange, error: calibration.temperature, inputUnitsPerReading: 1)
        overTemperature = ThresholdAlarm(
            .above, settings.overTemperature.rawValue, hysteresis: configuration.temperatureHysteresis)
        command = CommandWatch(timeout: settings.watchdogTimeout, from: now)
    }

    @inlinable
    public mutating func step(at now: Instant, sampling image: FanControllerImage) -> FanControllerOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        fanSpeeds = InlineArray(repeating: .zero)
        stalls = InlineArray(repeating: StallDetector())
        (stalledFans, latchedStalls) = (0, 0)
        (temperature, power) = (.zero, .zero)
        isSensorLost = false
        overTemperature.clear()
        settings.dutyCommand = configuration.settings.dutyCommand
        command.restart(timeout: settings.watchdogTimeout, from: lifetime.readyAt)
        latchedFaults = .restarted
        outputs = FanControllerOutputs(duty: .whole)
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: FanControllerImage) {
        let periods = lifetime.sampled(at: now)
        if periods > 1 { latchedFaults.formUnion(.overrun) }
        readTachometers(image, at: now)
        var sensor = sensor
        sensor.take(image.boardTemperature.rawValue)
        temperature = Temperature(rawValue: sensor.now)
        isSensorLost = !image.isSensorPresent
        overTemperature.update(temperature.rawValue)
        expireWatchdogIfDue(at: now)
        outputs.duty = slewed(elapsed: configuration.samplePeriod * periods)
        latchedStalls |= stalledFans
        latchedFaults.formUnion(status.intersection(.sticky))
    }

    private mutating func readTachometers(_ image: FanControllerImage, at now: Instant) {
        let expected = configuration.maximumSpeed.scaled(by: outputs.duty)
        var tachometer = tachometer
        var total = Power.zero
        stalledFans = 0
        for fan in 0..<Int(configuration.fanCount) {
            tachometer.take(image.fanSpeeds[fan].rawValue)
            let speed = RotationalSpeed(rawValue: tachometer.now)
            fanSpeeds[fan] = speed
            stalls[fan].update(
                speed: speed, expected: expected, threshold: settings.stallThreshold, spinUp: configuration.spinUp,
                at: now)
            if stalls[fan].isStalled { stalledFans |= 1 << UInt16(fan) }
            total += powerOfFan(at: speed)
        }
        power = total
    }

    private func powerOfFan(at speed: RotationalSpeed) -> Power {
        // A disturbed tachometer may show any speed; beyond twice the greatest the estimate means nothing.
        let share = min(speed.rawValue * 1000 / configuration.maximumSpeed.rawValue, 2000)
        return configuration.idlePower
            + configuration.cubicPower.scaled(by: share * share * share, over: 1_000_000_000)
    }

    mutating func expireWatchdogIfDue(at now: Instant) {
        guard command.expires(at: now) else { return }
        latchedFaults.formUnion(.commsWatchdog)
    }

    var isFailsafe: Bool { command.isDefaultInForce || isSensorLost || overTemperature.isActive }

    /// The duty of this sample: towards the greatest that is wanted, safety at once.
    private func slewed(elapsed: Interval) -> PerMille {
        let wanted = max(settings.dutyCommand, settings.minimumDuty)
        let needed = stalledFans != 0 ? .whole : isFailsafe ? settings.failsafeDuty : PerMille.zero
        let present = outputs.duty
        if wanted >= present {
            return max(needed, Self.moved(present, to: wanted, perSecond: configuration.rise, elapsed))
        }
        let lower = max(wanted, min(needed, present))
        return max(needed, Self.moved(present, to: lower, perSecond: configuration.fall, elapsed))
    }

    private static func moved(
        _ present: PerMille, to target: PerMille, perSecond: PerMille, _ elapsed: Interval
    ) -> PerMille {
        guard perSecond > .zero else { return target }
        let step = perSecond.scaled(by: elapsed.milliseconds, over: 1000)
        return target > present ? min(target, present + step) : max(target, present - step)
    }
}
