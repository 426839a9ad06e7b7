public import Units

/// The firmware of a tray's baseboard management controller (BMC).
///
/// Purpose: report the tray's power and temperatures, and keep the tray under a power limit by limiting its
/// accelerators. Reading and limit follow the DCMI power-management contract.
///
/// Inputs and how far to trust them: tray and host power in whole watts with their sensors' errors; accelerators
/// report their own power and temperature, and the temperature sensors are believed. Writes are trusted once in range.
///
/// Intended behaviour:
/// - Each sample shares the enforced limit out: what remains of it beside the rest of the tray, as measured now, and
///   an allowance for the fans is divided equally among the accelerators, within what they accept. A lower share is
///   given at once, a higher one at a limited rise where one is configured.
/// - Power above the limit (plus tolerance) for longer than the correction time is an exception: the tray is switched
///   off, or a sticky bit logs it, or nothing, as set.
/// - When no accepted write came within the watchdog time, the default limit is enforced, whether or not a limit was
///   active, until a limit is written again.
///
/// After a restart: silent for the boot time; the host keeps running as it was (power state and accelerator limits are
/// held by the power sequencer and the accelerators). Settings come back from flash, except the power limit: the
/// default limit is enforced until a limit is written. Statistics and sticky bits are gone but for `restarted`.
public struct Baseboard: StartableFirmware, Sendable {
    public typealias ProcessImage = BaseboardImage
    public typealias Outputs = BaseboardOutputs

    public internal(set) var lifetime: DeviceLifetime
    var command: CommandWatch
    @usableFromInline var outputs: BaseboardOutputs
    public let configuration: BaseboardConfiguration

    var trayPower: AveragedChannel
    var hostPower: AveragedChannel
    let acceleratorPower: AveragedChannel
    var acceleratorPowers = InlineArray<16, Power>(repeating: .zero)
    /// Of the last sample.
    var acceleratorTotal = Power.zero
    var acceleratorTemperatures = InlineArray<16, Temperature>(repeating: .zero)
    var inletTemperature: Temperature = .zero
    var outletTemperature: Temperature = .zero
    var hostTemperature: Temperature = .zero
    var statistics = PowerStatistics()

    var settings: BaseboardSettings
    var isPowerOn = true
    var hasExceptionOff = false
    var enforcement = LimitEnforcement()
    var alarms: BaseboardAlarms
    var isAtFloor = false
    var latchedFaults = BaseboardStatus()

    /// A BMC that has booted before `now`, its tray on.
    public init(
        _ configuration: BaseboardConfiguration, calibration: BaseboardCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(configuration.acceleratorCount <= 16, "a BMC knows 16 accelerators at most")
        precondition(configuration.limitFloor <= configuration.limitCeiling)
        precondition(configuration.acceleratorMinimumLimit <= configuration.acceleratorRatedPower)
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        settings = configuration.settings
        command = CommandWatch(timeout: settings.watchdogTimeout, from: now)
        outputs = BaseboardOutputs(isPowerOn: true, acceleratorLimit: configuration.acceleratorRatedPower)
        trayPower = AveragedChannel(
            configuration.powerRange, error: calibration.trayPower, inputUnitsPerReading: 1)
        hostPower = AveragedChannel(
            configuration.powerRange, error: calibration.hostPower, inputUnitsPerReading: 1)
        acceleratorPower = AveragedChannel(
            configuration.acceleratorPowerRange, error: calibration.acceleratorPower, inputUnitsPerReading: 1)
        alarms = BaseboardAlarms(configuration)
    }

    @inlinable
    public mutating func step(at now: Instant, sampling image: BaseboardImage) -> BaseboardOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        trayPower.clear()
        hostPower.clear()
        acceleratorPowers = InlineArray(repeating: .zero)
        acceleratorTemperatures = InlineArray(repeating: .zero)
        (inletTemperature, outletTemperature, hostTemperature) = (.zero, .zero, .zero)
        statistics = PowerStatistics()
        settings.powerLimit = configuration.settings.powerLimit
        command.restart(timeout: settings.watchdogTimeout, from: lifetime.readyAt)
        enforcement = LimitEnforcement()
        alarms = BaseboardAlarms(configuration)
        latchedFaults = .restarted
    }

    /// Its input is back after an outage: main power is as the restore policy has it, as after IPMI's Set Power Restore
    /// Policy.
    public mutating func powerUp(at now: Instant) {
        restart(at: now)
        isPowerOn = configuration.restoresPower
        outputs.isPowerOn = isPowerOn
        hasExceptionOff = false
    }

    /// Whether main power went off because the limit was exceeded for too long.
    public var isOffByException: Bool { hasExceptionOff }

    /// Whether any limit is enforced.
    public var isLimitEnforced: Bool { command.isDefaultInForce || settings.isLimitActive }

    /// The cap now enforced; the ceiling while none is.
    public var appliedLimit: Power {
        if command.isDefaultInForce { return settings.defaultLimit }
        return settings.isLimitActive ? settings.powerLimit : configuration.limitCeiling
    }

    @usableFromInline
    mutating func sample(at now: Instant, _ image: BaseboardImage) {
        let periods = lifetime.sampled(at: now)
        if periods > 1 { latchedFaults.formUnion(.overrun) }
        readSensors(image)
        expireWatchdogIfDue(at: now)
        enforce(at: now)
        shareOut(elapsed: configuration.samplePeriod * periods)
        outputs.isPowerOn = isPowerOn
        latchedFaults.formUnion(status.intersection(.sticky))
    }

    private mutating func readSensors(_ image: BaseboardImage) {
        trayPower.take(image.trayPower.rawValue)
        hostPower.take(image.hostPower.rawValue)
        let window = max(settings.samplingPeriod.rawValue / configuration.samplePeriod.rawValue, 1)
        statistics.take(Power(rawValue: trayPower.now), window: window)
        var hottest = Temperature.zero
        var sensor = acceleratorPower
        acceleratorTotal = .zero
        for index in 0..<Int(configuration.acceleratorCount) {
            sensor.take(image.acceleratorPowers[index].rawValue)
            acceleratorPowers[index] = Power(rawValue: sensor.now)
            acceleratorTotal += acceleratorPowers[index]
            acceleratorTemperatures[index] = image.acceleratorTemperatures[index]
            hottest = max(hottest, acceleratorTemperatures[index])
        }
        inletTemperature = image.inletTemperature
        outletTemperature = image.outletTemperature
        hostTemperature = image.hostTemperature
        alarms.update(
            accelerator: hottest, inlet: inletTemperature, outlet: outletTemperature, host: hostTemperature)
    }

    mutating func expireWatchdogIfDue(at now: Instant) {
        guard command.expires(at: now) else { return }
        latchedFaults.formUnion(.commsWatchdog)
    }

    private mutating func enforce(at now: Instant) {
        let limit = appliedLimit + appliedLimit.scaled(by: configuration.limitTolerance)
        let isOverdue = enforcement.judge(
            Power(rawValue: trayPower.now), limit: limit, isEnforced: isLimitEnforced && isPowerOn,
            correctionTime: settings.correctionTime, at: now)
        guard isOverdue else { return }
        switch settings.exceptionAction {
        case .nothing: break
        case .logOnly: latchedFaults.formUnion(.limitExceeded)
        case .powerOff:
            isPowerOn = false
            hasExceptionOff = true
            latchedFaults.formUnion(BaseboardStatus.limitExceeded.union(.exceptionPowerOff))
        }
    }

    /// Divides the enforced limit among the accelerators.
    private mutating func shareOut(elapsed: Interval) {
        let wanted = acceleratorShare
        let present = outputs.acceleratorLimit
        guard wanted > present && configuration.limitRise > .zero else {
            outputs.acceleratorLimit = wanted
            return
        }
        let rise = configuration.limitRise.scaled(by: elapsed.milliseconds, over: 1000)
        outputs.acceleratorLimit = min(wanted, present + rise)
    }

    private var acceleratorShare: Power {
        mutating get {
            let lowest = configuration.acceleratorMinimumLimit
            let highest = configuration.acceleratorRatedPower
            let count = Int64(configuration.acceleratorCount)
            isAtFloor = false
            guard isLimitEnforced && count > 0 else { return highest }
            // Everything but the accelerators, as measured now: host, fans, losses.
            let rest = max(Power(rawValue: hostPower.now), Power(rawValue: trayPower.now) - acceleratorTotal)
            let share = (appliedLimit - rest - configuration.fanPowerAllowance) / count
            isAtFloor = share <= lowest
            return share.clamped(to: lowest...highest)
        }
    }
}
