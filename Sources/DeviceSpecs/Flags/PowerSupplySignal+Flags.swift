public import RegisterMaps

extension PowerSupplySignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .generalAlarms:
            [
                KnownFlag(0, "input-stage"), KnownFlag(1, "output-stage"), KnownFlag(2, "temperature"),
                KnownFlag(3, "communication"), KnownFlag(8, "input-stage-failed", "pfc-converter-failed"),
                KnownFlag(9, "output-stage-failed", "dcdc-converter-failed"), KnownFlag(10, "temperature-alarm"),
                KnownFlag(11, "fan-alarm"),
            ]
        case .inputAlarms:
            [
                KnownFlag(0, "under-voltage", "ac-under-voltage"), KnownFlag(1, "over-voltage", "ac-over-voltage"),
                KnownFlag(4, "frequency-low"), KnownFlag(5, "frequency-high"),
                KnownFlag(8, "input-not-ok", "ac-not-ok"), KnownFlag(9, "bulk-not-ok"),
                KnownFlag(10, "input-relay-off"), KnownFlag(11, "stage-failed", "pfc-failed"),
                KnownFlag(12, "input-loss-single-fault", "ac-loss-single-fault"),
            ]
        case .outputAlarms: .converterOutput
        case .temperatureAlarms:
            [
                KnownFlag(0, "outlet"), KnownFlag(1, "inlet"), KnownFlag(2, "oring"),
                KnownFlag(3, "synchronous-rectifier"), KnownFlag(4, "resonant-converter", "llc"),
                KnownFlag(5, "input-stage", "pfc"), KnownFlag(6, "bus-clip"), KnownFlag(7, "bus-clip-shutdown"),
                KnownFlag(8, "fan-failure"),
            ]
        case .communicationAlarms:
            [
                KnownFlag(0, "primary-secondary", "primary-to-secondary-mcu"),
                KnownFlag(1, "secondary-logic", "secondary-to-logic-mcu"), KnownFlag(8, "modbus-active"),
                KnownFlag(9, "pmbus-active"),
            ]
        case .settings:
            [
                KnownFlag(0, "write-enable"), KnownFlag(1, "pulse-management-enable"),
                KnownFlag(6, "force-pulse-management"), KnownFlag(7, "force-ac-loss"),
                KnownFlag(8, "power-loss-siren-enable"), KnownFlag(9, "output-at-48-volts"),
                KnownFlag(10, "operation-at-low-voltage"),
                KnownFlag(11, "active-current-sharing", "active-current-share"),
                KnownFlag(12, "hardware-reset-pin", "reset-pin-enable"),
                KnownFlag(13, "voltage-select-pin", "voltage-select-pin-enable"), KnownFlag(14, "clear-faults"),
                KnownFlag(15, "power-cycle"),
            ]
        case .hardwareSignals:
            [
                KnownFlag(0, "slot-a0"), KnownFlag(1, "slot-a1"), KnownFlag(2, "slot-a2"), KnownFlag(3, "shelf-a0"),
                KnownFlag(4, "shelf-a1"), KnownFlag(5, "shelf-a2"), KnownFlag(6, "input-loss-inactive", "ac-loss-low"),
                KnownFlag(7, "pulse-management-inactive", "pulse-management-low"),
                KnownFlag(8, "synchronous-stop", "sync-stop"), KnownFlag(9, "synchronous-start", "sync-start"),
                KnownFlag(10, "alert"), KnownFlag(11, "reset-latched-fault"), KnownFlag(12, "kill", "supply-kill"),
            ]
        default: []
        }
    }
}
