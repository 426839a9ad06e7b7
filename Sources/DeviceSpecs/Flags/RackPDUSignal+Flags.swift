public import RegisterMaps

extension RackPDUSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status, .latchedFaults:
            [
                KnownFlag(0, "overload"), KnownFlag(1, "breaker-open"), KnownFlag(2, "inlet-lost"),
                KnownFlag(3, "outlet-off"), KnownFlag(4, "sequencing"), KnownFlag(12, "restarted"),
                KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
