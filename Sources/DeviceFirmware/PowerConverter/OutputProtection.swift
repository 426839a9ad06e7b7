internal import Units

/// The alarms of a converter's output, and the faults there that latch it off: of a supply and of a tether alike.
struct OutputProtection: Sendable {
    private let limits: OutputLimits
    private var under: ThresholdAlarm
    private var overCurrent: ThresholdAlarm
    private var overCurrentSince: Instant = .never
    private var word = AlarmWord<ConverterOutputAlarms>()

    init(_ limits: OutputLimits, hysteresis: PerMille) {
        self.limits = limits
        under = ThresholdAlarm(.below, limits.underVoltage.rawValue, hysteresis: hysteresis)
        overCurrent = ThresholdAlarm(.above, limits.overCurrent.rawValue, hysteresis: hysteresis)
    }

    var alarms: ConverterOutputAlarms { word.all }
    var hasLatched: Bool { word.hasLatched }
    var faultCount: Int64 { word.faultCount }
    /// The output is on and has fallen below its limit.
    var isUnder: Bool { under.isActive }

    mutating func latchFailure() { word.latch(.stageFailed) }

    /// The output is off: nothing is to be said of it.
    mutating func rest() {
        word.live = ConverterOutputAlarms()
        under.clear()
        overCurrent.clear()
        overCurrentSince = .never
    }

    /// Of one sample while the output is on, in mV and mA.
    mutating func judge(
        voltage: Int64, behindORing busVoltage: Int64, current: Int64, onSince: Instant, at now: Instant
    ) {
        if now - onSince >= limits.underVoltageBlanking { under.update(voltage) }
        overCurrent.update(current)
        word.live.set(.underVoltage, under.isActive)
        word.live.set(.overCurrent, overCurrent.isActive)
        word.live.set(.oringFailed, voltage - busVoltage > limits.oringDrop.rawValue)
        if voltage > limits.overVoltage.rawValue { word.latch(.overVoltage) }
        if current > limits.shortCircuit.rawValue { word.latch(.shortCircuit) }
        guard overCurrent.isActive else {
            overCurrentSince = .never
            return
        }
        if overCurrentSince == .never { overCurrentSince = now }
        if now - overCurrentSince >= limits.overCurrentTime { word.latch(.overCurrent) }
    }

    mutating func clearFaults() {
        word.clearFaults()
        overCurrentSince = .never
    }
}
