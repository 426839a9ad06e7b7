/// A power shelf: equal supplies that share the busbar's current.
public struct ShelfConfiguration: Sendable {
    public var name: String
    /// Index of the feed that supplies it.
    public var feed: Int
    public var supplyCount: Int
    public var supply: SupplyConfiguration

    public init(name: String, feed: Int, supplyCount: Int, supply: SupplyConfiguration) {
        self.name = name
        self.feed = feed
        self.supplyCount = supplyCount
        self.supply = supply
    }
}

/// A rectifier.
public struct SupplyConfiguration: Sendable {
    /// Continuous output power, W.
    public var ratedPower: Double
    /// Highest output power, W, and how long it may last, s; beyond it the supply switches itself off.
    public var peakPower: Double
    public var peakTime: Double
    /// Efficiency (y, 0...1) over load fraction (x).
    public var efficiency: [CurvePoint]
    /// Output voltage without load, V, and by how much it has fallen at rated power, V (the load line).
    public var noLoadVoltage: Double
    public var droop: Double
    /// Energy in the bulk capacitor that carries the output after the input is lost, J.
    public var holdUpEnergy: Double
    /// Greatest deviation of a supply's current from its fair share, 0...1.
    public var shareTolerance: Double
    /// How it tells those who back it up that its input is lost.
    public var lossNotice: LossNotice

    public enum LossNotice: Sendable, Equatable {
        /// By a line beside the busbar that its MCU pulls, as Open Rack V3 HPR has it.
        case line
        /// By an output that is so many V lower, 3 V per millisecond, once half of its hold-up energy is used, as plain Open
        /// Rack V3 has it.
        case drop(Double)
    }

    public init(
        ratedPower: Double, peakPower: Double, peakTime: Double, efficiency: [CurvePoint], noLoadVoltage: Double,
        droop: Double, holdUpEnergy: Double, shareTolerance: Double, lossNotice: LossNotice = .line
    ) {
        self.ratedPower = ratedPower
        self.peakPower = peakPower
        self.peakTime = peakTime
        self.efficiency = efficiency
        self.noLoadVoltage = noLoadVoltage
        self.droop = droop
        self.holdUpEnergy = holdUpEnergy
        self.shareTolerance = shareTolerance
        self.lossNotice = lossNotice
    }
}

extension SupplyConfiguration {
    /// Efficiency at full load, 0...1; 0 where no curve is given.
    public var fullLoadEfficiency: Double { efficiency.interpolated(at: 1) ?? 0 }
}
