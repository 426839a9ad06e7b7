public import Units

/// What came of asking one module over the shelf's own bus.
@frozen
public struct ShelfGatewayImage: Sendable {
    /// Nothing came.
    public var isSilent: Bool
    /// Something came whose CRC is wrong.
    public var isCorrupt: Bool
    public var temperature: Temperature
    public var charge: PerMille
    public var voltage: Voltage
    public var current: Current
    public var power: Power
    public var energyRemaining: Energy
    public var energyFull: Energy
    /// Of a backup unit.
    public var absoluteCharge: PerMille
    public var currentNow: Current
    /// Of a supply.
    public var inputVoltage: Voltage
    public var inputCurrent: Current
    /// The module's own alarm word.
    public var alarms: UInt16

    @inlinable public init() {
        isSilent = false
        isCorrupt = false
        temperature = .zero
        charge = .zero
        voltage = .zero
        current = .zero
        power = .zero
        energyRemaining = .zero
        energyFull = .zero
        absoluteCharge = .zero
        currentNow = .zero
        inputVoltage = .zero
        inputCurrent = .zero
        alarms = 0
    }
}

/// A gateway drives nothing.
@frozen
public struct ShelfGatewayOutputs: Hashable, Sendable {
    @inlinable public init() {}
}
