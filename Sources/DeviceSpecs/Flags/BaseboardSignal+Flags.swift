public import RegisterMaps

extension BaseboardSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status, .latchedFaults:
            [
                KnownFlag(0, "limit-exceeded"), KnownFlag(1, "comms-watchdog"), KnownFlag(2, "default-limit"),
                KnownFlag(3, "limit-active"), KnownFlag(4, "powered-off"), KnownFlag(5, "exception-power-off"),
                KnownFlag(6, "accelerator-over-temperature"), KnownFlag(7, "inlet-over-temperature"),
                KnownFlag(8, "outlet-over-temperature"), KnownFlag(9, "host-over-temperature"),
                KnownFlag(10, "at-floor"), KnownFlag(11, "overrun"), KnownFlag(12, "restarted"),
                KnownFlag(15, "latched-fault"),
            ]
        default: []
        }
    }
}
