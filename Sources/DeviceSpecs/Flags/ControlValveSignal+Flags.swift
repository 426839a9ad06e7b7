public import RegisterMaps

extension ControlValveSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status:
            [
                KnownFlag(0, "actuator-silent"), KnownFlag(1, "gear-disengaged"), KnownFlag(2, "actuator-blocked"),
                KnownFlag(3, "reverse-flow"), KnownFlag(4, "setpoint-not-reached"),
                KnownFlag(5, "flow-with-closed-valve"), KnownFlag(6, "flow-exceeds-nominal"),
                KnownFlag(7, "flow-measurement-error"), KnownFlag(8, "remote-temperature-error"),
                KnownFlag(9, "body-temperature-error"), KnownFlag(10, "flow-sensor-silent"),
                KnownFlag(11, "freeze-warning"), KnownFlag(12, "glycol-detected"),
                KnownFlag(13, "power-setpoint-not-reached"), KnownFlag(14, "end-of-life"),
                KnownFlag(15, "bus-watchdog"),
            ]
        case .notes:
            [
                KnownFlag(0, "no-differential-pressure"), KnownFlag(1, "differential-pressure-not-reached"),
                KnownFlag(2, "minimum-applied"),
            ]
        case .surroundings:
            [
                KnownFlag(0, "temperature-out-of-range"),
                KnownFlag(2, "supply-voltage-high", "power-supply-voltage-too-high"),
                KnownFlag(3, "supply-voltage-low", "power-supply-voltage-too-low"),
                KnownFlag(5, "communication-fault", "communication-faults"),
                KnownFlag(6, "unit-setting-invalid", "invalid-slave-id-setting"),
            ]
        case .drive:
            [
                KnownFlag(0, "no-control-signal"), KnownFlag(1, "movement-error", "error-during-movement"),
                KnownFlag(2, "calibration-error", "error-during-calibration"), KnownFlag(3, "internal-error"),
            ]
        default: []
        }
    }
}
