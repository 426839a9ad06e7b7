import Units

/// The five thresholds of a power monitor, judged by latched averages.
struct PowerMonitorAlarms: Sendable {
    var overVoltage: ThresholdAlarm
    var underVoltage: ThresholdAlarm
    var overCurrent: ThresholdAlarm
    var overPower: ThresholdAlarm
    var overTemperature: ThresholdAlarm

    init(_ settings: PowerMonitorSettings) {
        let share = settings.hysteresis
        overVoltage = ThresholdAlarm(.above, settings.overVoltage.rawValue, hysteresis: share)
        underVoltage = ThresholdAlarm(.below, settings.underVoltage.rawValue, hysteresis: share)
        overCurrent = ThresholdAlarm(.above, settings.overCurrent.rawValue, hysteresis: share)
        overPower = ThresholdAlarm(.above, settings.overPower.rawValue, hysteresis: share)
        overTemperature = ThresholdAlarm(.above, settings.overTemperature.rawValue, hysteresis: share)
    }

    /// Takes changed settings; alarms that are on stay on until their value has receded.
    mutating func adopt(_ settings: PowerMonitorSettings) {
        let share = settings.hysteresis
        overVoltage.move(to: settings.overVoltage.rawValue, hysteresis: share)
        underVoltage.move(to: settings.underVoltage.rawValue, hysteresis: share)
        overCurrent.move(to: settings.overCurrent.rawValue, hysteresis: share)
        overPower.move(to: settings.overPower.rawValue, hysteresis: share)
        overTemperature.move(to: settings.overTemperature.rawValue, hysteresis: share)
    }

    mutating func update(voltage: Int64, current: Int64, power: Int64, temperature: Int64) {
        overVoltage.update(voltage)
        underVoltage.update(voltage)
        overCurrent.update(current)
        overPower.update(power)
        overTemperature.update(temperature)
    }

    func report(in status: inout PowerMonitorStatus) {
        status.set(.overVoltage, overVoltage.isActive)
        status.set(.underVoltage, underVoltage.isActive)
        status.set(.overCurrent, overCurrent.isActive)
        status.set(.overPower, overPower.isActive)
        status.set(.overTemperature, overTemperature.isActive)
    }
}
