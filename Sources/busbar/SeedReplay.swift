internal import ArgumentParser
internal import Foundation
internal import Reports
internal import RunRecords
internal import Scenario
internal import Simulation
internal import Swarm

/// One seed of a swarm, told in full; with a folder, run with all its files.
struct SeedReplay {
    let source: SwarmSource
    let seed: UInt64
    let out: String?

    /// True when nothing was broken.
    func run() throws(ExitCode) -> Bool {
        let schedule = source.campaign.schedule(seed: seed)
        var lines = ["\(source.campaign.scenario.name)   seed \(seed)"]
        for value in schedule.values { lines.append("  with     \(value.path) = \(value.value)") }
        for trouble in schedule.troubles {
            lines.append("  trouble  \(trouble.line(in: source.campaign.scenario.rack))")
        }
        let verdict = source.campaign.run(schedule)
        for finding in verdict.findings {
            lines.append("  FAILED   \(finding.rule): \(finding.text), at \(SwarmSummary.number(finding.at)) s")
        }
        if verdict.findings.isEmpty { lines.append("  held     every rule") }
        let margins = verdict.margins
        let overdraft = margins.overdraft.map { "overdraft \(SwarmSummary.number($0 * 100)) %   " } ?? ""
        let settle = margins.settle.map { "\(SwarmSummary.number($0)) s" } ?? "not judged"
        lines.append(
            "trip heat \(SwarmSummary.number(margins.tripHeat * 100)) %   overshoot "
                + "\(SwarmSummary.number(margins.overshoot)) W   \(overdraft)settled after \(settle)")
        if let out { lines.append("report \(try writeRun(schedule, in: out))") }
        lines.append("digest \(verdict.digest)")
        try StandardStreams.output(lines.joined(separator: "\n"))
        return verdict.findings.isEmpty
    }

    /// The same run again with everything recorded, and its schedule as a scenario beside the report.
    private func writeRun(_ schedule: TroubleSchedule, in path: String) throws(ExitCode) -> String {
        guard let definition = source.campaign.definition(of: schedule) else { throw ExitStatus.badInput }
        let files = try RunFiles(definition, in: path, seed: seed)
        let simulation = RackSimulation(
            definition, seed: seed, version: BusbarVersion.text, recorder: files.recorder)
        let clock = ContinuousClock()
        let start = clock.now
        while simulation.advance(bySeconds: 10) {}
        let result = simulation.result(
            wallSeconds: (clock.now - start).inSeconds, command: source.repeatingCall(seed: seed))
        var failures = files.finish(with: result)
        let comment = ["Seed \(seed) of a swarm: \(source.repeatingCall(seed: seed))"]
        let file = files.folder.path(of: "scenario.yaml")
        do {
            try Data((source.scenarioText(of: schedule, comment: comment, writtenTo: file) ?? "").utf8)
                .write(to: URL(fileURLWithPath: file))
        } catch {
            failures.append("cannot write \(file): \(error.reason)")
        }
        for failure in failures { StandardStreams.error(failure) }
        if !failures.isEmpty { throw ExitStatus.inputOutput }
        return files.folder.path(of: "report.html")
    }
}
