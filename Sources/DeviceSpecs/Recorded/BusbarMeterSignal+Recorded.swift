public import RegisterMaps

extension BusbarMeterSignal: RecordedSignals {
    public static var recorded: [RecordedSignal] {
        [
            amount(".voltage", .voltage), amount(".current", .current), amount(".power", .power),
            amount(".energy", .energy), amount(".demand", .demand), amount(".peak-demand", .peakDemand),
            amount(".peak-power", .peakPower), amount(".lowest-voltage", .lowestVoltage),
            amount(".highest-voltage", .highestVoltage), flag("over-power", of: .status),
            flag("under-voltage", of: .status), flag("over-voltage", of: .status), flag("saturated", of: .status),
        ]
    }
}
