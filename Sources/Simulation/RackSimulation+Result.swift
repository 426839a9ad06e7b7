internal import DeviceSpecs
internal import Expectations
internal import Plant
internal import RackControl
public import RunRecords
internal import Scenario
internal import Units

extension RackSimulation {
    /// Everything that the run has to say up to now. `wallSeconds` is the caller's: the simulation has no clock.
    public func result(wallSeconds: Double, command: String = "") -> RunResult {
        let interrupted = now < end
        return RunResult(
            scenario: scenario.name, says: scenario.says, version: version, seed: seed, duration: durationSeconds,
            reached: reachedSeconds, wallSeconds: wallSeconds, interrupted: interrupted,
            outcomes: observation.monitor.outcomes(endedAt: now, interrupted: interrupted),
            checks: checks.outcomes(of: self) + safetyOutcomes, events: marks, buses: busStatistics, figures: figures,
            series: observation.reducer.records(), settings: settings, digest: digest.hexadecimal, command: command,
            tree: budgetTree, look: scenario.look)
    }

    private var busStatistics: [BusStatistics] {
        scenario.rack.buses.enumerated().map { index, bus in
            let counted = counters[index]
            let available = Double(max(1, (now - .start).rawValue)) * Double(channelsOfBus[index])
            return BusStatistics(
                name: bus.name, kind: kind(ofBus: index), transactions: counted.transactions,
                exceptions: counted.exceptions,
                timeouts: counted.timeouts, badFrames: counted.badFrames, octets: counted.octets,
                load: min(1, Double(counted.busy.rawValue) / available))
        }
    }

    /// `rtu 115200 8E1` or `tcp`.
    func kind(ofBus index: Int) -> String {
        switch scenario.rack.buses[index].medium {
        case .rtu(let baud, let parity):
            "rtu \(baud) 8\(parity.rawValue.prefix(1).uppercased())\(parity == .none ? 2 : 1)"
        case .tcp: "tcp"
        }
    }

    private var figures: [Figure] {
        let lost = plant.workWanted > 0 ? 100 * (1 - plant.workDone / plant.workWanted) : 0
        var figures = [
            Figure(name: "work lost", value: lost, unit: "%"),
            Figure(name: "caps written", value: Double(controllerCounters.capsWritten), unit: ""),
            Figure(name: "late cycles", value: Double(controllerCounters.lateCycles), unit: ""),
            Figure(name: "peak power", value: checks.peakPower / 1000, unit: "kW"),
            Figure(name: "energy over budget", value: checks.capping.energyOverBudget / 1000, unit: "kJ"),
            Figure(name: "energy drawn", value: plant.energyIn / 3.6e6, unit: "kWh"),
            Figure(name: "conversion loss", value: plant.energyLost / 3.6e6, unit: "kWh"),
            Figure(name: "hottest accelerator", value: checks.hottest, unit: "degC"),
            Figure(
                name: "greatest trip heat", value: checks.greatestHeat * 100, unit: "%"),
            Figure(name: "power-brake line pulled", value: Double(controllerCounters.brakesPulled), unit: ""),
            Figure(name: "trays shed", value: Double(controllerCounters.traysShed), unit: ""),
            Figure(name: "transactions", value: Double(transactions), unit: ""),
            Figure(name: "bus time-outs", value: Double(counters.reduce(0) { $0 + $1.timeouts }), unit: ""),
        ]
        figures += checks.capping.figures(of: self)
        if observation.grid.worstSwing > 0 {
            figures.append(Figure(name: "grid ramp", value: observation.grid.worstRamp, unit: "W/s"))
            figures.append(Figure(name: "grid swing", value: observation.grid.worstSwing, unit: "W"))
        }
        let served = plant.inference
        if served.accepted > 0 {
            figures.append(Figure(name: "requests served", value: Double(served.completed), unit: ""))
        }
        if plant.trainingSteps > 0 {
            figures.append(Figure(name: "training steps", value: Double(plant.trainingSteps), unit: ""))
        }
        if plant.communicationStalls > 0 {
            figures.append(Figure(name: "communication stalls", value: Double(plant.communicationStalls), unit: ""))
        }
        if marksDropped > 0 {
            figures.append(Figure(name: "events in the event log only", value: Double(marksDropped), unit: ""))
        }
        return figures
    }

    private var settings: [Setting] {
        let controller = scenario.controller
        var settings = scenario.parameters.map { Setting(name: $0.name, value: $0.value) }
        settings += [
            Setting(name: "rack", value: scenario.rack.name),
            Setting(name: "law", value: controller.law.rawValue),
            Setting(name: "redundancy", value: controller.redundancy.rawValue),
            Setting(name: "period", value: "\(controller.period.milliseconds) ms"),
            Setting(name: "budget", value: controller.budget.words),
            Setting(
                name: "bands",
                value: "cap above \(percent(controller.capThreshold)), to \(percent(controller.capTarget)), "
                    + "uncap below \(percent(controller.uncapThreshold))"),
        ]
        return settings
    }

    private func percent(_ ratio: PerMille) -> String {
        let tenths = ratio.perMille % 10
        return tenths == 0 ? "\(ratio.perMille / 10) %" : "\(ratio.perMille / 10).\(tenths) %"
    }
}
