// The alarm words of an Open Rack V3 power tether. Registers and bits: facebook/openbmc, rackmon2, register map
// orv3_power_recv (Apache-2.0), whose names are all that is public; when a bit is set is our reading of its name. Bits that
// this model has no sensor for stay clear: ORing, synchronous-rectifier and bypass temperature, and the other MCUs.

/// Register 60: which of the other alarm words has something to say, and what belongs in none of them.
@frozen
public struct PowerTetherGeneralAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Nothing is heard from the far end of the cable: the plug is out, or its sense pair is broken.
    public static var remoteSenseLost: Self { bit(0) }
    /// The converter's word has something to say.
    public static var converter: Self { bit(1) }
    /// The temperatures' word has something to say.
    public static var temperature: Self { bit(2) }
    /// The communication word has something to say.
    public static var communication: Self { bit(3) }
    /// More comes out than goes in: what measures the input current is broken.
    public static var inputCurrentSenseFailed: Self { bit(8) }
    /// The converter has failed.
    public static var converterFailed: Self { bit(9) }
    /// Something is too warm.
    public static var temperatureAlarm: Self { bit(10) }
    /// A fan has failed.
    public static var fanAlarm: Self { bit(11) }
}

/// Register 61: the other rack's side.
@frozen
public struct PowerTetherInputAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The voltage at the input terminals is too low to run on.
    public static var underVoltage: Self { bit(0) }
    /// The voltage at the input terminals is too high.
    public static var overVoltage: Self { bit(1) }
    /// The far end of the cable is below what an Open Rack V3 busbar should have.
    public static var remoteLow: Self { bit(4) }
    /// The far end of the cable is above what an Open Rack V3 busbar should have.
    public static var remoteHigh: Self { bit(5) }
    /// The input relay is open.
    public static var inputRelayOff: Self { bit(10) }
}

/// Register 63: temperatures and fans.
@frozen
public struct PowerTetherTemperatureAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var outlet: Self { bit(0) }
    /// The inlet air, or the input terminals with the plug in them.
    public static var inlet: Self { bit(1) }
    public static var oring: Self { bit(2) }
    public static var synchronousRectifier: Self { bit(3) }
    /// The converter's hot spot.
    public static var converter: Self { bit(4) }
    public static var bypass: Self { bit(5) }
    public static var fanFailure: Self { bit(8) }
}

/// Register 64: the unit's own MCUs, and who speaks to it.
@frozen
public struct PowerTetherCommunicationAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var primaryControllerFault: Self { bit(0) }
    public static var secondaryControllerFault: Self { bit(1) }
    /// Always set: whoever reads it speaks Modbus.
    public static var modbusActive: Self { bit(8) }
    public static var canActive: Self { bit(9) }
}

/// Register 94.
@frozen
public struct PowerTetherSettings: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// While clear, only this bit itself can be changed.
    public static var writeEnable: Self { bit(0) }
    /// Keeps the output off and the input relay open.
    public static var remoteOff: Self { bit(1) }
    /// Kept and read back; nothing here depends on it.
    public static var powerLossSiren: Self { bit(8) }
    /// Kept and read back; the current is shared either way.
    public static var activeCurrentSharing: Self { bit(11) }
    /// Acts once and reads as zero.
    public static var clearFaults: Self { bit(14) }

    /// Every bit that the register knows.
    static var known: Self {
        writeEnable.union(remoteOff).union(powerLossSiren).union(activeCurrentSharing).union(clearFaults)
    }
}
