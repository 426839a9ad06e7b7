/// Register 94 of an Open Rack V3 HPR power supply (facebook/openbmc, rackmon2, register map orv3_hpr_psu).
@frozen
public struct PowerSupplySettings: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// While clear, only this bit itself can be changed, and the setpoint and fan override are refused.
    public static var writeEnable: Self { bit(0) }
    public static var pulseManagementEnable: Self { bit(1) }
    public static var forcePulseManagement: Self { bit(6) }
    public static var forceACLoss: Self { bit(7) }
    public static var activeCurrentSharing: Self { bit(11) }
    public static var hardwareResetPin: Self { bit(12) }
    public static var voltageSelectPin: Self { bit(13) }
    /// Acts once and reads as zero.
    public static var clearFaults: Self { bit(14) }
    /// Acts once and reads as zero.
    public static var powerCycle: Self { bit(15) }

    /// Every bit that the register knows.
    static var known: Self {
        writeEnable.union(pulseManagementEnable).union(forcePulseManagement).union(forceACLoss)
            .union(activeCurrentSharing).union(hardwareResetPin).union(voltageSelectPin).union(actions)
    }

    static var actions: Self { clearFaults.union(powerCycle) }
}

/// Register 120: levels of the shelf's lines at the supply's connector (same source as `PowerSupplySettings`).
@frozen
public struct PowerSupplyHardwareSignals: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Bits 0 to 2 are the slot, bits 3 to 5 the shelf.
    static func address(slot: UInt8, shelf: UInt8) -> Self {
        Self(rawValue: UInt16(slot & 7) | UInt16(shelf & 7) << 3)
    }

    /// Active low: clear while AC loss is announced.
    public static var inputLossInactive: Self { bit(6) }
    /// Active low: clear while pulse management is forced.
    public static var pulseManagementInactive: Self { bit(7) }
    public static var synchronousStop: Self { bit(8) }
    public static var synchronousStart: Self { bit(9) }
    public static var alert: Self { bit(10) }
    public static var resetLatchedFault: Self { bit(11) }
    public static var kill: Self { bit(12) }
}
