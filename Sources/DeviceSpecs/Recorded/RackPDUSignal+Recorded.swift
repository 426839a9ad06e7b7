public import RegisterMaps

extension RackPDUSignal: RecordedSignals {
    public static var recorded: [RecordedSignal] {
        [
            amount(".voltage", .inletVoltage), amount(".current", .inletCurrent), amount(".power", .inletPower),
            amount(".energy", .inletEnergy), flag("overload", of: .status), flag("inlet-lost", of: .status),
            flag("sequencing", of: .status), truth("/breaker.closed", .breakerClosed),
            amount("/outlet-{n}.power", .outletPower), amount("/outlet-{n}.current", .outletCurrent),
            truth("/outlet-{n}.on", .outletState),
        ]
    }
}
