/// A shelf of equal supplies. Losses are reckoned per shelf, at its mean load: shares differ by a few per cent, over
/// which the efficiency hardly moves.
struct ShelfState: BitwiseCopyable {
    /// The feed that its supplies are connected to now: its own, or one that is dead for ever.
    var feed: Int
    let ownFeed: Int
    /// Its supplies in the plant's buffer.
    let first: Int
    let count: Int
    let ratedPower: Double
    let peakPower: Double
    /// Overload per step and unit of (power / rated - 1), and its recovery per step.
    let overloadPerStep: Double
    let recoveryPerStep: Double
    /// Excess over the rating up to which nothing counts: a shelf at its rating must not lose the supply that happens to
    /// carry the largest share.
    let overloadThreshold: Double
    let noLoadVoltage: Double
    let droop: Double
    let holdUpEnergy: Double
    /// V by which the outputs are lowered to tell that the input is lost; 0 = a line tells it.
    let lossDrop: Double
    /// V per step in which they are lowered, and raised again.
    let lossDropPerStep: Double
    let efficiency: PiecewiseLinear
    /// W per supply below the first point of the efficiency curve.
    let standingLoss: Double

    var efficiencyCursor = 0
    var workingCount = 0
    /// Of the bus current.
    var share = 0.0
    /// Load fraction per W of shelf output.
    var loadPerWatt = 0.0
    var load = 0.0
    var output = 0.0
    var input = 0.0
    /// Mean loss per working supply, W, smoothed for the outlet air.
    var smoothedLoss = 0.0
    /// Every bulk capacitor is full, or empty for good; nothing restarts.
    var isSettled = true

    /// How much longer an overload takes to be forgotten than to be used up. Typical of pulse-load ratings, which
    /// allow about one pulse in ten.
    static let recoveryRatio = 10.0

    /// V/s of Open Rack V3 (Delta/AEI deck: 3 V at 3 V/ms).
    static let lossDropRate = 3000.0

    init(_ configuration: ShelfConfiguration, first: Int, step: Double, in storage: Storage) {
        let supply = configuration.supply
        feed = configuration.feed
        ownFeed = configuration.feed
        self.first = first
        count = configuration.supplyCount
        ratedPower = supply.ratedPower
        peakPower = max(supply.peakPower, supply.ratedPower)
        let excess = max(peakPower / ratedPower - 1, 0.01)
        let peakTime = max(supply.peakTime, step)
        overloadPerStep = step / (peakTime * excess)
        recoveryPerStep = step / (peakTime * ShelfState.recoveryRatio)
        overloadThreshold = supply.shareTolerance
        noLoadVoltage = supply.noLoadVoltage
        droop = supply.droop
        holdUpEnergy = supply.holdUpEnergy
        if case .drop(let volts) = supply.lossNotice { lossDrop = volts } else { lossDrop = 0 }
        lossDropPerStep = ShelfState.lossDropRate * step
        efficiency = PiecewiseLinear(supply.efficiency, empty: 1, in: storage)
        let lowest = efficiency.first
        standingLoss = lowest.x > 0 && lowest.y > 0 ? lowest.x * supply.ratedPower * (1 / lowest.y - 1) : 0
    }

    /// A at rated power.
    var ratedCurrent: Double { ratedPower / (noLoadVoltage - droop) }
    /// A at which the output goes over to constant current: what peak power takes at the load line's voltage there.
    var limitCurrent: Double {
        let resistance = droop / ratedCurrent
        let discriminant = max(0, noLoadVoltage * noLoadVoltage - 4 * resistance * peakPower)
        return 2 * peakPower / (noLoadVoltage + discriminant.squareRoot()) * (1 + 1e-9)
    }

    /// Takes its part of the bus's power and finds the input power that this costs.
    mutating func carry(_ power: Double) {
        output = power
        load = power * loadPerWatt
        guard load > efficiency.first.x else {
            input = power + standingLoss * Double(workingCount)
            return
        }
        input = power / efficiency.value(at: load, cursor: &efficiencyCursor)
    }
}
