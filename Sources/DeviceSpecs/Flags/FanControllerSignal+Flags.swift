public import RegisterMaps

extension FanControllerSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .stalledFans, .latchedStalls: KnownFlag.unnamed(16)
        case .status, .latchedFaults:
            [
                KnownFlag(0, "fan-stalled"), KnownFlag(1, "comms-watchdog"), KnownFlag(2, "failsafe"),
                KnownFlag(3, "over-temperature"), KnownFlag(4, "sensor-lost"), KnownFlag(11, "overrun"),
                KnownFlag(12, "restarted"), KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
