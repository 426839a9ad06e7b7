public import RegisterMaps

extension PumpUnitSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .stalledPumps, .lockedPumps: KnownFlag.unnamed(4)
        case .shutBranches: KnownFlag.unnamed(32)
        case .alarms:
            [
                KnownFlag(0, "reservoir", "rpu-reservoir-status-abnormal"),
                KnownFlag(1, "supply-temperature", "rpu-outlet-temp-status"), KnownFlag(2, "rpu-inlet-temp-status"),
                KnownFlag(3, "rpu-air-inlet-temp-status"), KnownFlag(4, "rpu-outlet-pressure-status"),
                KnownFlag(5, "hex-water-inlet-temp-status"), KnownFlag(6, "pump", "pump-status-abnormal"),
                KnownFlag(7, "loop-blocked", "coolant-loop-blocked"),
                KnownFlag(8, "emergency-button", "emergency-button-triggered"),
                KnownFlag(9, "not-ready", "deassert-rpu-ready"), KnownFlag(10, "y-filter-status"),
            ]
        case .leaks, .latchedLeaks:
            [
                KnownFlag(0, "tray-1", "it-chassis0-stop"), KnownFlag(1, "tray-2", "it-chassis1-stop"),
                KnownFlag(2, "tray-3", "it-chassis2-stop"), KnownFlag(3, "tray-4", "it-chassis3-stop"),
                KnownFlag(4, "inside", "rpu-internal-leakage-abnormal"),
                KnownFlag(5, "outside", "rpu-external-leakage-abnormal"),
                KnownFlag(6, "option-1", "rpu-opt-external-leakage1-abnormal"),
                KnownFlag(7, "option-2", "rpu-opt-external-leakage2-abnormal"),
                KnownFlag(8, "pan", "hex-rack-pan-leakage"), KnownFlag(9, "floor", "hex-rack-floor-leakage"),
                KnownFlag(10, "hex-rack-pan-leakage-relay"), KnownFlag(11, "hex-rack-floor-leakage-relay"),
                KnownFlag(12, "hex-rack-pan-leakage-error"), KnownFlag(13, "hex-rack-floor-leakage-error"),
            ]
        case .control:
            [
                KnownFlag(0, "pump-redundant-switched-enable"), KnownFlag(1, "manual-control-pump-on"),
                KnownFlag(2, "manual-control-fan-on"), KnownFlag(3, "auto-tune-flow-control-on"),
                KnownFlag(4, "auto-tune-pressure-balance-control-on"), KnownFlag(5, "stop", "system-stop"),
                KnownFlag(6, "rpu-remote-power-cycle"), KnownFlag(7, "set-pump-group1"),
                KnownFlag(8, "set-pump-group2"), KnownFlag(9, "enable-manual-control"),
                KnownFlag(10, "clear-pump-running-time"), KnownFlag(11, "clear-log"),
                KnownFlag(12, "reset-pump-1", "pump1-reset"), KnownFlag(13, "reset-pump-2", "pump2-reset"),
                KnownFlag(14, "reset-pump-3", "pump3-reset"), KnownFlag(15, "reset-pump-4", "pump4-reset"),
            ]
        case .status, .latchedFaults:
            [
                KnownFlag(0, "pump-failed"), KnownFlag(1, "comms-watchdog"), KnownFlag(2, "failsafe"),
                KnownFlag(3, "valve-stuck"), KnownFlag(4, "sensor-lost"), KnownFlag(5, "leak"),
                KnownFlag(6, "low-level"), KnownFlag(7, "dry"), KnownFlag(8, "stopped"), KnownFlag(11, "overrun"),
                KnownFlag(12, "restarted"), KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
