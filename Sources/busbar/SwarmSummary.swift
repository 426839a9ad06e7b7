internal import Foundation
internal import Scenario
internal import Swarm
internal import Units

/// What a swarm prints at its end.
struct SwarmSummary {
    let text: String

    init(_ state: SwarmState, source: SwarmSource, folder: String) {
        let tally = state.tally
        var lines = [
            "\(state.scenario)   \(tally.runs) runs of \(source.campaign.settings.duration.milliseconds / 1000) s, seeds "
                + "\(state.firstSeed) to \(max(state.firstSeed, state.nextSeed) - (state.nextSeed > state.firstSeed ? 1 : 0))"
                + "   \(Self.rate(tally.runs, state.coreSeconds)) runs per hour and core"
        ]
        for failure in tally.failures {
            lines.append("  FAILED   \(failure.rule): \(failure.count) of \(tally.runs)   first: \(failure.text)")
            if let seed = failure.seeds.first { lines.append("           \(source.repeatingCall(seed: seed))") }
            if let file = state.shrunk.first(where: { $0.rule == failure.rule })?.file {
                lines.append("           made small: \(file)")
            }
        }
        if tally.failures.isEmpty { lines.append("  held     every rule in every run") }
        lines.append("least margins")
        Self.add(tally.tripHeat, "trip heat used", 100, "%", to: &lines)
        Self.add(tally.supplyStress, "supplies' peak time used", 100, "%", to: &lines)
        Self.add(tally.overshoot, "power above the budget", 1, "W", to: &lines)
        Self.add(tally.overdraft, "overdraft used", 100, "%", to: &lines)
        Self.add(tally.room, "room of the caps", 1, "W", to: &lines)
        Self.add(tally.settle, "slowest to settle", 1, "s", to: &lines)
        lines.append("digest \(tally.digestText)")
        text = lines.joined(separator: "\n")
    }

    private static func add(
        _ extreme: SwarmTally.Extreme?, _ name: String, _ factor: Double, _ unit: String, to lines: inout [String]
    ) {
        guard let extreme else { return }
        let title = name.padding(toLength: 26, withPad: " ", startingAt: 0)
        let value = "\(number(extreme.value * factor)) \(unit)".padding(toLength: 14, withPad: " ", startingAt: 0)
        lines.append("  \(title) \(value) seed \(extreme.seed)")
    }

    private static func rate(_ runs: Int, _ seconds: Double) -> String {
        seconds > 0 ? String(Int(Double(runs) / seconds * 3600)) : "0"
    }

    /// To the thousandth, without zeros at the end.
    static func number(_ value: Double) -> String {
        var text = String(format: "%.3f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
