import Plant
import Scenario

/// What the accelerators are asked to do, in a line each.
enum WorkloadText {
    static func lines(_ scenario: ScenarioDefinition) -> [String] {
        scenario.workloads.map { assignment in
            let names = assignment.trays.map { scenario.rack.plant.trays[$0].name }
            return "\(span(names)): \(words(assignment.workload))"
        }
    }

    private static func span(_ names: [String]) -> String {
        guard let first = names.first, let last = names.last else { return "no tray" }
        return names.count == 1 ? first : names.count == 2 ? "\(first), \(last)" : "\(first) ... \(last)"
    }

    private static func words(_ workload: WorkloadConfiguration) -> String {
        switch workload {
        case .constant(let load): return "a steady load of \(AmountText.percent(load))"
        case .step(let from, let to, let time):
            return
                "a load of \(AmountText.percent(from)), \(AmountText.percent(to)) from \(AmountText.number(time)) s on"
        case .ramp(let from, let to, let start, let end):
            return "a load that goes from \(AmountText.percent(from)) to \(AmountText.percent(to)) between "
                + "\(AmountText.number(start)) s and \(AmountText.number(end)) s"
        case .training(let job): return training(job)
        case .inference(let service):
            return
                "inference of \(service.requests.count) requests at a mean load of \(AmountText.percent(service.demand))"
        case .replay(let points): return "recorded power, \(points.count) points"
        }
    }

    private static func training(_ job: TrainingConfiguration) -> String {
        var text =
            "training in steps of \(AmountText.number(job.stepPeriod)) s, \(AmountText.percent(job.duty)) of it at "
            + "\(AmountText.percent(job.peak)) load, the rest at \(AmountText.percent(job.trough))"
        if job.checkpointEvery > 0 {
            text +=
                "; a checkpoint of \(AmountText.number(job.checkpointLength)) s every \(AmountText.number(job.checkpointEvery)) s"
        }
        if job.stallChance > 0 {
            text +=
                "; one step in \(AmountText.number(1 / job.stallChance)) waits \(AmountText.number(job.stallLength)) s for a link"
        }
        return text
    }
}
