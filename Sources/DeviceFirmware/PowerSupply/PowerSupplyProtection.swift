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

    private var liveInput = PowerSupplyInputAlarms()
    private var liveOutput = PowerSupplyOutputAlarms()
    private var liveTemperature = PowerSupplyTemperatureAlarms()
    private var latchedInput = PowerSupplyInputAlarms()
    private var latchedOutput = PowerSupplyOutputAlarms()
    private var latchedTemperature = PowerSupplyTemperatureAlarms()
    /// Faults latched since start.
    private(set) var faultCount: Int64 = 0

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

    var input: PowerSupplyInputAlarms { liveInput.union(latchedInput) }
    var output: PowerSupplyOutputAlarms { liveOutput.union(latchedOutput) }
    var temperature: PowerSupplyTemperatureAlarms { liveTemperature.union(latchedTemperature) }
    var isInputOK: Bool { !liveInput.contains(.inputNotOK) }
    /// A latched fault keeps the output off.
    var isTripped: Bool { !(latchedInput.isEmpty && latchedOutput.isEmpty && latchedTemperature.isEmpty) }

    mutating func judgeInput(_ image: PowerSupplyImage, _ measured: PowerSupplyMeasurements) {
        inputUnder.update(measured.inputVoltage.now)
        inputOver.update(measured.inputVoltage.now)
        frequencyLow.update(image.inputMillihertz)
        frequencyHigh.update(image.inputMillihertz)
        bulkLow.update(measured.bulkVoltage.now)
        let isFrequencyOff = image.isInputPresent && (frequencyLow.isActive || frequencyHigh.isActive)
        liveInput.set(.underVoltage, inputUnder.isActive)
        liveInput.set(.overVoltage, inputOver.isActive)
        liveInput.set(.frequencyLow, image.isInputPresent && frequencyLow.isActive)
        liveInput.set(.frequencyHigh, image.isInputPresent && frequencyHigh.isActive)
        liveInput.set(
            .inputNotOK, !image.isInputPresent || inputUnder.isActive || inputOver.isActive || isFrequencyOff)
        liveInput.set(.bulkNotOK, bulkLow.isActive)
        liveInput.set(.inputRelayOff, !image.isInputPresent)
        if image.hasInputStageFailed { latch(PowerSupplyInputAlarms.stageFailed) }
    }

    /// `onSince`: when the output came on, or `nil` while it is off.
    mutating func judgeOutput(
        _ image: PowerSupplyImage, _ measured: PowerSupplyMeasurements, onSince: Instant?, at now: Instant
    ) {
        if image.hasOutputStageFailed { latch(PowerSupplyOutputAlarms.stageFailed) }
        guard let onSince else {
            liveOutput = PowerSupplyOutputAlarms()
            outputUnder.clear()
            overCurrent.clear()
            overCurrentSince = .never
            return
        }
        let voltage = measured.outputVoltage.now
        let current = measured.outputCurrent.now
        if now - onSince >= limits.underVoltageBlanking { outputUnder.update(voltage) }
        overCurrent.update(current)
        liveOutput.set(.underVoltage, outputUnder.isActive)
        liveOutput.set(.overCurrent, overCurrent.isActive)
        liveOutput.set(.oringFailed, voltage - measured.busVoltage.now > limits.oringDrop.rawValue)
        if voltage > limits.outputOverVoltage.rawValue { latch(PowerSupplyOutputAlarms.overVoltage) }
        if current > limits.shortCircuit.rawValue { latch(.shortCircuit) }
        guard overCurrent.isActive else {
            overCurrentSince = .never
            return
        }
        if overCurrentSince == .never { overCurrentSince = now }
        if now - overCurrentSince >= limits.overCurrentTime { latch(.overCurrent) }
    }

    /// Temperatures move slowly: judged once per averaging window.
    mutating func judgeTemperatures(_ measured: PowerSupplyMeasurements, hasFanFailed: Bool) {
        let clip = max(measured.busClips[0], measured.busClips[1])
        inlet.update(measured.inlet.rawValue)
        outlet.update(measured.outlet.rawValue)
        hotSpot.update(measured.hotSpot.rawValue)
        busClip.update(clip.rawValue)
        liveTemperature.set(.inlet, inlet.isActive)
        liveTemperature.set(.outlet, outlet.isActive)
        liveTemperature.set(.resonantConverter, hotSpot.isActive)
        liveTemperature.set(.busClip, busClip.isActive)
        liveTemperature.set(.fanFailure, hasFanFailed)
        if measured.hotSpot > limits.hotSpotShutdown { latch(.resonantConverter) }
        if clip > limits.busClipShutdown { latch(.busClipShutdown) }
    }

    mutating func clearFaults() {
        latchedInput = PowerSupplyInputAlarms()
        latchedOutput = PowerSupplyOutputAlarms()
        latchedTemperature = PowerSupplyTemperatureAlarms()
        overCurrentSince = .never
    }

    private mutating func latch(_ fault: PowerSupplyInputAlarms) {
        if !latchedInput.contains(fault) { faultCount += 1 }
        latchedInput.formUnion(fault)
    }

    private mutating func latch(_ fault: PowerSupplyOutputAlarms) {
        if !latchedOutput.contains(fault) { faultCount += 1 }
        latchedOutput.formUnion(fault)
    }

    private mutating func latch(_ fault: PowerSupplyTemperatureAlarms) {
        if !latchedTemperature.contains(fault) { faultCount += 1 }
        latchedTemperature.formUnion(fault)
    }
}
