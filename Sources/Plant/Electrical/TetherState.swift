/// A power tether: source, cable with its contacts, input relay, converter.
///
/// The source is stiff: what one tether draws of the other rack does not move that rack's busbar. The contacts' resistance
/// is one number for both plugs, and the hotter of the two is the one that is followed.
struct TetherState: BitwiseCopyable {
    let ratedPower: Double
    let noLoadVoltage: Double
    let droop: Double
    let limitPower: Double
    let sourceVoltage: Double
    let cableResistance: Double
    let newContactResistance: Double
    let contactHeatResistance: Double
    let contactHeatTime: Double
    let minimumInput: Double
    let efficiency: PiecewiseLinear
    /// W below the first point of the efficiency curve.
    let standingLoss: Double

    var efficiencyCursor = 0
    var contactResistance: Double
    /// The other rack's busbar is up; the plugs are in; the converter is whole.
    var sourceIsLive = true
    var isPlugged = true
    var isFailed = false
    /// What the MCU drives.
    var isRelayClosed = true
    var isEnabled = true
    /// The path could not carry what the converter drew, and its hardware stopped it until the MCU switches it off.
    var isStarved = false
    /// Of the bus current, 0 while it does not work.
    var share = 0.0
    /// W to this rack's busbar, and W taken from the other's.
    var output = 0.0
    var input = 0.0
    /// At the converter's terminals, behind cable and contacts.
    var inputVoltage: Double
    var inputCurrent = 0.0
    /// K of the hotter plug above the air.
    var contactRise = 0.0
    /// W in the converter alone, smoothed for the outlet air.
    var smoothedLoss = 0.0

    init(_ configuration: TetherConfiguration, in storage: Storage) {
        ratedPower = configuration.ratedPower
        noLoadVoltage = configuration.noLoadVoltage
        droop = configuration.droop
        limitPower = max(configuration.limitPower, configuration.ratedPower)
        sourceVoltage = configuration.sourceVoltage
        cableResistance = configuration.cableResistance
        newContactResistance = configuration.contactResistance
        contactResistance = configuration.contactResistance
        contactHeatResistance = configuration.contactHeatResistance
        contactHeatTime = configuration.contactHeatTime
        minimumInput = configuration.minimumInput
        inputVoltage = configuration.sourceVoltage
        efficiency = PiecewiseLinear(configuration.efficiency, empty: 1, in: storage)
        let lowest = efficiency.first
        standingLoss = lowest.x > 0 && lowest.y > 0 ? lowest.x * configuration.ratedPower * (1 / lowest.y - 1) : 0
    }

    var isFed: Bool { sourceIsLive && isPlugged }
    var isWorking: Bool { isFed && isRelayClosed && isEnabled && !isFailed && !isStarved }
    var pathResistance: Double { cableResistance + contactResistance }
    /// A at rated power.
    var ratedCurrent: Double { ratedPower / (noLoadVoltage - droop) }
    /// A at which the output goes over to constant current: what the limit takes at the load line's voltage there.
    var limitCurrent: Double {
        let resistance = droop / ratedCurrent
        let discriminant = max(0, noLoadVoltage * noLoadVoltage - 4 * resistance * limitPower)
        return 2 * limitPower / (noLoadVoltage + discriminant.squareRoot()) * (1 + 1e-9)
    }

    /// Takes its part of the bus's power and finds what that costs on the way: V = source - resistance * drawn / V.
    mutating func carry(_ power: Double) {
        output = power
        guard isWorking else {
            inputVoltage = isFed ? sourceVoltage : 0
            (inputCurrent, input) = (0, 0)
            return
        }
        let drawn =
            power / ratedPower > efficiency.first.x
            ? power / efficiency.value(at: power / ratedPower, cursor: &efficiencyCursor) : power + standingLoss
        let discriminant = sourceVoltage * sourceVoltage - 4 * pathResistance * drawn
        inputVoltage = 0.5 * (sourceVoltage + max(0, discriminant).squareRoot())
        isStarved = discriminant <= 0 || inputVoltage < minimumInput
        inputCurrent = drawn / inputVoltage
        input = sourceVoltage * inputCurrent
    }

    /// Lets plug and outlet air follow their losses for `interval` seconds.
    mutating func warm(over interval: Double) {
        let contactLoss = inputCurrent * inputCurrent * contactResistance
        let target = contactLoss * contactHeatResistance
        contactRise += (target - contactRise) * FirstOrderLag.factor(step: interval, constant: contactHeatTime)
        let converterLoss = isWorking ? inputVoltage * inputCurrent - output : 0
        smoothedLoss +=
            (converterLoss - smoothedLoss) * FirstOrderLag.factor(step: interval, constant: PowerChain.lossTime)
    }
}
