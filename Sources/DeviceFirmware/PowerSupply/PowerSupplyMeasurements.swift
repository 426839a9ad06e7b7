import Units

/// The channels of a power supply: sampled fast, latched per averaging window.
struct PowerSupplyMeasurements: Sendable {
    var inputVoltage: AveragedChannel
    var inputCurrent: AveragedChannel
    var outputVoltage: AveragedChannel
    var outputCurrent: AveragedChannel
    var busVoltage: AveragedChannel
    var bulkVoltage: AveragedChannel
    var shareCurrent: AveragedChannel
    /// Of the last sample, in milliwatts times a million: mV * mA * per mille.
    private var inputProduct: Int64 = 0
    private var inputProductSum: Int64 = 0
    /// mV * mA, which are microwatts.
    private var outputProductSum: Int64 = 0

    var inputPower: Power = .zero
    var outputPower: Power = .zero
    var inputMillihertz: Int64 = 0
    var powerFactor: PerMille = .zero
    var inputDistortion: PerMille = .zero
    var inlet: Temperature = .zero
    var outlet: Temperature = .zero
    var hotSpot: Temperature = .zero
    var busClips = InlineArray<2, Temperature>(repeating: .zero)
    var fanSpeeds = InlineArray<2, RotationalSpeed>(repeating: .zero)

    init(_ configuration: PowerSupplyConfiguration, _ calibration: PowerSupplyCalibration) {
        inputVoltage = AveragedChannel(configuration.inputVoltageRange, error: calibration.inputVoltage)
        inputCurrent = AveragedChannel(configuration.inputCurrentRange, error: calibration.inputCurrent)
        outputVoltage = AveragedChannel(configuration.outputVoltageRange, error: calibration.outputVoltage)
        outputCurrent = AveragedChannel(configuration.outputCurrentRange, error: calibration.outputCurrent)
        busVoltage = AveragedChannel(configuration.outputVoltageRange, error: calibration.outputVoltage)
        bulkVoltage = AveragedChannel(configuration.bulkVoltageRange)
        shareCurrent = AveragedChannel(configuration.outputCurrentRange)
    }

    var inputPowerNow: Power { Power(rawValue: inputProduct / 1_000_000) }
    var hottest: Temperature { max(max(inlet, outlet), max(hotSpot, max(busClips[0], busClips[1]))) }
    var coldest: Temperature { min(min(inlet, outlet), min(hotSpot, min(busClips[0], busClips[1]))) }

    mutating func sample(_ image: PowerSupplyImage) {
        inputVoltage.take(image.inputMicrovolts)
        inputCurrent.take(image.inputMicroamperes)
        outputVoltage.take(image.outputMicrovolts)
        outputCurrent.take(image.outputMicroamperes)
        busVoltage.take(image.busMicrovolts)
        bulkVoltage.take(image.bulkMicrovolts)
        shareCurrent.take(image.shareMicroamperes)
        inputProduct = inputVoltage.now &* inputCurrent.now &* image.powerFactor.rawValue
        inputProductSum &+= inputProduct
        outputProductSum &+= outputVoltage.now &* outputCurrent.now
    }

    mutating func latch(_ image: PowerSupplyImage, count: Int64) {
        inputVoltage.latch(count: count)
        inputCurrent.latch(count: count)
        outputVoltage.latch(count: count)
        outputCurrent.latch(count: count)
        busVoltage.latch(count: count)
        bulkVoltage.latch(count: count)
        shareCurrent.latch(count: count)
        inputPower = Power(rawValue: ExactRatio.roundedQuotient(inputProductSum, 1_000_000 * count))
        outputPower = Power(rawValue: ExactRatio.roundedQuotient(outputProductSum, 1000 * count))
        (inputProductSum, outputProductSum) = (0, 0)
        inputMillihertz = image.inputMillihertz
        powerFactor = image.powerFactor
        inputDistortion = image.inputDistortion
        inlet = image.inletTemperature
        outlet = image.outletTemperature
        hotSpot = image.hotSpotTemperature
        busClips = image.busClipTemperatures
        fanSpeeds = image.fanSpeeds
    }
}
