public import RegisterMaps

extension BusbarMeterSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status, .latchedFaults:
            [
                KnownFlag(0, "over-power"), KnownFlag(1, "under-voltage"), KnownFlag(2, "over-voltage"),
                KnownFlag(9, "saturated"), KnownFlag(11, "overrun"), KnownFlag(12, "restarted"),
                KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
