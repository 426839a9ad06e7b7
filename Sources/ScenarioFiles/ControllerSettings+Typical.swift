public import Scenario
public import Units

extension ControllerSettings {
    /// What a scenario or a command line may leave out.
    ///
    /// Bands: 99 %, 95 % and 90 % of the limit, as Dynamo's three-band law has them (ISCA 2016; from memory, so typical).
    /// Period and time-outs: a Modbus rack of this size polls in 100 ms to 1 s; a unit answers within 5...60 ms.
    /// Failsafe duty 75 %: the example of phosphor-pid-control's documentation. The others are arbitrary.
    public static func typical(budget: Power, trays: [TrayPolicy]) -> ControllerSettings {
        var settings = ControllerSettings(
            law: .threeBand, redundancy: .oneSpare, period: .milliseconds(100), budget: budget,
            capThreshold: .percent(99), capTarget: .percent(95), uncapThreshold: .percent(90),
            uncapSlew: budget.scaled(by: .percent(2)), temperatureSetpoint: .degrees(75), failsafeDuty: .percent(75),
            deviceWatchdog: .seconds(2), timeout: .milliseconds(60), retries: 2, reprobe: .seconds(2),
            trays: trays, ramp: budget.scaled(by: .percent(2)))
        settings.recharge = budget.scaled(by: .percent(5))
        return settings
    }
}
