// The status words of two pressure-independent valves. Registers and bits: openbmc/phosphor-modbus, BelimoEV200ARXEValve and,
// below, Danfoss003Z8540Valve (Apache-2.0), whose names are all that is public of them; when a bit is set is our reading. Bits that this model has no
// sensor for stay clear.

/// Register 0x9D.
@frozen
public struct ControlValveStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var actuatorSilent: Self { bit(0) }
    public static var gearDisengaged: Self { bit(1) }
    /// The motor drives and the valve does not move.
    public static var actuatorBlocked: Self { bit(2) }
    public static var reverseFlow: Self { bit(3) }
    /// The flow has not come to what is wanted for longer than the valve travels.
    public static var setpointNotReached: Self { bit(4) }
    /// Water flows though the valve is closed.
    public static var flowWithClosedValve: Self { bit(5) }
    /// More water flows than the valve is made for.
    public static var flowExceedsNominal: Self { bit(6) }
    public static var flowMeasurementError: Self { bit(7) }
    public static var remoteTemperatureError: Self { bit(8) }
    public static var bodyTemperatureError: Self { bit(9) }
    public static var flowSensorSilent: Self { bit(10) }
    /// The water is close to freezing.
    public static var freezeWarning: Self { bit(11) }
    public static var glycolDetected: Self { bit(12) }
    public static var powerSetpointNotReached: Self { bit(13) }
    public static var endOfLife: Self { bit(14) }
    /// The bus is to rule and nobody wrote a setpoint in time. Stays until a setpoint is written.
    public static var busWatchdog: Self { bit(15) }
}

/// Register 0x9E.
@frozen
public struct ControlValveNotes: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var noDifferentialPressure: Self { bit(0) }
    public static var differentialPressureNotReached: Self { bit(1) }
    /// Less was asked for than the minimum.
    public static var minimumApplied: Self { bit(2) }
}

/// Register 0x8300 of the second valve.
@frozen
public struct ControlValveSurroundings: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var temperatureOutOfRange: Self { bit(0) }
    public static var supplyVoltageHigh: Self { bit(2) }
    public static var supplyVoltageLow: Self { bit(3) }
    /// The bus is to rule and nobody wrote a setpoint in time.
    public static var communicationFault: Self { bit(5) }
    public static var unitSettingInvalid: Self { bit(6) }
}

/// Register 0x8301 of the second valve.
@frozen
public struct ControlValveDrive: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var noControlSignal: Self { bit(0) }
    /// The motor drives and the valve does not move.
    public static var movementError: Self { bit(1) }
    public static var calibrationError: Self { bit(2) }
    public static var internalError: Self { bit(3) }
}
