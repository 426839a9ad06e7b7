import Units

/// The alarms of a power tether, and the faults that latch its output off.
///
/// Alarms are live: they end when their cause has receded. A fault that stops the output stays, with its alarm bit, until it
/// is cleared through the setting register or by the return of a lost input.
struct PowerTetherProtection: Sendable {
    private let limits: PowerTetherLimits
    private var inputUnder: ThresholdAlarm
    private var inputOver: ThresholdAlarm
    private var remoteLow: ThresholdAlarm
    private var remoteHigh: ThresholdAlarm
    private var inlet: ThresholdAlarm
    private var outlet: ThresholdAlarm
    private var terminal: ThresholdAlarm
    private var hotSpot: ThresholdAlarm
    private var senseDoubtedSince: Instant = .never

    private var inputWord = AlarmWord<PowerTetherInputAlarms>()
    private var outputProtection: OutputProtection
    private var temperatureWord = AlarmWord<PowerTetherTemperatureAlarms>()
    private(set) var isRemoteSenseLost = false
    private(set) var hasInputSenseFailed = false

    init(_ limits: PowerTetherLimits) {
        let share = limits.hysteresis
        self.limits = limits
        inputUnder = ThresholdAlarm(.below, limits.inputUnderVoltage.rawValue, hysteresis: share)
        inputOver = ThresholdAlarm(.above, limits.inputOverVoltage.rawValue, hysteresis: share)
        remoteLow = ThresholdAlarm(.below, limits.remoteLow.rawValue, hysteresis: share)
        remoteHigh = ThresholdAlarm(.above, limits.remoteHigh.rawValue, hysteresis: share)
        outputProtection = OutputProtection(limits.output, hysteresis: share)
        inlet = ThresholdAlarm(.above, limits.inlet.rawValue, hysteresis: share)
        outlet = ThresholdAlarm(.above, limits.outlet.rawValue, hysteresis: share)
        terminal = ThresholdAlarm(.above, limits.terminal.rawValue, hysteresis: share)
        hotSpot = ThresholdAlarm(.above, limits.hotSpot.rawValue, hysteresis: share)
    }

    var input: PowerTetherInputAlarms { inputWord.all }
    var output: ConverterOutputAlarms { outputProtection.alarms }
    var temperature: PowerTetherTemperatureAlarms { temperatureWord.all }
    /// The terminals have a voltage that the converter may run on. The far end's voltage warns and stops nothing.
    var isInputOK: Bool { !inputUnder.isActive && !inputOver.isActive }
    /// The output has fallen below its limit though nothing forbids it.
    var isOutputUnder: Bool { outputProtection.isUnder }
    /// A latched fault keeps the output off.
    var isTripped: Bool { outputProtection.hasLatched || temperatureWord.hasLatched }
    /// Faults latched since start.
    var faultCount: Int64 { outputProtection.faultCount + temperatureWord.faultCount }

    mutating func judgeInput(_ image: PowerTetherImage, _ measured: PowerTetherMeasurements, relayIsClosed: Bool) {
        inputUnder.update(measured.inputVoltage.now)
        inputOver.update(measured.inputVoltage.now)
        remoteLow.update(measured.remoteVoltage.now)
        remoteHigh.update(measured.remoteVoltage.now)
        isRemoteSenseLost = !image.isRemoteSensed
        inputWord.live.set(.underVoltage, inputUnder.isActive)
        inputWord.live.set(.overVoltage, inputOver.isActive)
        // Of what is not heard nothing can be said.
        inputWord.live.set(.remoteLow, image.isRemoteSensed && remoteLow.isActive)
        inputWord.live.set(.remoteHigh, image.isRemoteSensed && remoteHigh.isActive)
        inputWord.live.set(.inputRelayOff, !relayIsClosed)
    }

    /// `onSince`: when the output came on, or `nil` while it is off.
    mutating func judgeOutput(
        _ image: PowerTetherImage, _ measured: PowerTetherMeasurements, onSince: Instant?, at now: Instant
    ) {
        if image.hasConverterFailed { outputProtection.latchFailure() }
        guard let onSince else {
            outputProtection.rest()
            senseDoubtedSince = .never
            hasInputSenseFailed = false
            return
        }
        outputProtection.judge(
            voltage: measured.outputVoltage.now, behindORing: measured.busVoltage.now,
            current: measured.outputCurrent.now, onSince: onSince, at: now)
        judgeInputSense(measured, at: now)
    }

    /// No converter gives more than it takes.
    private mutating func judgeInputSense(_ measured: PowerTetherMeasurements, at now: Instant) {
        let most =
            measured.inputPower.rawValue * (1000 + limits.inputSenseShare.rawValue) / 1000
            + limits.inputSenseOffset.rawValue
        guard measured.outputPower.rawValue > most else {
            senseDoubtedSince = .never
            hasInputSenseFailed = false
            return
        }
        if senseDoubtedSince == .never { senseDoubtedSince = now }
        if now - senseDoubtedSince >= limits.inputSenseTime { hasInputSenseFailed = true }
    }

    /// Temperatures move slowly: judged once per averaging window.
    mutating func judgeTemperatures(_ measured: PowerTetherMeasurements, hasFanFailed: Bool) {
        inlet.update(measured.inlet.rawValue)
        outlet.update(measured.outlet.rawValue)
        terminal.update(measured.terminal.rawValue)
        hotSpot.update(measured.hotSpot.rawValue)
        temperatureWord.live.set(.inlet, inlet.isActive || terminal.isActive)
        temperatureWord.live.set(.outlet, outlet.isActive)
        temperatureWord.live.set(.converter, hotSpot.isActive)
        temperatureWord.live.set(.fanFailure, hasFanFailed)
        if measured.terminal > limits.terminalShutdown { temperatureWord.latch(.inlet) }
        if measured.hotSpot > limits.hotSpotShutdown { temperatureWord.latch(.converter) }
    }

    mutating func clearFaults() {
        outputProtection.clearFaults()
        temperatureWord.clearFaults()
    }
}
