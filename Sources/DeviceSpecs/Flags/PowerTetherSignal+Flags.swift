public import RegisterMaps

extension PowerTetherSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .generalAlarms:
            [
                KnownFlag(0, "remote-sense-lost"), KnownFlag(1, "converter"), KnownFlag(2, "temperature"),
                KnownFlag(3, "communication"), KnownFlag(8, "input-current-sense-failed"),
                KnownFlag(9, "converter-failed", "dcdc-converter-failed"), KnownFlag(10, "temperature-alarm"),
                KnownFlag(11, "fan-alarm"),
            ]
        case .inputAlarms:
            [
                KnownFlag(0, "under-voltage"), KnownFlag(1, "over-voltage"), KnownFlag(4, "remote-low"),
                KnownFlag(5, "remote-high"), KnownFlag(10, "input-relay-off"),
            ]
        case .outputAlarms: .converterOutput
        case .temperatureAlarms:
            [
                KnownFlag(0, "outlet"), KnownFlag(1, "inlet"), KnownFlag(2, "oring"),
                KnownFlag(3, "synchronous-rectifier"), KnownFlag(4, "converter", "dcdc"), KnownFlag(5, "bypass"),
                KnownFlag(8, "fan-failure"),
            ]
        case .communicationAlarms:
            [
                KnownFlag(0, "primary-controller-fault", "primary-mcu-fault"),
                KnownFlag(1, "secondary-controller-fault", "secondary-mcu-fault"), KnownFlag(8, "modbus-active"),
                KnownFlag(9, "can-active"),
            ]
        case .settings:
            [
                KnownFlag(0, "write-enable"), KnownFlag(1, "remote-off"),
                KnownFlag(8, "power-loss-siren", "power-loss-siren-enable"),
                KnownFlag(11, "active-current-sharing", "active-current-share"), KnownFlag(14, "clear-faults"),
            ]
        default: []
        }
    }
}
