public import RegisterMaps

extension ShuntMonitorSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .criticalChannels, .warningChannels: KnownFlag.unnamed(8)
        case .latchedAlerts: KnownFlag.unnamed(16)
        case .status, .latchedFaults:
            [
                KnownFlag(0, "critical"), KnownFlag(1, "warning"), KnownFlag(2, "accumulators-full"),
                KnownFlag(9, "saturated"), KnownFlag(11, "overrun"), KnownFlag(12, "restarted"),
                KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
