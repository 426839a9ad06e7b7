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
    private var inlet: ThresholdAlarm
    private var outlet: ThresholdAlarm
    private var hotSpot: ThresholdAlarm
    private var busClip: ThresholdAlarm

    private var inputWord = AlarmWord<PowerSupplyInputAlarms>()
    private var outputProtection: OutputProtection
    private var temperatureWord = AlarmWord<PowerSupplyTemperatureAlarms>()

    init(_ limits: PowerSupplyLimits) {
        let share = limits.hysteresis
        self.limits = limits
        inputUnder = ThresholdAlarm(.below, limits.inputUnderVoltage.rawValue, hysteresis: share)
        inputOver = ThresholdAlarm(.above, limits.inputOverVoltage.rawValue, hysteresis: share)
        frequencyLow = ThresholdAlarm(.below, limits.inputFrequencyLow, hysteresis: .zero)
        frequencyHigh = ThresholdAlarm(.above, limits.inputFrequencyHigh, hysteresis: .zero)
        bulkLow = ThresholdAlarm(.below, limits.bulkLow.rawValue, hysteresis: share)
        outputProtection = OutputProtection(limits.output, hysteresis: share)
        inlet = ThresholdAlarm(.above, limits.inlet.rawValue, hysteresis: share)
        outlet = ThresholdAlarm(.above, limits.outlet.rawValue, hysteresis: share)
        hotSpot = ThresholdAlarm(.above, limits.hotSpot.rawValue, hysteresis: share)
        busClip = ThresholdAlarm(.above, limits.busClip.rawValue, hysteresis: share)
    }

    var input: PowerSupplyInputAlarms { inputWord.all }
    var output: ConverterOutputAlarms { outputProtection.alarms }
    var temperature: PowerSupplyTemperatureAlarms { temperatureWord.all }
    var isInputOK: Bool { !inputWord.live.contains(.inputNotOK) }
    /// A latched fault keeps the output off.
    var isTripped: Bool { inputWord.hasLatched || outputProtection.hasLatched || temperatureWord.hasLatched }
    /// Faults latched since start.
    var faultCount: Int64 { inputWord.faultCount + outputProtection.faultCount + temperatureWord.faultCount }

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
        if image.hasOutputStageFailed { outputProtection.latchFailure() }
        guard let onSince else {
            outputProtection.rest()
            return
        }
        outputProtection.judge(
            voltage: measured.outputVoltage.now, behindORing: measured.busVoltage.now,
            current: measured.outputCurrent.now, onSince: onSince, at: now)
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
        outputProtection.clearFaults()
        temperatureWord.clearFaults()
    }
}
