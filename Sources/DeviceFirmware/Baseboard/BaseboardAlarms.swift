import Units

/// The temperature alarms of a tray.
struct BaseboardAlarms: Sendable {
    private var accelerator: ThresholdAlarm
    private var inlet: ThresholdAlarm
    private var outlet: ThresholdAlarm
    private var host: ThresholdAlarm

    init(_ configuration: BaseboardConfiguration) {
        let share = configuration.alarmHysteresis
        accelerator = ThresholdAlarm(
            .above, configuration.acceleratorOverTemperature.rawValue, hysteresis: share)
        inlet = ThresholdAlarm(.above, configuration.inletOverTemperature.rawValue, hysteresis: share)
        outlet = ThresholdAlarm(.above, configuration.outletOverTemperature.rawValue, hysteresis: share)
        host = ThresholdAlarm(.above, configuration.hostOverTemperature.rawValue, hysteresis: share)
    }

    mutating func update(
        accelerator: Temperature, inlet: Temperature, outlet: Temperature, host: Temperature
    ) {
        self.accelerator.update(accelerator.rawValue)
        self.inlet.update(inlet.rawValue)
        self.outlet.update(outlet.rawValue)
        self.host.update(host.rawValue)
    }

    func report(in status: inout BaseboardStatus) {
        status.set(.acceleratorOverTemperature, accelerator.isActive)
        status.set(.inletOverTemperature, inlet.isActive)
        status.set(.outletOverTemperature, outlet.isActive)
        status.set(.hostOverTemperature, host.isActive)
    }
}
