public import RegisterMaps

extension ControlValveSignal: RecordedSignals {
    public static var recorded: [RecordedSignal] {
        [
            amount(".asked", .analogueSetpoint), amount(".position", .position), amount(".flow", .flow),
            amount(".wanted-flow", .flowSetpoint), amount(".water-in", .remoteTemperature),
            amount(".water-out", .bodyTemperature), flag(".blocked", "actuator-blocked", of: .status),
            flag("setpoint-not-reached", of: .status),
        ]
    }
}
