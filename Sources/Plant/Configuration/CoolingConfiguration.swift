/// What cools the rack as a whole, beside the fans that sit in trays.
public struct CoolingConfiguration: Sendable {
    /// Fans behind the rack that draw air through every air-cooled tray without fans of its own; `nil` = none.
    public var fanWall: FanConfiguration?
    /// The circuit that the liquid-cooled trays hang on; `nil` = each gets its flow at the coolant temperature, for ever.
    public var loop: LiquidLoopConfiguration?

    public init(fanWall: FanConfiguration? = nil, loop: LiquidLoopConfiguration? = nil) {
        self.fanWall = fanWall
        self.loop = loop
    }

    public static var none: CoolingConfiguration { CoolingConfiguration() }
}

/// A closed circuit of coolant: pumps press it through a heat exchanger and, side by side, through the trays.
public struct LiquidLoopConfiguration: Sendable {
    public var pumps: PumpConfiguration
    /// Pa that the whole circuit takes when every tray has its design flow.
    public var designPressure: Double
    /// The share of it that is lost where all the flow passes: heat exchanger, filter, manifolds; 0...1.
    public var commonShare: Double
    public var exchanger: HeatExchangerConfiguration
    public var reservoir: ReservoirConfiguration
    /// Whether every tray has a shut-off valve that a controller can close.
    public var hasBranchValves: Bool

    public init(
        pumps: PumpConfiguration, designPressure: Double, commonShare: Double, exchanger: HeatExchangerConfiguration,
        reservoir: ReservoirConfiguration, hasBranchValves: Bool
    ) {
        self.pumps = pumps
        self.designPressure = designPressure
        self.commonShare = commonShare
        self.exchanger = exchanger
        self.reservoir = reservoir
        self.hasBranchValves = hasBranchValves
    }
}

extension PlantConfiguration {
    /// J/(kg K) of water at 20 degC.
    static let waterHeatCapacity = 4182.0

    /// kg/s of facility water through the open valve: it carries what the trays' design flows do, W/K for W/K.
    public var facilityDesignFlow: Double {
        var capacity = 0.0
        for tray in trays where tray.cooling == .liquid {
            capacity += tray.thermal.coolantFlow * tray.thermal.coolantHeatCapacity
        }
        return capacity / PlantConfiguration.waterHeatCapacity
    }
}

/// Equal pumps side by side, each behind a check valve.
public struct PumpConfiguration: Sendable {
    public var count: Int
    /// Speed at full duty, rpm.
    public var maximumSpeed: Double
    /// Pa at full speed against a closed valve, and kg/s at full speed against nothing.
    public var shutOffPressure: Double
    public var freeFlow: Double
    /// Electrical power of one pump: idlePower + cubicPower * (speed / maximumSpeed)^3, W.
    public var idlePower: Double
    public var cubicPower: Double
    /// Time constant of the speed, s.
    public var lag: Double

    public init(
        count: Int, maximumSpeed: Double, shutOffPressure: Double, freeFlow: Double, idlePower: Double,
        cubicPower: Double, lag: Double
    ) {
        self.count = count
        self.maximumSpeed = maximumSpeed
        self.shutOffPressure = shutOffPressure
        self.freeFlow = freeFlow
        self.idlePower = idlePower
        self.cubicPower = cubicPower
        self.lag = lag
    }
}

/// A liquid-to-liquid plate exchanger with a control valve on its facility side.
public struct HeatExchangerConfiguration: Sendable {
    /// W that it carries at its design point: design flow of the trays, valve fully open, as much heat capacity flowing
    /// on the facility side as on the other.
    public var designHeat: Double
    /// K between the supply to the trays and the facility water that comes in, at the design point.
    public var approach: Double
    /// degC of the facility water at the start.
    public var facilityTemperature: Double
    /// s that the valve takes from closed to open.
    public var valveTravel: Double

    public init(designHeat: Double, approach: Double, facilityTemperature: Double, valveTravel: Double) {
        self.designHeat = designHeat
        self.approach = approach
        self.facilityTemperature = facilityTemperature
        self.valveTravel = valveTravel
    }
}

public struct ReservoirConfiguration: Sendable {
    /// kg of coolant in the reservoir when full, and in pipes, manifolds and cold plates.
    public var capacity: Double
    public var circuitMass: Double
    /// Level at the start, 0...1.
    public var level: Double

    public init(capacity: Double, circuitMass: Double, level: Double) {
        self.capacity = capacity
        self.circuitMass = circuitMass
        self.level = level
    }
}
