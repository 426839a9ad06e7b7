public import Units

/// What a pump unit senses at one instant.
@frozen
public struct PumpUnitImage: Sendable {
    /// Tachometers, of which the fitted ones count.
    public var pumpSpeeds: InlineArray<4, RotationalSpeed> = InlineArray(repeating: .zero)
    /// Millilitres per minute.
    public var flow: Int64 = 0
    public var supplyTemperature: Temperature = .degrees(30)
    public var returnTemperature: Temperature = .degrees(30)
    public var facilityTemperature: Temperature = .degrees(25)
    /// Pascals above the air's.
    public var supplyPressure: Int64 = 0
    public var returnPressure: Int64 = 0
    public var level: PerMille = .whole
    public var valvePosition: PerMille = .zero
    public var leaks = PumpUnitLeaks()
    public var isEmergencyPressed = false
    /// The supply thermometer answers.
    public var isSensorPresent = true
    /// Of all pumps.
    public var power: Power = .zero
    public var busVoltage: Voltage = .volts(50)

    @inlinable public init() {}
}

/// What a pump unit drives.
@frozen
public struct PumpUnitOutputs: Hashable, Sendable {
    /// Common to all pumps that are not locked out.
    public var duty: PerMille
    /// Bit n: pump n+1 is kept off.
    public var lockedPumps: UInt16
    public var valve: PerMille
    /// Bit n: the branch of tray n+1 is shut.
    public var shutBranches: UInt32

    @inlinable public init(duty: PerMille, lockedPumps: UInt16 = 0, valve: PerMille, shutBranches: UInt32 = 0) {
        self.duty = duty
        self.lockedPumps = lockedPumps
        self.valve = valve
        self.shutBranches = shutBranches
    }
}
