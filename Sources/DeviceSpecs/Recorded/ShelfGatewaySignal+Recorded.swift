public import RegisterMaps

extension ShelfGatewaySignal: RecordedSignals {
    public static var recorded: [RecordedSignal] {
        [
            count(".present", of: .modulesPresent), count(".alerting", of: .modulesAlert),
            flag("missing-modules", of: .alarms),
            amount("/module-{n}.input-voltage", .inputVoltage).only(.shelf),
            amount("/module-{n}.charge", .charge).only(.backupShelf), amount("/module-{n}.power", .power),
            amount("/module-{n}.age", .age), member("/module-{n}.alert", in: .modulesAlert),
        ]
    }
}
