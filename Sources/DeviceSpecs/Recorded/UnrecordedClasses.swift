public import RegisterMaps

// Classes of which nothing is recorded as they tell it: what they act on stands in telemetry as the plant has it.

extension PowerMonitorSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension PowerSupplySignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension BaseboardSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension FanControllerSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension RackControllerSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension PumpUnitSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension BackupUnitSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension ShuntMonitorSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
extension PowerTetherSignal: RecordedSignals { public static var recorded: [RecordedSignal] { [] } }
