import Units

/// One channel of a shunt monitor: its conversions, its accumulator and its two thresholds.
struct ShuntChannel: Sendable {
    var voltage: AveragedChannel
    var current: AveragedChannel
    /// Running accumulator, and what was latched of it last.
    private var accumulator: PowerReckoning
    private(set) var latchedEnergy = Energy.zero
    private(set) var power = Power.zero
    private var productSum: Int64 = 0
    private(set) var critical: ThresholdAlarm
    private(set) var warning: ThresholdAlarm

    init(_ configuration: ShuntMonitorConfiguration, calibration: PowerMonitorCalibration) {
        let currentRange = configuration.converter.currentRange(shuntMicroohms: configuration.shuntMicroohms)
        voltage = AveragedChannel(configuration.converter.bus, error: calibration.voltage)
        current = AveragedChannel(currentRange, error: calibration.current)
        accumulator = PowerReckoning(
            voltageStep: configuration.converter.bus.step, currentStep: currentRange.step,
            samplePeriod: configuration.samplePeriod)
        critical = ThresholdAlarm(
            .above, configuration.criticalThreshold.rawValue, hysteresis: configuration.hysteresis)
        warning = ThresholdAlarm(
            .above, configuration.warningThreshold.rawValue, hysteresis: configuration.hysteresis)
    }

    /// Converts once; true when a converter stood at its end. `samples`: for how many it counts in the accumulator.
    mutating func sample(microvolts: Int64, microamperes: Int64, samples: Int64) -> Bool {
        let voltageCode = voltage.take(microvolts)
        let currentCode = current.take(microamperes)
        let product = voltageCode &* currentCode
        productSum &+= product
        if samples > 0 { accumulator.add(product, periods: samples) }
        critical.update(current.now)
        return voltage.converter.isSaturated(voltageCode) || current.converter.isSaturated(currentCode)
    }

    mutating func latchReading(count: Int64) {
        voltage.latch(count: count)
        current.latch(count: count)
        power = accumulator.power(ofSum: productSum, count: count)
        productSum = 0
        warning.update(current.reading)
    }

    mutating func latchEnergy() {
        latchedEnergy = accumulator.energy
        accumulator.clear()
    }

    mutating func setCritical(_ current: Int64, hysteresis: PerMille) {
        critical.move(to: current, hysteresis: hysteresis)
    }

    mutating func setWarning(_ current: Int64, hysteresis: PerMille) {
        warning.move(to: current, hysteresis: hysteresis)
    }

    /// As a reset does: thresholds come back from flash.
    mutating func clear() {
        voltage.clear()
        current.clear()
        accumulator.clear()
        (latchedEnergy, power, productSum) = (.zero, .zero, 0)
        critical.clear()
        warning.clear()
    }
}
