public import Units

/// The firmware of a busbar meter: an MCU beside the rack's own shunt.
///
/// Purpose: say what the whole rack takes, independently of what its trays say of themselves; and how much that is on
/// average over a demand period, which is what is paid for and what a feed's breaker feels.
///
/// Inputs and how far to trust them: bus voltage and shunt current to the converter's gain error and to the ends of its
/// range, where `saturated` says so. Writes are trusted once in range. It has no controller to wait for: no watchdog.
///
/// Intended behaviour:
/// - Each sample converts both; the extremes of voltage are those of single samples.
/// - Each averaging window latches voltage, current and power and judges the alarm thresholds by them.
/// - Each demand period that is over yields a demand: the mean of its samples. A new period length begins a new one.
/// - A step that missed samples takes one; it stands for the time missed in energy and demand.
///
/// After a restart: silent for the boot time; readings, energy, demands and extremes are gone, sticky bits too but for
/// `restarted`. Thresholds and the demand period come back from flash.
public struct BusbarMeter: StartableFirmware, Sendable {
    public typealias ProcessImage = BusbarMeterImage
    public typealias Outputs = BusbarMeterOutputs

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: BusbarMeterConfiguration

    var voltage: AveragedChannel
    var current: AveragedChannel
    var reckoning: PowerReckoning
    var power = Power.zero
    var peakPower = Power.zero
    var voltages = Extremes()
    private var productSum: Int64 = 0
    private var sampleCount: Int64 = 0
    private var hasSaturated = false

    var demand = Power.zero
    var peakDemand = Power.zero
    /// When the running demand period ends, and the energy at its beginning.
    private var demandEndsAt: Instant
    private var demandBeganAt: Instant
    private var demandBeganWith = Energy.zero

    var settings: BusbarMeterSettings
    var overPower: ThresholdAlarm
    var underVoltage: ThresholdAlarm
    var overVoltage: ThresholdAlarm
    var status = BusbarMeterStatus()
    var latchedFaults = BusbarMeterStatus()

    /// A meter that has booted before `now` and takes its first sample then.
    public init(
        _ configuration: BusbarMeterConfiguration, calibration: PowerMonitorCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(
            configuration.averages >= 1 && configuration.averages <= 1024, "an average takes 1 to 1024 samples")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        let currentRange = configuration.converter.currentRange(shuntMicroohms: configuration.shuntMicroohms)
        voltage = AveragedChannel(configuration.converter.bus, error: calibration.voltage)
        current = AveragedChannel(currentRange, error: calibration.current)
        reckoning = PowerReckoning(
            voltageStep: configuration.converter.bus.step, currentStep: currentRange.step,
            samplePeriod: configuration.samplePeriod)
        settings = configuration.settings
        let share = settings.hysteresis
        overPower = ThresholdAlarm(.above, settings.overPower.rawValue, hysteresis: share)
        underVoltage = ThresholdAlarm(.below, settings.underVoltage.rawValue, hysteresis: share)
        overVoltage = ThresholdAlarm(.above, settings.overVoltage.rawValue, hysteresis: share)
        demandBeganAt = now
        demandEndsAt = now + .seconds(settings.demandPeriod)
    }

    public mutating func step(at now: Instant, sampling image: BusbarMeterImage) -> BusbarMeterOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        if now >= demandEndsAt { closeDemand(at: now) }
        let periods = lifetime.sampled(at: now)
        let voltageCode = voltage.take(image.busMicrovolts)
        let currentCode = current.take(image.currentMicroamperes)
        let product = voltageCode &* currentCode
        voltages.take(voltage.now)
        productSum &+= product
        sampleCount &+= 1
        if voltage.converter.isSaturated(voltageCode) || current.converter.isSaturated(currentCode) {
            hasSaturated = true
        }
        if periods > 1 {
            reckoning.add(product, periods: periods - 1)
            latchedFaults.formUnion(.overrun)
        }
        reckoning.add(sum: product)
        if sampleCount >= configuration.averages { latch() }
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        voltage.clear()
        current.clear()
        reckoning.clear()
        voltages = Extremes()
        (power, peakPower, demand, peakDemand) = (.zero, .zero, .zero, .zero)
        (productSum, sampleCount, hasSaturated) = (0, 0, false)
        overPower.clear()
        underVoltage.clear()
        overVoltage.clear()
        status = BusbarMeterStatus()
        latchedFaults = .restarted
        beginDemand(at: lifetime.readyAt)
    }

    private var outputs: BusbarMeterOutputs { BusbarMeterOutputs(alert: !latchedFaults.isEmpty) }

    /// The end of an averaging window.
    private mutating func latch() {
        voltage.latch(count: sampleCount)
        current.latch(count: sampleCount)
        power = reckoning.power(ofSum: productSum, count: sampleCount)
        peakPower = max(peakPower, power)
        overPower.update(power.rawValue)
        underVoltage.update(voltage.reading)
        overVoltage.update(voltage.reading)
        status.set(.overPower, overPower.isActive)
        status.set(.underVoltage, underVoltage.isActive)
        status.set(.overVoltage, overVoltage.isActive)
        status.set(.saturated, hasSaturated)
        latchedFaults.formUnion(status.intersection(.sticky))
        (productSum, sampleCount, hasSaturated) = (0, 0, false)
    }

    private mutating func closeDemand(at now: Instant) {
        let milliseconds = max(1, (now - demandBeganAt).milliseconds)
        let taken = reckoning.energy - demandBeganWith
        demand = Power(rawValue: taken.rawValue * 1000 / milliseconds)
        peakDemand = max(peakDemand, demand)
        beginDemand(at: now)
    }

    mutating func beginDemand(at now: Instant) {
        demandBeganAt = now
        demandBeganWith = reckoning.energy
        demandEndsAt = now + .seconds(settings.demandPeriod)
    }
}
