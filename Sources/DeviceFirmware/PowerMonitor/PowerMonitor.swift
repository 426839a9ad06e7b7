public import Units

/// The firmware of a tray's power monitor: an MCU beside a hot-swap controller and a shunt.
///
/// Purpose: measure what the tray draws, and be the last and fastest guard of its power limit.
///
/// Inputs and how far to trust them: bus voltage and shunt current as an INA228-class converter sees them, good to
/// gain and offset error (`PowerMonitorCalibration`) and to the ends of their ranges, where `saturated` says that the
/// true value may be larger. Writes are trusted once in range and, for settings, unlocked by the write key.
///
/// Intended behaviour:
/// - Each sample converts voltage and current. A single sample whose power is above the limit in force asserts the
///   brake with that very step; the brake is let go when power has stayed at or below the limit less hysteresis for
///   the hold time. The bus can ask for the brake besides; neither reason releases the other's.
/// - Each averaging window latches voltage, current, power and temperature and judges the alarm thresholds by them.
/// - When no accepted write came within the watchdog time, the default limit takes over until the limit is written
///   again: a controller that only comes back to read has not taken charge.
/// - A step that missed samples takes one; its power stands for the time missed in the energy count.
///
/// After a restart: silent for the boot time, brake released, readings, energy and peak gone, settings locked, sticky
/// bits cleared but for `restarted`. Thresholds, default limit and watchdog time come back from flash. The power limit
/// does not: the default limit is in force until a limit is written.
public struct PowerMonitor: StartableFirmware, Sendable {
    public typealias ProcessImage = PowerMonitorImage
    public typealias Outputs = PowerMonitorOutputs

    public internal(set) var lifetime: DeviceLifetime
    @usableFromInline var outputs = PowerMonitorOutputs()
    public let configuration: PowerMonitorConfiguration

    var voltage: AveragedChannel
    var current: AveragedChannel
    let temperatureConverter: AveragedChannel
    var temperature: Temperature = .zero
    var power: Power = .zero
    var reckoning: PowerReckoning
    var productSum: Int64 = 0
    var sampleCount: Int64 = 0
    var peakProduct: Int64 = 0
    var hasSaturated = false

    var settings: PowerMonitorSettings
    var powerLimit: Power
    var isUnlocked = false
    var isBrakeCommanded = false
    var command: CommandWatch
    var reflex: BrakeReflex
    var alarms: PowerMonitorAlarms
    var status = PowerMonitorStatus()
    var latchedFaults = PowerMonitorStatus()

    /// A monitor that has booted before `now` and takes its first sample then, the configured limit in force.
    public init(
        _ configuration: PowerMonitorConfiguration, calibration: PowerMonitorCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(
            configuration.averages >= 1 && configuration.averages <= 1024, "an average takes 1 to 1024 samples")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        voltage = AveragedChannel(configuration.busRange, error: calibration.voltage)
        current = AveragedChannel(configuration.currentConverterRange, error: calibration.current)
        temperatureConverter = AveragedChannel(
            configuration.temperatureRange, error: calibration.temperature, inputUnitsPerReading: 1)
        reckoning = PowerReckoning(
            voltageStep: configuration.busRange.step, currentStep: configuration.currentConverterRange.step,
            samplePeriod: configuration.samplePeriod)
        settings = configuration.settings
        powerLimit = configuration.powerLimit
        command = CommandWatch(timeout: settings.watchdogTimeout, from: now)
        reflex = BrakeReflex(hold: configuration.brakeHold)
        alarms = PowerMonitorAlarms(settings)
        armReflex()
    }

    @inlinable
    public mutating func step(at now: Instant, sampling image: PowerMonitorImage) -> PowerMonitorOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        sample(at: now, image)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        voltage.clear()
        current.clear()
        reckoning.clear()
        (temperature, power) = (.zero, .zero)
        (productSum, sampleCount, peakProduct) = (0, 0, 0)
        hasSaturated = false
        isUnlocked = false
        isBrakeCommanded = false
        powerLimit = configuration.powerLimit
        command.restart(timeout: settings.watchdogTimeout, from: lifetime.readyAt)
        reflex = BrakeReflex(hold: configuration.brakeHold)
        alarms = PowerMonitorAlarms(settings)
        status = .defaultLimit
        latchedFaults = .restarted
        outputs = PowerMonitorOutputs(alert: true)
        armReflex()
    }

    /// The limit that the reflex holds.
    public var limitInForce: Power { command.isDefaultInForce ? settings.defaultPowerLimit : powerLimit }

    /// Once per sample period: no division on this path but at the end of a window.
    @usableFromInline
    mutating func sample(at now: Instant, _ image: PowerMonitorImage) {
        let periods = lifetime.sampled(at: now)
        let voltageCode = voltage.take(image.busMicrovolts)
        let currentCode = current.take(image.currentMicroamperes)
        let product = voltageCode &* currentCode
        productSum &+= product
        if product > peakProduct { peakProduct = product }
        if voltage.converter.isSaturated(voltageCode) || current.converter.isSaturated(currentCode) {
            hasSaturated = true
        }
        if periods > 1 {
            reckoning.add(product, periods: periods - 1)
            latchedFaults.formUnion(.overrun)
        }
        expireWatchdogIfDue(at: now)
        reflex.judge(product, at: now)
        if image.isBrakeLinePulled != status.contains(.brakeLine) { status.set(.brakeLine, image.isBrakeLinePulled) }
        sampleCount &+= 1
        if sampleCount >= configuration.averages { latch(image.boardTemperature) }
        driveLines()
    }

    /// The end of an averaging window.
    private mutating func latch(_ boardTemperature: Temperature) {
        voltage.latch(count: sampleCount)
        current.latch(count: sampleCount)
        power = reckoning.power(ofSum: productSum, count: sampleCount)
        reckoning.add(sum: productSum)
        var sensor = temperatureConverter
        sensor.take(boardTemperature.rawValue)
        temperature = Temperature(rawValue: sensor.now)
        alarms.update(
            voltage: voltage.reading, current: current.reading, power: power.rawValue, temperature: sensor.now)
        alarms.report(in: &status)
        status.set(.saturated, hasSaturated)
        latchedFaults.formUnion(status.intersection(.sticky))
        (productSum, sampleCount) = (0, 0)
        hasSaturated = false
    }

    private mutating func driveLines() {
        let brake = reflex.isBraking || isBrakeCommanded
        if brake != outputs.brake || reflex.isBraking != status.contains(.overLimit) {
            status.set(.powerBrake, brake)
            status.set(.overLimit, reflex.isBraking)
            if reflex.isBraking { latchedFaults.formUnion(.overLimit) }
            outputs.brake = brake
        }
        outputs.alert = !latchedFaults.isEmpty
    }

    mutating func expireWatchdogIfDue(at now: Instant) {
        guard command.expires(at: now) else { return }
        status.formUnion(PowerMonitorStatus.commsWatchdog.union(.defaultLimit))
        latchedFaults.formUnion(.commsWatchdog)
        armReflex()
    }

    /// Sets the reflex to the limit now in force.
    mutating func armReflex() {
        let limit = limitInForce
        let release = limit - limit.scaled(by: settings.hysteresis)
        reflex.arm(tripAbove: reckoning.product(of: limit), releaseAt: reckoning.product(of: release))
        status.set(.defaultLimit, command.isDefaultInForce)
    }
}
