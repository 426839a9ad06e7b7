internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import ScenarioFiles
internal import Swarm

/// A swarm of one scenario from where it stands to its end or to Ctrl-C.
struct SwarmSession {
    let source: SwarmSource
    let folder: String
    let first: UInt64
    let count: UInt64
    let jobs: Int
    let stopAfter: Int
    let isRestarted: Bool
    let shrinks: Bool

    private var stateFile: String { "\(folder)/swarm.json" }
    private var end: UInt64 { first + count }

    /// Seconds between two writings of the state; arbitrary.
    private static let savingInterval = 10.0
    /// Failures of one rule that are told as they come; the summary counts all. Arbitrary.
    private static let toldFailures = 5

    /// True when nothing was broken.
    func run(until flag: InterruptFlag) throws(ExitCode) -> Bool {
        var state = try begin()
        let clock = ContinuousClock()
        let start = clock.now
        let done = state.nextSeed
        if state.nextSeed > first {
            StandardStreams.error("\(state.scenario): \(state.nextSeed - first) runs are done already; going on")
        }
        if state.nextSeed < end {
            let pool = SwarmPool(source.campaign, seeds: state.nextSeed..<end)
            pool.start(jobs: jobs)
            try drive(pool, &state, until: flag, spent: { (clock.now - start).inSeconds })
        }
        if state.nextSeed > done { try save(state) }
        if flag.isRaised {
            StandardStreams.error(
                "interrupted: \(state.nextSeed - first) of \(count) runs are done; the same call goes on from there")
        }
        if shrinks, !flag.isRaised { try shrinkFirsts(&state) }
        try StandardStreams.output(SwarmSummary(state, source: source, folder: folder).text)
        return state.tally.failedRuns == 0
    }

    private func begin() throws(ExitCode) -> SwarmState {
        let fresh = SwarmState(source.campaign.scenario, firstSeed: first)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            guard !isRestarted, let earlier = try SwarmState.read(stateFile) else {
                try fresh.write(stateFile)
                return fresh
            }
            guard let obstacle = fresh.obstacle(in: earlier) else { return earlier }
            StandardStreams.error(
                "\(stateFile): cannot go on from here: \(obstacle); take another folder with --out, or --restart to "
                    + "begin anew")
        } catch let error as DecodingError {
            StandardStreams.error(
                "\(stateFile): not the state of a swarm (\(error.place)); take another folder with --out, or --restart")
        } catch {
            StandardStreams.error("cannot use the folder \(folder): \(error.reason)")
        }
        throw ExitStatus.inputOutput
    }

    private func drive(
        _ pool: SwarmPool, _ state: inout SwarmState, until flag: InterruptFlag, spent: () -> Double
    ) throws(ExitCode) {
        var progress = ProgressBar(title: state.scenario, isVisible: StandardStreams.errorIsTerminal)
        let (begun, before) = (state.nextSeed, state.seconds)
        let cores = state.coreSeconds - Self.processorSeconds
        var saved = 0.0
        var isWorking = true
        while isWorking {
            Thread.sleep(forTimeInterval: 0.02)
            if flag.isRaised { pool.stop() }
            // Asked in this order, so that no verdict is left behind by the last thread.
            let (ready, stillWorking) = pool.verdicts(from: state.nextSeed)
            isWorking = stillWorking || !ready.isEmpty
            for verdict in ready {
                state.tally.add(verdict)
                state.nextSeed += 1
                report(verdict, state, &progress)
            }
            if stopAfter > 0, state.tally.failedRuns >= stopAfter { pool.stop() }
            state.coreSeconds = cores + Self.processorSeconds
            state.seconds = before + spent()
            let rate = Double(state.nextSeed - begun) / max(spent(), 1e-6)
            let left = Int(Double(end - state.nextSeed) / max(rate, 1e-6))
            progress.show(
                Double(state.nextSeed - first) / Double(count),
                note: "\(state.tally.runs) runs, \(Int(rate * 3600)) per hour, \(Self.words(seconds: left)) left, "
                    + "\(state.tally.failedRuns) failed")
            if spent() - saved >= Self.savingInterval {
                saved = spent()
                try save(state)
            }
        }
        progress.clear()
    }

    private static func words(seconds: Int) -> String {
        if seconds < 120 { return "\(seconds) s" }
        return seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }

    private func report(_ verdict: SwarmVerdict, _ state: SwarmState, _ progress: inout ProgressBar) {
        guard let finding = verdict.findings.first else { return }
        let known = state.tally.failures.first { $0.rule == finding.rule }?.count ?? 0
        guard known <= Self.toldFailures else { return }
        progress.clear()
        let more = verdict.findings.count > 1 ? " (and \(verdict.findings.count - 1) more)" : ""
        StandardStreams.error(
            "FAILED  \(finding.rule): \(finding.text), at \(SwarmSummary.number(finding.at)) s\(more)\n"
                + "        \(source.repeatingCall(seed: verdict.seed))")
    }

    /// The first failure of each rule, made small and written as a scenario.
    private func shrinkFirsts(_ state: inout SwarmState) throws(ExitCode) {
        for failure in state.tally.failures where !state.shrunk.contains(where: { $0.rule == failure.rule }) {
            guard let seed = failure.seeds.first else { continue }
            StandardStreams.error("shrinking seed \(seed): \(failure.rule)")
            let schedule = source.campaign.schedule(seed: seed)
            guard var shrinking = ScheduleShrinking(schedule, rule: failure.rule, of: source.campaign) else { continue }
            let small = shrinking.shrunk()
            let words = failure.rule.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
            let file = "\(folder)/\(words)-\(seed).yaml"
            let comment = [
                "Breaks a rule of safety: \(failure.rule).",
                "From seed \(seed) of a swarm of \(source.campaign.scenario.name).yaml\(source.assignments), made small.",
            ]
            guard let text = source.scenarioText(of: small, comment: comment, writtenTo: file) else { continue }
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            } catch {
                StandardStreams.error("cannot write \(file): \(error.reason)")
                throw ExitStatus.inputOutput
            }
            try confirm(file, seed: small.seed, rule: failure.rule)
            state.shrunk.append(.init(rule: failure.rule, file: file))
            try save(state)
        }
    }

    /// What was written must break the rule when it is read again.
    private func confirm(_ file: String, seed: UInt64, rule: String) throws(ExitCode) {
        let definition = try ScenarioLoading.load(file, settings: [])
        let verdict = SwarmVerdict.of(definition, seed: seed)
        if !verdict.findings.contains(where: { $0.rule == rule }) {
            StandardStreams.error("\(file): does not break the rule when it is read again; its schedule is as it ran")
        }
    }

    /// What this process has had of all cores so far: a rate by it is the same on a busy machine.
    private static var processorSeconds: Double {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private func save(_ state: SwarmState) throws(ExitCode) {
        do {
            try state.write(stateFile)
        } catch {
            StandardStreams.error("cannot write \(stateFile): \(error.reason)")
            throw ExitStatus.inputOutput
        }
    }
}

extension DecodingError {
    /// Which key is at fault.
    fileprivate var place: String {
        switch self {
        case .keyNotFound(let key, _): "no \"\(key.stringValue)\""
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.last.map { "at \"\($0.stringValue)\"" } ?? "no JSON"
        @unknown default: "no JSON"
        }
    }
}
