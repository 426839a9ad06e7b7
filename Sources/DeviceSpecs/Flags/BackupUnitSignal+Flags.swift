public import RegisterMaps

extension BackupUnitSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .faultClear: KnownFlag.unnamed(16)
        case .mode:
            [
                KnownFlag(0, "charging"), KnownFlag(1, "discharging", "discharge"), KnownFlag(2, "cell-balancing"),
                KnownFlag(3, "soh-test"), KnownFlag(4, "soh-test-ocv-relaxation-time"),
                KnownFlag(5, "canbus-communication-failure"), KnownFlag(6, "smbus-communication-failure"),
                KnownFlag(7, "soh-test-interval-override"), KnownFlag(8, "soh-override"),
                KnownFlag(9, "hw-reset-pin-enable-disable"), KnownFlag(10, "variable-charger-manual-override"),
                KnownFlag(11, "pcm-threshold-override-enable"), KnownFlag(12, "cc-charge-timeout-disable"),
                KnownFlag(13, "system-control-enable"), KnownFlag(14, "eol-threshold-override"),
                KnownFlag(15, "pulse-mgmt-pin-enable-disable", "vo-sel-pin-enable-disable"),
            ]
        case .alarms, .latchedAlarms:
            [
                KnownFlag(0, "charge-fet-failure"), KnownFlag(1, "charge-fuse-failure"),
                KnownFlag(2, "discharge-fuse-failure"), KnownFlag(3, "afe-failure"), KnownFlag(4, "micro-failure"),
                KnownFlag(5, "cell-balancing-failure"), KnownFlag(6, "fan-failure"), KnownFlag(7, "eol"),
                KnownFlag(8, "pack-over-voltage"), KnownFlag(9, "cell-over-voltage"),
                KnownFlag(10, "pack-under-voltage"), KnownFlag(11, "cell-under-voltage"),
                KnownFlag(12, "pack-over-current"), KnownFlag(13, "temperature", "temperature-failure"),
                KnownFlag(14, "charge-not-allowed"), KnownFlag(15, "discharge-not-allowed"),
            ]
        default: []
        }
    }
}
