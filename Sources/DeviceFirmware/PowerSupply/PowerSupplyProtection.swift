import Units

/// The alarms of a power supply, and the faults that latch its output off.
///
/// Alarms are live: they end when their cause has receded. A fault that stops the output stays, with its alarm bit,
/// until it is cleared through the setting register or by an AC cycle.
struct PowerSupplyProtection: Sendable {
    private let limits: PowerSupplyLimits
    private var inputUnder: ThresholdAlarm
    private var inputOver: ThresholdAlarm
    private var frequencyLow: ThresholdAlarm
    private var frequencyHigh: ThresholdAlarm
    private var bulkLow: ThresholdAlarm
    private var outputUnder: ThresholdAlarm
    private var overCurrent: ThresholdAlarm
    private var inlet: ThresholdAlarm
    private var outlet: ThresholdAlarm
    private var hotSpot: ThresholdAlarm
    private var busClip: ThresholdAlarm
    private var overCurrentSince: Instant = .never

    private var inputWord = AlarmWord<PowerSupplyInputAlarms>()
    private var outputWord = AlarmWord<PowerSupplyOutputAlarms>()
    private var temperatureWord = AlarmWord<PowerSupplyTemperatureAlarms>()

    init(_ limits: PowerSupplyLimits) {
        let share = limits.hysteresis
        self.limits = limits
        inputUnder = ThresholdAlarm(.below, limits.inputUnderVoltage.rawValue, hysteresis: share)
        inputOver = ThresholdAlarm(.above, limits.inputOverVoltage.rawValue, hysteresis: share)
        frequencyLow = ThresholdAlarm(.below, limits.inputFrequencyLow, hysteresis: .zero)
        frequencyHigh = ThresholdAlarm(.above, limits.inputFrequencyHigh, hysteresis: .zero)
        bulkLow = ThresholdAlarm(.below, limits.bulkLow.rawValue, hysteresis: share)
        outputUnder = ThresholdAlarm(.below, limits.outputUnderVoltage.rawValue, hysteresis: share)
        overCurrent = ThresholdAlarm(.above, limits.overCurrent.rawValue, hysteresis: share)
        inlet = ThresholdAlarm(.above, limits.inlet.rawValue, hysteresis: share)
        outlet = ThresholdAlarm(.above, limits.outlet.rawValue, hysteresis: share)
        hotSpot = ThresholdAlarm(.above, limits.hotSpot.rawValue, hysteresis: share)
        busClip = ThresholdAlarm(.above, limits.busClip.rawValue, hysteresis: share)
    }

    var input: PowerSupplyInputAlarms { inputWord.all }
    var output: PowerSupplyOutputAlarms { outputWord.all }
    var temperature: PowerSupplyTemperatureAlarms { temperatureWord.all }
    var isInputOK: Bool { !inputWord.live.contains(.inputNotOK) }
    /// A latched fault keeps the output off.
    var isTripped: Bool { inputWord.hasLatched || outputWord.hasLatched || temperatureWord.hasLatched }
    /// Faults latched since start.
    var faultCount: Int64 { inputWord.faultCount + outputWord.faultCount + temperatureWord.faultCount }

    mutating func judgeInput(_ image: PowerSupplyImage, _ measured: PowerSupplyMeasurements) {
        inputUnder.update(measured.inputVoltage.now)
        inputOver.update(measured.inputVoltage.now)
        frequencyLow.update(image.inputMillihertz)
        frequencyHigh.update(image.inputMillihertz)
        bulkLow.update(measured.bulkVoltage.now)
        let isFrequencyOff = image.isInputPresent && (frequencyLow.isActive || frequencyHigh.isActive)
        inputWord.live.set(.underVoltage, inputUnder.isActive)
        inputWord.live.set(.overVoltage, inputOver.isActive)
        inputWord.live.set(.frequencyLow, image.isInputPresent && frequencyLow.isActive)
        inputWord.live.set(.frequencyHigh, image.isInputPresent && frequencyHigh.isActive)
        inputWord.live.set(
            .inputNotOK, !image.isInputPresent || inputUnder.isActive || inputOver.isActive || isFrequencyOff)
        inputWord.live.set(.bulkNotOK, bulkLow.isActive)
        inputWord.live.set(.inputRelayOff, !image.isInputPresent)
        if image.hasInputStageFailed { inputWord.latch(.stageFailed) }
    }

    /// `onSince`: when the output came on, or `nil` while it is off.
    mutating func judgeOutput(
        _ image: PowerSupplyImage, _ measured: PowerSupplyMeasurements, onSince: Instant?, at now: Instant
    ) {
        if image.hasOutputStageFailed { outputWord.latch(.stageFailed) }
        guard let onSince else {
            outputWord.live = PowerSupplyOutputAlarms()
            outputUnder.clear()
            overCurrent.clear()
            overCurrentSince = .never
            return
        }
        let voltage = measured.outputVoltage.now
        let current = measured.outputCurrent.now
        if now - onSince >= limits.underVoltageBlanking { outputUnder.update(voltage) }
        overCurrent.update(current)
        outputWord.live.set(.underVoltage, outputUnder.isActive)
        outputWord.live.set(.overCurrent, overCurrent.isActive)
        outputWord.live.set(.oringFailed, voltage - measured.busVoltage.now > limits.oringDrop.rawValue)
        if voltage > limits.outputOverVoltage.rawValue { outputWord.latch(.overVoltage) }
        if current > limits.shortCircuit.rawValue { outputWord.latch(.shortCircuit) }
        guard overCurrent.isActive else {
            overCurrentSince = .never
            return
        }
        if overCurrentSince == .never { overCurrentSince = now }
        if now - overCurrentSince >= limits.overCurrentTime { outputWord.latch(.overCurrent) }
    }

    /// Temperatures move slowly: judged once per averaging window.
    mutating func judgeTemperatures(_ measured: PowerSupplyMeasurements, hasFanFailed: Bool) {
        let clip = max(measured.busClips[0], measured.busClips[1])
        inlet.update(measured.inlet.rawValue)
        outlet.update(measured.outlet.rawValue)
        hotSpot.update(measured.hotSpot.rawValue)
        busClip.update(clip.rawValue)
        temperatureWord.live.set(.inlet, inlet.isActive)
        temperatureWord.live.set(.outlet, outlet.isActive)
        temperatureWord.live.set(.resonantConverter, hotSpot.isActive)
        temperatureWord.live.set(.busClip, busClip.isActive)
        temperatureWord.live.set(.fanFailure, hasFanFailed)
        if measured.hotSpot > limits.hotSpotShutdown { temperatureWord.latch(.resonantConverter) }
        if clip > limits.busClipShutdown { temperatureWord.latch(.busClipShutdown) }
    }

    mutating func clearFaults() {
        inputWord.clearFaults()
        outputWord.clearFaults()
        temperatureWord.clearFaults()
        overCurrentSince = .never
    }
}
