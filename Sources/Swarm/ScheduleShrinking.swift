internal import DeviceSpecs
internal import Scenario
internal import Units

/// Makes a failing schedule as small as it can be while the same rule is still broken.
///
/// Greedy and deterministic: troubles are left out one by one until none can be; the values that the swarm varied go
/// back to the scenario's own; whole buses are narrowed to one unit, chances and lengths halved; the run ends soon after
/// the breach; and where seed 1 breaks the rule too, it is taken.
public struct ScheduleShrinking {
    private let campaign: SwarmCampaign
    private let rule: String
    private var triesLeft: Int
    private(set) var best: TroubleSchedule
    private var breachAt: Double

    /// `nil` when the schedule does not break the rule.
    public init?(_ schedule: TroubleSchedule, rule: String, of campaign: SwarmCampaign, tries: Int = 400) {
        self.campaign = campaign
        self.rule = rule
        triesLeft = tries
        best = schedule
        let verdict = campaign.run(schedule, untilBreachOf: rule)
        guard let finding = verdict.findings.first(where: { $0.rule == rule }) else { return nil }
        breachAt = finding.at
    }

    public mutating func shrunk() -> TroubleSchedule {
        dropTroubles()
        dropValues()
        narrowUnits()
        for _ in 0..<8 where triesLeft > 0 { if !halve() { break } }
        shorten()
        var first = best
        first.seed = 1
        _ = take(first)
        return best
    }

    /// Takes the candidate where it breaks the rule too.
    private mutating func take(_ candidate: TroubleSchedule) -> Bool {
        guard triesLeft > 0 else { return false }
        triesLeft -= 1
        let verdict = campaign.run(candidate, untilBreachOf: rule)
        guard let finding = verdict.findings.first(where: { $0.rule == rule }) else { return false }
        best = candidate
        breachAt = finding.at
        return true
    }

    private mutating func dropTroubles() {
        var hasDropped = true
        while hasDropped {
            hasDropped = false
            for index in best.troubles.indices.reversed() where index < best.troubles.count {
                var candidate = best
                candidate.troubles.remove(at: index)
                if take(candidate) { hasDropped = true }
            }
        }
    }

    private mutating func dropValues() {
        for index in best.values.indices.reversed() {
            var candidate = best
            candidate.values.remove(at: index)
            _ = take(candidate)
        }
    }

    private mutating func narrowUnits() {
        for index in best.troubles.indices {
            guard case .line(var fault) = best.troubles[index].action, fault.units.isEmpty else { continue }
            for unit in campaign.scenario.rack.devices.filter({ $0.bus == fault.bus }).map(\.unit) {
                var candidate = best
                fault.units = [unit...unit]
                candidate.troubles[index].action = .line(fault)
                if take(candidate) { break }
            }
        }
    }

    /// Halves chances and lengths where that is still enough; false when nothing was.
    private mutating func halve() -> Bool {
        var hasHalved = false
        for index in best.troubles.indices {
            if best.troubles[index].length >= 200 {
                var candidate = best
                candidate.troubles[index].length /= 2
                if take(candidate) { hasHalved = true }
            }
            if case .line(var fault) = best.troubles[index].action, fault.chance > .percent(10) {
                var candidate = best
                fault.chance = fault.chance / 2
                candidate.troubles[index].action = .line(fault)
                if take(candidate) { hasHalved = true }
            }
        }
        return hasHalved
    }

    /// The run ends on the second after the breach, and trouble that comes later was left out already.
    private mutating func shorten() {
        var candidate = best
        let ends = best.troubles.map { max($0.end, $0.at + 1) }.max() ?? 0
        let breach = Int64(breachAt * 1000)
        candidate.duration = min(best.duration, (max(ends, breach) / 1000 + 1) * 1000)
        if candidate.duration < best.duration { _ = take(candidate) }
    }
}
