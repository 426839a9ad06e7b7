/// A shelf of equal backup units on the busbar: batteries, or capacitors.
public struct BackupShelfConfiguration: Sendable {
    public var name: String
    public var unitCount: Int
    public var unit: BackupUnitConfiguration
    /// Indices of the power shelves whose AC-loss lines its units hear.
    public var backedShelves: [Int]

    public init(name: String, unitCount: Int, unit: BackupUnitConfiguration, backedShelves: [Int]) {
        self.name = name
        self.unitCount = unitCount
        self.unit = unit
        self.backedShelves = backedShelves
    }
}

/// A battery backup unit or a capacitor unit: a store behind a converter that works both ways.
public struct BackupUnitConfiguration: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Voltage rises in a straight line with the charge.
        case battery
        /// The square of the voltage rises in a straight line with the charge.
        case capacitor
    }

    public var kind: Kind
    /// Between empty and full, inside the store, J.
    public var energy: Double
    /// The most that the converter gives to the busbar and takes from it, W.
    public var dischargePower: Double
    public var chargePower: Double
    /// Open-circuit voltage of the store when empty and when full, V.
    public var emptyVoltage: Double
    public var fullVoltage: Double
    /// Internal resistance of the store, Ohm.
    public var resistance: Double
    /// Of the converter, each way, 0...1.
    public var efficiency: Double
    /// Of the busbar while the unit holds it: without load, and by how much it has fallen at the discharge power, V.
    public var holdVoltage: Double
    public var holdDroop: Double
    /// 0...1, at the start of the run.
    public var initialCharge: Double

    public init(
        kind: Kind, energy: Double, dischargePower: Double, chargePower: Double, emptyVoltage: Double,
        fullVoltage: Double, resistance: Double, efficiency: Double, holdVoltage: Double, holdDroop: Double,
        initialCharge: Double = 1
    ) {
        self.kind = kind
        self.energy = energy
        self.dischargePower = dischargePower
        self.chargePower = chargePower
        self.emptyVoltage = emptyVoltage
        self.fullVoltage = fullVoltage
        self.resistance = resistance
        self.efficiency = efficiency
        self.holdVoltage = holdVoltage
        self.holdDroop = holdDroop
        self.initialCharge = initialCharge
    }
}
