import ControlLaws
public import Units

/// The fan loop: one zone per tray.
extension RackController {
    func driveFans(at now: Instant) {
        guard now >= nextFanStepAt else { return }
        nextFanStepAt = max(nextFanStepAt + configuration.fans.period, now)
        for tray in trays.indices where trays[tray].fanController >= 0 { driveFans(of: tray, at: now) }
    }

    func driveFans(of tray: Int, at now: Instant) {
        let law = configuration.fans.law
        let rule = FailsafeRule(duty: configuration.failsafeDuty, plausible: FailsafeRule.plausibleTemperatures)
        let setpoint = configuration.temperatureSetpoint
        let wasInFailsafe = trays[tray].isInFailsafe
        var duty: PerMille
        if !isSafeStateHeld, areFansSound(in: tray, at: now),
            let hottest = rule.accepted(hottestTemperature(in: tray, at: now))
        {
            if wasInFailsafe {
                trays[tray].fanState = law.resumed(at: trays[tray].duty, input: hottest, setpoint: setpoint)
            }
            trays[tray].fanState = law.next(
                after: trays[tray].fanState, input: hottest, setpoint: setpoint, elapsed: configuration.fans.period)
            trays[tray].isInFailsafe = false
            duty = trays[tray].fanState.output
        } else {
            trays[tray].isInFailsafe = true
            duty = rule.duty(after: trays[tray].duty)
        }
        if trays[tray].isInFailsafe != wasInFailsafe {
            log(wasInFailsafe ? .failsafeLeft(tray: tray) : .failsafeEntered(tray: tray), at: now)
        }
        let change = duty - trays[tray].duty
        let isWorthIt = max(change, -change) >= configuration.fans.leastChange
        guard isWorthIt || (duty != trays[tray].duty && duty == configuration.failsafeDuty) else { return }
        trays[tray].duty = duty
        wake(device: trays[tray].fanController)
    }

    /// A fan controller that is silent, or that reports a stalled fan, puts its tray into failsafe.
    private func areFansSound(in tray: Int, at now: Instant) -> Bool {
        let device = trays[tray].fanController
        guard devices[device].isOnline else { return false }
        let points = devices[device].points
        if points.dutyApplied >= 0, fresh(points.dutyApplied, at: now) == nil { return false }
        guard points.stalledFans >= 0 else { return true }
        return fresh(points.stalledFans, at: now) == 0
    }

    /// The hottest of all trays whose temperatures are known.
    public func hottestTemperature(at now: Instant) -> Temperature? {
        var hottest: Temperature?
        for tray in trays.indices {
            guard let own = hottestTemperature(in: tray, at: now) else { continue }
            hottest = max(hottest ?? own, own)
        }
        return hottest
    }

    /// The hottest accelerator, or the host where the tray has none; `nil` when one of them is missing or stale.
    func hottestTemperature(in tray: Int, at now: Instant) -> Temperature? {
        let device = trays[tray].baseboard
        guard device >= 0, devices[device].isOnline else { return nil }
        let points = devices[device].points
        let fitted = fresh(points.acceleratorCount, at: now).map { Int(clamping: $0) }
        let family = points.acceleratorTemperatures
        let count = min(family.count, max(0, fitted ?? family.count))
        guard count > 0 else { return fresh(points.hostTemperature, at: now).map(Temperature.millidegrees) }
        var hottest = Int64.min
        for reading in family.prefix(count) {
            guard let value = fresh(reading, at: now) else { return nil }
            hottest = max(hottest, value)
        }
        return Temperature(rawValue: hottest)
    }
}
