public import RegisterMaps

extension ShelfGatewaySignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .modulesPresent, .modulesAlert, .modulesPlanned: KnownFlag.unnamed(6)
        case .moduleAlarms: KnownFlag.unnamed(16)
        case .alarms:
            [
                KnownFlag(0, "missing-modules"), KnownFlag(1, "shelf-eeprom-fault"),
                KnownFlag(4, "module-communication", "module-modbus-communication-error"),
                KnownFlag(5, "pmm-modbus-communication-error"), KnownFlag(6, "serial-link-fault"),
                KnownFlag(8, "module-alerts"), KnownFlag(12, "ishare-cable-not-detected"),
            ]
        case .communicationAlarms:
            [
                KnownFlag(0, "rx-serial-input-failure"), KnownFlag(1, "module1-modbus-fault"),
                KnownFlag(2, "module2-modbus-fault"), KnownFlag(3, "module3-modbus-fault"),
                KnownFlag(4, "module4-modbus-fault"), KnownFlag(5, "module5-modbus-fault"),
                KnownFlag(6, "module6-modbus-fault"), KnownFlag(8, "shelf-eeprom-fault"),
            ]
        default: []
        }
    }
}
