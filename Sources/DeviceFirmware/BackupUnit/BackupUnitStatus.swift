/// What a unit does, as the Open Rack V3 HPR battery's mode register has it (rackmon's orv3_hpr_bbu.json, register 107).
@frozen
public struct BackupUnitMode: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var charging: Self { bit(0) }
    public static var discharging: Self { bit(1) }
}

/// What is wrong with a unit, as the same battery's status register has it (register 104).
@frozen
public struct BackupUnitAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The MCU has restarted (sticky only), or its converter failed.
    public static var microFailure: Self { bit(4) }
    public static var packUnderVoltage: Self { bit(10) }
    public static var temperature: Self { bit(13) }
    public static var chargeNotAllowed: Self { bit(14) }
    public static var dischargeNotAllowed: Self { bit(15) }

    static var sticky: Self { microFailure.union(packUnderVoltage).union(temperature) }
}
