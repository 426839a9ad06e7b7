/// The general alarms of a shelf's gateway, as Delta's management module has them (phosphor-modbus, GEN_ALARM at 0x59).
@frozen
public struct ShelfGatewayAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var missingModules: Self { bit(0) }
    public static var moduleCommunication: Self { bit(4) }
    public static var moduleAlerts: Self { bit(8) }
}
