internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import RunRecords
internal import Scenario
internal import YAMLReading

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Run scenarios with all their variants, and want the verdict that each states.",
        discussion: """
            A scenario must hold as it stands, and so must a variant that names no expectation; any other variant must \
            fail those that it names, and may fail more. Where a run must hold, the independent checks must hold too. All \
            runs are made on all cores and write no files. Each line ends with the run's digest.

            Exit codes: 0 every verdict is as stated, 1 one is not, 64 wrong usage, 65 a scenario or a file that it names \
            is wrong, 74 a file cannot be read, 130 interrupted.
            """)

    @Argument(help: "The scenarios' files, such as Scenarios/*.yaml.")
    var scenarios: [String]

    @Option(
        help: ArgumentHelp(
            "Seed of everything random in the runs, a whole number from 0 (default: each scenario's, or 1).",
            valueName: "number"))
    var seed: UInt64?

    func run() throws {
        StandardStreams.occupyClosed()
        let claims = try loadAll()
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let tasks = claims.map {
            RunPool<ProofLine>.Task(scenario: $0.scenario, seed: seed ?? $0.scenario.seed ?? 1, command: "")
        }
        let pool = RunPool(tasks, until: flag) { ProofLine($0) }
        var bar = ProgressBar(title: "prove", isVisible: StandardStreams.errorIsTerminal)
        let lines = pool.run { bar.show($0, note: ScenarioLoading.count(tasks.count, "run")) }
        bar.clear()
        if flag.isRaised {
            StandardStreams.error("interrupted; nothing is proved")
            throw ExitStatus.interrupted
        }
        try judge(claims, lines)
    }

    private func judge(_ claims: [ProofClaim], _ lines: [ProofLine]) throws {
        let width = claims.map(\.label.count).max() ?? 0
        var wrong = 0
        for (claim, line) in zip(claims, lines) {
            let (isMet, words) = line.verdict(on: claim)
            if !isMet { wrong += 1 }
            let label = claim.label.padding(toLength: width, withPad: " ", startingAt: 0)
            try StandardStreams.output("\(label)  \(isMet ? "" : "WRONG: ")\(words)   digest \(line.digest)")
        }
        let runs =
            ScenarioLoading.count(claims.count, "run") + " of " + ScenarioLoading.count(scenarios.count, "scenario")
        guard wrong > 0 else {
            try StandardStreams.output("\(runs): every verdict is as stated")
            return
        }
        try StandardStreams.output("\(runs): \(ScenarioLoading.count(wrong, "verdict")) other than stated")
        throw ExitStatus.failed
    }

    /// Each scenario and behind it its variants, or every mistake of all of them.
    private func loadAll() throws(ExitCode) -> [ProofClaim] {
        var claims: [ProofClaim] = []
        var problems: [Problem] = []
        for path in scenarios {
            let (definition, found) = ScenarioLoading.read(path, judgesVariants: true)
            problems += found.filter { !problems.contains($0) }
            guard let definition, found.isEmpty else { continue }
            claims.append(ProofClaim(scenario: definition, variant: nil))
            for variant in definition.variants {
                let (varied, found) = ScenarioLoading.read(path, variant: variant.name)
                problems += found.filter { !problems.contains($0) }
                if let varied { claims.append(ProofClaim(scenario: varied, variant: variant)) }
            }
        }
        guard !problems.isEmpty else { return claims }
        ScenarioLoading.report(problems)
        StandardStreams.error("\(ScenarioLoading.count(problems.count, "mistake")); nothing was run")
        throw ScenarioLoading.status(of: problems)
    }
}
