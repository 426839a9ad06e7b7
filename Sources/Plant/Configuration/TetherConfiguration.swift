/// A power tether: a DC cable from another rack's busbar to a converter that feeds this one.
public struct TetherConfiguration: Sendable {
    public var name: String
    /// Continuous output power, W, and the power at which the converter goes over to constant current, W.
    public var ratedPower: Double
    public var limitPower: Double
    /// Output voltage without load, V, and by how much it has fallen at rated power, V (the load line).
    public var noLoadVoltage: Double
    public var droop: Double
    /// Efficiency of the converter (y, 0...1) over load fraction (x).
    public var efficiency: [CurvePoint]
    /// Of the other rack's busbar at the plug, V; it is taken as stiff.
    public var sourceVoltage: Double
    /// Of the cable, there and back, Ohm.
    public var cableResistance: Double
    /// Of all contacts of both plugs together when new, Ohm.
    public var contactResistance: Double
    /// K by which the hotter plug warms up for each W in the contacts, and the time constant with which it does, s.
    public var contactHeatResistance: Double
    public var contactHeatTime: Double
    /// Below this input voltage the converter's own hardware stops it, V.
    public var minimumInput: Double

    public init(
        name: String, ratedPower: Double, limitPower: Double, noLoadVoltage: Double, droop: Double,
        efficiency: [CurvePoint], sourceVoltage: Double, cableResistance: Double, contactResistance: Double,
        contactHeatResistance: Double, contactHeatTime: Double, minimumInput: Double
    ) {
        self.name = name
        self.ratedPower = ratedPower
        self.limitPower = limitPower
        self.noLoadVoltage = noLoadVoltage
        self.droop = droop
        self.efficiency = efficiency
        self.sourceVoltage = sourceVoltage
        self.cableResistance = cableResistance
        self.contactResistance = contactResistance
        self.contactHeatResistance = contactHeatResistance
        self.contactHeatTime = contactHeatTime
        self.minimumInput = minimumInput
    }
}
