// The alarm words of an Open Rack V3 HPR power supply. Registers and bits: facebook/openbmc, rackmon2, register map
// orv3_hpr_psu (Apache-2.0). Bits that this model has no sensor for stay clear.

/// Register 60: which of the other alarm words has something to say.
@frozen
public struct PowerSupplyGeneralAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var inputStage: Self { bit(0) }
    public static var outputStage: Self { bit(1) }
    public static var temperature: Self { bit(2) }
    public static var communication: Self { bit(3) }
    public static var inputStageFailed: Self { bit(8) }
    public static var outputStageFailed: Self { bit(9) }
    public static var temperatureAlarm: Self { bit(10) }
    public static var fanAlarm: Self { bit(11) }
}

/// Register 61: power-factor-correction stage.
@frozen
public struct PowerSupplyInputAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var underVoltage: Self { bit(0) }
    public static var overVoltage: Self { bit(1) }
    public static var frequencyLow: Self { bit(4) }
    public static var frequencyHigh: Self { bit(5) }
    public static var inputNotOK: Self { bit(8) }
    public static var bulkNotOK: Self { bit(9) }
    public static var inputRelayOff: Self { bit(10) }
    public static var stageFailed: Self { bit(11) }
    public static var inputLossSingleFault: Self { bit(12) }
}

/// Register 63: temperatures and fans.
@frozen
public struct PowerSupplyTemperatureAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var outlet: Self { bit(0) }
    public static var inlet: Self { bit(1) }
    public static var oring: Self { bit(2) }
    public static var synchronousRectifier: Self { bit(3) }
    public static var resonantConverter: Self { bit(4) }
    public static var inputStage: Self { bit(5) }
    public static var busClip: Self { bit(6) }
    public static var busClipShutdown: Self { bit(7) }
    public static var fanFailure: Self { bit(8) }
}

/// Register 64: between the supply's own MCUs.
@frozen
public struct PowerSupplyCommunicationAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var primarySecondary: Self { bit(0) }
    public static var secondaryLogic: Self { bit(1) }
}
