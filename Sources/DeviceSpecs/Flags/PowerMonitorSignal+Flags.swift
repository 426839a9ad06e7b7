public import RegisterMaps

extension PowerMonitorSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .status, .latchedFaults:
            [
                KnownFlag(0, "over-power"), KnownFlag(1, "comms-watchdog", "comms-lost", "silent-controller"),
                KnownFlag(2, "default-limit", "fallback-limit"), KnownFlag(3, "over-voltage"),
                KnownFlag(4, "under-voltage"), KnownFlag(5, "over-current"), KnownFlag(6, "over-temperature"),
                KnownFlag(7, "power-brake", "brake"), KnownFlag(8, "over-limit"),
                KnownFlag(9, "saturated", "converter-at-end", "clipped"), KnownFlag(10, "unlocked"),
                KnownFlag(11, "overrun", "sample-missed"), KnownFlag(12, "restarted"), KnownFlag(13, "brake-line"),
                KnownFlag(15, "latched-fault", "event-latched", "latched"),
            ]
        default: []
        }
    }
}
