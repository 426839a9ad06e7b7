import Plant
import Scenario
import Units
import YAMLReading

/// Reads the rack controller's settings and checks them against the rack.
struct ControllerReader {
    let rack: LoadedRack?

    func read(_ value: YAMLValue?) -> ControllerSettings? {
        guard let mapping = value?.mapping("a mapping such as {law: three-band, period: 100 ms, budget: 27.5 kW}")
        else {
            return nil
        }
        let budgetPlace = mapping.required("budget")
        let budget = budgetPlace?.power()
        var settings = ControllerSettings.typical(budget: budget ?? .zero, trays: rack?.policies ?? [])
        settings.law = mapping.optional("law")?.choice(of: ControllerSettings.Law.self) ?? settings.law
        settings.redundancy =
            mapping.optional("redundancy")?.choice(of: ControllerSettings.Redundancy.self) ?? settings.redundancy
        settings.period =
            mapping.optional("period")?.interval(from: .milliseconds(1), to: .seconds(60)) ?? settings.period
        readBands(mapping, &settings)
        readTiming(mapping, &settings)
        settings.overdraft = readOverdraft(mapping, budget: budget)
        settings.temperatureSetpoint =
            mapping.optional("temperature-setpoint")?.temperature(in: 20...120) ?? settings.temperatureSetpoint
        settings.failsafeDuty = mapping.optional("failsafe-duty")?.perMille() ?? settings.failsafeDuty
        readLoad(mapping, &settings)
        mapping.finish()
        checkTree(settings.redundancy, mapping)
        if let budgetPlace, let budget { checkBudget(budget, budgetPlace) }
        return budget == nil ? nil : settings
    }

    private func readBands(_ mapping: YAMLMapping, _ settings: inout ControllerSettings) {
        let places = ["cap-threshold", "cap-target", "uncap-threshold"].map { mapping.optional($0) }
        settings.capThreshold = places[0]?.perMille(in: 0.1...1) ?? settings.capThreshold
        settings.capTarget = places[1]?.perMille(in: 0.1...1) ?? settings.capTarget
        settings.uncapThreshold = places[2]?.perMille(in: 0.1...1) ?? settings.uncapThreshold
        if !(settings.uncapThreshold < settings.capTarget && settings.capTarget <= settings.capThreshold) {
            (places.compactMap { $0 }.last ?? mapping.place)
                .problem("expected uncap-threshold < cap-target <= cap-threshold, found another order")
        }
        settings.tripSpend = mapping.optional("trip-spend")?.perMille(in: 0...0.7) ?? settings.tripSpend
        if let ramp = mapping.optional("ramp")?.compound(.powerSlew, in: 1...10_000_000) {
            settings.ramp = Power(rawValue: Int64((ramp * 1000).rounded()))
        }
        readBackups(mapping, &settings)
        if let slew = mapping.optional("uncap-slew")?.compound(.powerSlew, in: 1...10_000_000) {
            settings.uncapSlew = Power(rawValue: Int64((slew * 1000).rounded()))
        }
    }

    private func readBackups(_ mapping: YAMLMapping, _ settings: inout ControllerSettings) {
        if let rack, rack.definition.plant.backups.isEmpty {
            for word in ["recharge", "ride-through", "charge-band"] {
                mapping.optional(word)?.problem(
                    "\(word) is about batteries or capacitors, and the rack has none; leave it out, or take a rack with "
                        + "backup units")
            }
        }
        settings.recharge = mapping.optional("recharge")?.power() ?? settings.recharge
        settings.rideThrough = mapping.optional("ride-through")?.interval(to: .seconds(36_000)) ?? settings.rideThrough
        guard let place = mapping.optional("charge-band") else { return }
        let ends = place.list("a range such as [30 %, 90 %]")?.compactMap { $0.perMille() } ?? []
        guard ends.count == 2, ends[0] < ends[1] else {
            place.expected("a range of charges such as [30 %, 90 %], the lower one first")
            return
        }
        (settings.lowestCharge, settings.highestCharge) = (ends[0], ends[1])
    }

    private func readTiming(_ mapping: YAMLMapping, _ settings: inout ControllerSettings) {
        let watchdogPlace = mapping.optional("device-watchdog")
        settings.deviceWatchdog = watchdogPlace?.interval(to: .seconds(600)) ?? settings.deviceWatchdog
        settings.timeout =
            mapping.optional("timeout")?.interval(from: .milliseconds(1), to: .seconds(10)) ?? settings.timeout
        settings.retries = mapping.optional("retries")?.integer(in: 0...10) ?? settings.retries
        settings.reprobe =
            mapping.optional("reprobe")?.interval(from: .milliseconds(10), to: .seconds(600)) ?? settings.reprobe
        if settings.deviceWatchdog != .zero, settings.deviceWatchdog < settings.period * 2 {
            (watchdogPlace ?? mapping.place).problem(
                "expected a device-watchdog of at least two periods (\((settings.period * 2).text)), or 0 s to switch it off, "
                    + "found \(settings.deviceWatchdog.text)")
        }
    }

    private func checkBudget(_ budget: Power, _ place: YAMLValue) {
        guard let rack, !rack.policies.isEmpty else { return }
        let floors = rack.policies.reduce(Power.zero) { $0 + $1.floor }
        if budget < floors {
            place.problem(
                "expected a budget of at least \(floors.text), the sum of the trays' floors, found \(budget.text); "
                    + "raise the budget or lower the floors in the rack")
        }
        let installed = rack.definition.plant.shelves.reduce(0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        if Double(floors.milliwatts) / 1000 > installed {
            place.problem(
                "the sum of the trays' floors, \(floors.text), is above the \(YAMLValue.text(installed / 1000)) kW of all "
                    + "supplies; lower the floors in the rack or add supplies")
        }
    }
}
