internal import ArgumentParser
internal import Dispatch
internal import Reports
internal import RunRecords
internal import Scenario
internal import ScenarioFiles
internal import Simulation

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a scenario in virtual time and judge it.",
        discussion: """
            Writes report.html, result.json, junit.xml, events.jsonl, telemetry.sqlite and bus.pcapng into the output \
            folder. The last line of standard output is "digest <hex>": the same scenario, seed and version always \
            give the same one. With --json, standard output is one JSON document instead, the digest inside.

            Ctrl-C ends the run early and still writes all files, marked as interrupted.

            Exit codes: 0 everything held, 1 an expectation or check failed, 64 wrong usage, 65 the scenario or a file \
            that it names is wrong, 74 a file cannot be read or written, 130 interrupted.
            """)

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml.")
    var scenario: String

    @Option(
        help: ArgumentHelp(
            "Seed of everything random in the run, a whole number from 0 (default: the scenario's, or 1).",
            valueName: "number"))
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "Set a parameter or any single value of the scenario: demand=80%, controller.period=200ms, events.1.at=90s (the first event). Repeatable.",
            valueName: "path=value"))
    var settings: [Assignment] = []

    @Option(help: ArgumentHelp("Output folder (default: runs/<scenario>).", valueName: "folder"))
    var out: String?

    @OptionGroup var capture: CaptureOptions

    @Flag(help: "Print the result as one JSON document, and nothing else, on standard output.")
    var json = false

    @Flag(help: "Print only the digest line on standard output, and no progress.")
    var quiet = false

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        let definition = try ScenarioLoading.load(scenario, settings: settings)
        let seed = self.seed ?? definition.seed ?? 1
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let files = try RunFiles(definition, in: out ?? "runs/\(definition.name)", seed: seed, capture: capture)
        let simulation = RackSimulation(
            definition, seed: seed, version: BusbarVersion.text, recorder: files.recorder)
        let wallSeconds = drive(simulation, title: definition.name, until: flag)
        let result = simulation.result(wallSeconds: wallSeconds, command: repeatingCommand(seed: seed))
        let failures = files.finish(with: result)
        try print(result, folder: files.folder)
        for failure in failures { StandardStreams.error(failure) }
        if !failures.isEmpty { throw ExitStatus.inputOutput }
        if result.interrupted { throw ExitStatus.interrupted }
        if !result.held { throw ExitStatus.failed }
    }

    /// The line that does the same again.
    private func repeatingCommand(seed: UInt64) -> String {
        let assignments = settings.map { " --set \(Self.quoted("\($0.path)=\($0.value)"))" }.joined()
        return "busbar run \(Self.quoted(scenario)) --seed \(seed)\(assignments)"
    }

    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=%:,+".contains($0)) }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    /// Advances to the end or to Ctrl-C, in slices that even a debug build is done with in a moment.
    private func drive(_ simulation: RackSimulation, title: String, until flag: InterruptFlag) -> Double {
        var progress = ProgressBar(title: title, isVisible: StandardStreams.errorIsTerminal && !quiet)
        let clock = ContinuousClock()
        let start = clock.now
        while !flag.isRaised, simulation.advance(bySeconds: 0.1) {
            let (reached, elapsed) = (simulation.reachedSeconds, (clock.now - start).inSeconds)
            let speed = reached / max(elapsed, 1e-6)
            let left = Int((simulation.durationSeconds - reached) / max(speed, 1e-6))
            progress.show(
                reached / simulation.durationSeconds,
                note: "\(Int(speed)) x real time\(left > 0 ? ", \(left) s left" : "")")
        }
        progress.clear()
        return (clock.now - start).inSeconds
    }

    private func print(_ result: RunResult, folder: OutputFolder) throws {
        if json {
            try StandardStreams.output(try ResultFile.json(for: result), terminator: "")
            return
        }
        if !quiet {
            try StandardStreams.output(SummaryText(result, report: folder.path(of: "report.html")).text)
        }
        try StandardStreams.output("digest \(result.digest)")
    }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
