/// A compute or switch tray: host, accelerators, fans, cooling path.
public struct TrayConfiguration: Sendable {
    public enum Cooling: String, CaseIterable, Sendable {
        case air
        case liquid
    }

    public var name: String
    /// Host processors, memory, network cards and conversion losses: W at no load and at full load.
    public var hostIdlePower: Double
    public var hostMaximumPower: Double
    public var accelerator: AcceleratorModel
    /// 0 for a switch tray.
    public var acceleratorCount: Int
    public var cooling: Cooling
    /// `nil` when the tray has no fans.
    public var fans: FanConfiguration?
    public var thermal: ThermalConfiguration
    /// Optical modules at its front, and W that each draws when it sends.
    public var opticalModules = 0
    public var opticalModulePower = 0.0

    public init(
        name: String, hostIdlePower: Double, hostMaximumPower: Double, accelerator: AcceleratorModel,
        acceleratorCount: Int, cooling: Cooling, fans: FanConfiguration?, thermal: ThermalConfiguration
    ) {
        self.name = name
        self.hostIdlePower = hostIdlePower
        self.hostMaximumPower = hostMaximumPower
        self.accelerator = accelerator
        self.acceleratorCount = acceleratorCount
        self.cooling = cooling
        self.fans = fans
        self.thermal = thermal
    }
}

/// One accelerator type as data. The file it came from states the provenance of each value.
public struct AcceleratorModel: Sendable {
    public var name: String
    /// W at no load, at the rated limit (TDP), and the lowest limit that it accepts.
    public var idlePower: Double
    public var ratedPower: Double
    public var minimumLimit: Double
    /// Time constant of its own power control loop: how fast power follows load and limit, s.
    public var lag: Double
    /// Power to which the power-brake line throttles it, W.
    public var brakePower: Double
    /// Die temperatures at which it begins to throttle, and shuts down, degC.
    public var throttleTemperature: Double
    public var shutdownTemperature: Double
    /// Throughput (y, 0...1 of uncapped) over granted power as a share of wanted dynamic power (x, 0...1).
    public var throughput: [CurvePoint]

    public init(
        name: String, idlePower: Double, ratedPower: Double, minimumLimit: Double, lag: Double, brakePower: Double,
        throttleTemperature: Double, shutdownTemperature: Double, throughput: [CurvePoint]
    ) {
        self.name = name
        self.idlePower = idlePower
        self.ratedPower = ratedPower
        self.minimumLimit = minimumLimit
        self.lag = lag
        self.brakePower = brakePower
        self.throttleTemperature = throttleTemperature
        self.shutdownTemperature = shutdownTemperature
        self.throughput = throughput
    }
}

/// The equal fans of a tray.
public struct FanConfiguration: Sendable {
    public var count: Int
    /// Speed at full duty, rpm.
    public var maximumSpeed: Double
    /// Free-air flow of one fan at full speed, m^3/s.
    public var maximumFlow: Double
    /// Electrical power of one fan: idlePower + cubicPower * (speed / maximumSpeed)^3, W.
    public var idlePower: Double
    public var cubicPower: Double
    /// Time constant of the speed, s.
    public var lag: Double

    public init(
        count: Int, maximumSpeed: Double, maximumFlow: Double, idlePower: Double, cubicPower: Double, lag: Double
    ) {
        self.count = count
        self.maximumSpeed = maximumSpeed
        self.maximumFlow = maximumFlow
        self.idlePower = idlePower
        self.cubicPower = cubicPower
        self.lag = lag
    }
}

/// The thermal path of a tray's accelerators: die to heat sink (or cold plate) to air or liquid.
public struct ThermalConfiguration: Sendable {
    /// K/W per accelerator, die to sink, and sink to medium at full flow.
    public var dieResistance: Double
    public var sinkResistance: Double
    /// J/K per accelerator.
    public var dieCapacity: Double
    public var sinkCapacity: Double
    /// Coolant flow through the tray, kg/s, and its heat capacity, J/(kg K). Used when cooled by liquid.
    public var coolantFlow: Double
    public var coolantHeatCapacity: Double
    /// How far the resistances of single accelerators lie from the values above at most, 0...1: mounting pressure and
    /// paste differ. Typical: a few per cent.
    public var spread: Double

    public init(
        dieResistance: Double, sinkResistance: Double, dieCapacity: Double, sinkCapacity: Double,
        coolantFlow: Double, coolantHeatCapacity: Double, spread: Double = 0.04
    ) {
        self.dieResistance = dieResistance
        self.sinkResistance = sinkResistance
        self.dieCapacity = dieCapacity
        self.sinkCapacity = sinkCapacity
        self.coolantFlow = coolantFlow
        self.coolantHeatCapacity = coolantHeatCapacity
        self.spread = spread
    }
}
