import Units

/// The channels of a power tether: sampled fast, latched per averaging window.
struct PowerTetherMeasurements: Sendable {
    var inputVoltage: AveragedChannel
    var inputCurrent: AveragedChannel
    var remoteVoltage: AveragedChannel
    var outputVoltage: AveragedChannel
    var outputCurrent: AveragedChannel
    var busVoltage: AveragedChannel
    var shareCurrent: AveragedChannel
    /// mV * mA, which are microwatts.
    private var inputProductSum: Int64 = 0
    private var outputProductSum: Int64 = 0

    var inputPower: Power = .zero
    var outputPower: Power = .zero
    var inlet: Temperature = .zero
    var outlet: Temperature = .zero
    var terminal: Temperature = .zero
    var hotSpot: Temperature = .zero
    var fanSpeeds = InlineArray<2, RotationalSpeed>(repeating: .zero)

    init(_ configuration: PowerTetherConfiguration, _ calibration: PowerTetherCalibration) {
        inputVoltage = AveragedChannel(configuration.voltageRange, error: calibration.inputVoltage)
        inputCurrent = AveragedChannel(configuration.currentRange, error: calibration.inputCurrent)
        remoteVoltage = AveragedChannel(configuration.voltageRange, error: calibration.inputVoltage)
        outputVoltage = AveragedChannel(configuration.voltageRange, error: calibration.outputVoltage)
        outputCurrent = AveragedChannel(configuration.currentRange, error: calibration.outputCurrent)
        busVoltage = AveragedChannel(configuration.voltageRange, error: calibration.outputVoltage)
        shareCurrent = AveragedChannel(configuration.currentRange)
    }

    var hottest: Temperature { max(max(inlet, outlet), max(terminal, hotSpot)) }
    var coldest: Temperature { min(min(inlet, outlet), min(terminal, hotSpot)) }

    mutating func sample(_ image: PowerTetherImage) {
        inputVoltage.take(image.inputMicrovolts)
        inputCurrent.take(image.inputMicroamperes)
        remoteVoltage.take(image.isRemoteSensed ? image.remoteMicrovolts : 0)
        outputVoltage.take(image.outputMicrovolts)
        outputCurrent.take(image.outputMicroamperes)
        busVoltage.take(image.busMicrovolts)
        shareCurrent.take(image.shareMicroamperes)
        inputProductSum &+= inputVoltage.now &* inputCurrent.now
        outputProductSum &+= outputVoltage.now &* outputCurrent.now
    }

    mutating func latch(_ image: PowerTetherImage, count: Int64) {
        inputVoltage.latch(count: count)
        inputCurrent.latch(count: count)
        remoteVoltage.latch(count: count)
        outputVoltage.latch(count: count)
        outputCurrent.latch(count: count)
        busVoltage.latch(count: count)
        shareCurrent.latch(count: count)
        inputPower = Power(rawValue: ExactRatio.roundedQuotient(inputProductSum, 1000 * count))
        outputPower = Power(rawValue: ExactRatio.roundedQuotient(outputProductSum, 1000 * count))
        (inputProductSum, outputProductSum) = (0, 0)
        inlet = image.inletTemperature.clamped(to: Self.readable)
        outlet = image.outletTemperature.clamped(to: Self.readable)
        terminal = image.terminalTemperature.clamped(to: Self.readable)
        hotSpot = image.hotSpotTemperature.clamped(to: Self.readable)
        for fan in 0..<2 { fanSpeeds[fan] = image.fanSpeeds[fan].clamped(to: .zero ... .rpm(1_000_000)) }
    }

    /// A broken sensor may show anything; what lies beyond is shown as the end.
    private static var readable: ClosedRange<Temperature> { .degrees(-100)...Temperature.degrees(200) }
}
