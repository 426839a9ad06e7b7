public import RegisterMaps

extension LeakSensorSignal: RecordedSignals {
    public static var recorded: [RecordedSignal] {
        [
            truth(".wet", .leak), amount(".wetness", .wetness), flag("rope-broken", of: .status),
            // A tray has no door.
            truth(".door-open", .door).only(.rack), amount(".door-count", .doorCount).only(.rack),
        ]
    }
}
