public import RegisterMaps

extension OpticsSignal: RecordedSignals {
    public static var recorded: [RecordedSignal] { ofTray + ofModule }

    private static var ofTray: [RecordedSignal] {
        [
            amount(".power", .power), amount(".temperature", .temperature), count(".present", of: .presentModules),
            count(".ready", of: .readyModules), count(".faulted", of: .faultedModules),
            count(".hot", of: .hotModules), count(".dark", of: .darkModules),
            count(".low-power-asked", of: .lowPowerRequest),
        ]
    }

    private static var ofModule: [RecordedSignal] {
        [
            amount("/module-{n}.temperature", .moduleTemperature), amount("/module-{n}.supply", .moduleSupply),
            // The firmware counts microamperes, and tenths of a microwatt, as the module's own map does.
            amount("/module-{n}.bias", .moduleBias, "A", perUnit: 1_000_000),
            amount("/module-{n}.light-sent", .modulePowerSent, "W", perUnit: 10_000_000),
            amount("/module-{n}.light-received", .modulePowerReceived, "W", perUnit: 10_000_000),
            amount("/module-{n}.power", .modulePower), amount("/module-{n}.power-class", .modulePowerClass),
            member("/module-{n}.ready", in: .readyModules),
            // State 1 (CMIS 5.x, lower memory, octet 3, bits 3...1): it answers, with its lasers off.
            truth("/module-{n}.low-power", .moduleState, is: 1), member("/module-{n}.fault", in: .faultedModules),
            member("/module-{n}.hot", in: .hotModules), member("/module-{n}.dark", in: .darkModules),
        ]
    }
}
