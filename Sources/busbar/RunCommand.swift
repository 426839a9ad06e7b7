internal import ArgumentParser
internal import Dispatch
internal import Reports
internal import RunRecords
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Units

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a scenario in virtual time and judge it.",
        discussion: """
            Writes report.html, result.json, junit.xml, events.jsonl, telemetry.sqlite and bus.pcapng into the output \
            folder. The last line of standard output is "digest <hex>": the same scenario, seed and version always \
            give the same one. With --json, standard output is one JSON document instead, the digest inside.

            Ctrl-C ends the run early and still writes all files, marked as interrupted.

            With --over the same scenario then runs once more, in real time: the rack is served on this machine's \
            sockets and pseudo-terminals, and the controller reaches it through libmodbus. The report compares the two; \
            the digest is that of the run in virtual time. See docs/control.md.

            Exit codes: 0 everything held (with --for: nothing failed), 1 an expectation or check failed, or without --for could not be judged, or a verdict was another over --over, 64 wrong usage, 65 the scenario or a file \
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
            valueName: "path=value"),
        transform: Assignment.parsed)
    var settings: [Assignment] = []

    @Option(
        help: ArgumentHelp(
            "Run this variant of the scenario; what --set says comes after it. busbar explain names them.",
            valueName: "name"))
    var variant: String?

    @Option(help: ArgumentHelp("Output folder (default: runs/<scenario>).", valueName: "folder"))
    var out: String?

    @OptionGroup var capture: CaptureOptions

    @Option(
        help: ArgumentHelp(
            "Run it in real time too, through libmodbus: tcp, every bus on a port; pty, serial lines on pseudo-terminals.",
            valueName: "tcp|pty"))
    var over: RealWorld?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Run for this time in place of the scenario's duration: 60s; a bare number is seconds. What is not reached is undecided, and no failure.",
            valueName: "time"), transform: IntervalOption.parsed)
    var duration: IntervalOption?

    @Flag(help: "Print the result as one JSON document, and nothing else, on standard output.")
    var json = false

    @Flag(help: "Print only the digest line on standard output, and no progress.")
    var quiet = false

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        if let duration, duration.interval > Self.longest { throw ValidationError("--for wants at most 30 days") }
    }

    /// Arbitrary: beyond any run, and far within the range of an `Interval`.
    private static let longest = Interval.seconds(30 * 86_400)

    func run() throws {
        StandardStreams.occupyClosed()
        var definition = try ScenarioLoading.load(scenario, variant: variant, settings: settings)
        if let duration { definition.duration = duration.interval }
        let seed = self.seed ?? definition.seed ?? 1
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        if let over {
            try run(definition, over: over, seed: seed, until: flag)
            return
        }
        let files = try RunFiles(definition, in: out ?? "runs/\(definition.name)", seed: seed, capture: capture)
        flag.part(saying: files.parting, saving: files.recorder.saveInHaste)
        let simulation = RackSimulation(
            definition, seed: seed, version: BusbarVersion.text, recorder: files.recorder)
        let wallSeconds = drive(simulation, title: definition.name, until: flag)
        let result = simulation.result(wallSeconds: wallSeconds, command: repeatingCommand(seed: seed))
        let failures = files.finish(with: result)
        try print(result, folder: files.folder)
        for failure in failures { StandardStreams.error(failure) }
        if !failures.isEmpty { throw ExitStatus.inputOutput }
        if result.interrupted { throw ExitStatus.interrupted }
        // What comes behind a shorter end was not asked for.
        let isHeld = duration == nil ? result.held : !result.hasFailure
        if !isHeld { throw ExitStatus.failed }
    }

    /// Once in virtual time, and once more in real time.
    private func run(
        _ definition: ScenarioDefinition, over: RealWorld, seed: UInt64, until flag: InterruptFlag
    ) throws {
        let worlds = TwoWorlds(
            definition, over: over, seed: seed, command: repeatingCommand(seed: seed), showsProgress: showsProgress)
        let virtual = try worlds.runVirtually { drive($0, title: definition.name, until: flag) }
        let (files, result) = try worlds.runReally(
            beside: virtual, in: out ?? "runs/\(definition.name)-over-\(over.rawValue)", capture: capture, until: flag)
        let failures = files.finish(with: result)
        try print(result, folder: files.folder)
        for failure in failures { StandardStreams.error(failure) }
        for pair in result.comparison?.unequal ?? [] where !result.interrupted {
            StandardStreams.error(
                "the worlds differ: \(pair.kind) \(pair.text): \(pair.virtual.rawValue) in virtual time, "
                    + "\(pair.real.rawValue) over \(over.rawValue)")
        }
        if !failures.isEmpty { throw ExitStatus.inputOutput }
        if result.interrupted { throw ExitStatus.interrupted }
        let isHeld = duration == nil ? result.held : !result.hasFailure
        if !isHeld || result.comparison?.unequal.isEmpty == false { throw ExitStatus.failed }
    }

    /// The line that does the same again.
    private func repeatingCommand(seed: UInt64) -> String {
        let assignments = settings.map { " --set \(Self.quoted("\($0.path)=\($0.value)"))" }.joined()
        let world = over.map { " --over \($0.rawValue)" } ?? ""
        let end = duration.map { " --for \($0.text)" } ?? ""
        let name = variant.map { " --variant \(Self.quoted($0))" } ?? ""
        return "busbar run \(Self.quoted(scenario)) --seed \(seed)\(name)\(assignments)\(world)\(end)"
    }

    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=%:,+".contains($0)) }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    private var showsProgress: Bool { StandardStreams.errorIsTerminal && !quiet }

    /// Advances to the end or to Ctrl-C, in slices that even a debug build is done with in a moment.
    private func drive(_ simulation: RackSimulation, title: String, until flag: InterruptFlag) -> Double {
        var progress = ProgressBar(title: title, isVisible: showsProgress)
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
            try StandardStreams.output(
                SummaryText(result, report: folder.path(of: "report.html"), undecidedFails: duration == nil).text)
            if let comparison = result.comparison { try StandardStreams.output(TwoWorldsText(comparison).text) }
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
