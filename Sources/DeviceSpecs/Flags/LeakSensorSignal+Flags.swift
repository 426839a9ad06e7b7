public import RegisterMaps

extension LeakSensorSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status, .latched:
            [
                KnownFlag(0, "leak"), KnownFlag(1, "door-open"), KnownFlag(2, "rope-broken"), KnownFlag(11, "overrun"),
                KnownFlag(12, "restarted"), KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
