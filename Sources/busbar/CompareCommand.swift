internal import ArgumentParser
internal import Dispatch
internal import Reports
internal import RunRecords
internal import Scenario
internal import YAMLReading

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Run scenarios under several capping laws and set them side by side.",
        discussion: """
            Every law runs on every scenario with the same seed, on all cores. Prints one table per scenario and writes \
            compare.html, with plots on common scales, and compare.json into the output folder. All figures are taken from \
            the simulated rack itself, not from what the controller believes.

            Exit codes: 0 all runs were made, whatever they held, 64 wrong usage, 65 a scenario or a file that it names is \
            wrong, 74 a file cannot be read or written, 130 interrupted.
            """)

    @Option(
        help: ArgumentHelp(
            "Laws, separated by commas, or all: \(LawList.words).", valueName: "laws"))
    var law: LawList

    @Argument(help: "The scenarios' files, such as Scenarios/*.yaml.")
    var scenarios: [String]

    @Option(help: ArgumentHelp("Seed of everything random in the runs, a whole number from 0.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a parameter or any single value of every scenario, as in run.", valueName: "path=value")
    )
    var settings: [Assignment] = []

    @Option(help: ArgumentHelp("Output folder (default: runs/compare).", valueName: "folder"))
    var out: String?

    @Flag(help: "Print the figures as one JSON document, and nothing else, on standard output.")
    var json = false

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        if settings.contains(where: { $0.path == "controller.law" }) {
            throw ValidationError("--set controller.law would undo the comparison; name the laws with --law")
        }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        let definitions = try loadAll()
        let folder = try openFolder()
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let pool = RunPool(tasks(of: definitions), until: flag) { $0 }
        var bar = ProgressBar(title: "compare", isVisible: StandardStreams.errorIsTerminal)
        let count = definitions.count * law.laws.count
        let results = pool.run { bar.show($0, note: "\(ScenarioLoading.count(count, "run"))") }
        bar.clear()
        if flag.isRaised {
            StandardStreams.error("interrupted; nothing was written")
            throw ExitStatus.interrupted
        }
        let comparisons = definitions.enumerated().map { index, definition in
            let own = results[index * law.laws.count..<(index + 1) * law.laws.count]
            return LawComparison(
                scenario: definition.name, says: definition.says, seed: seed,
                runs: zip(law.laws, own).map { LawComparison.Run(law: $0.rawValue, result: $1) })
        }
        try write(comparisons, to: folder)
    }

    /// All scenarios, or every mistake of all of them.
    private func loadAll() throws(ExitCode) -> [ScenarioDefinition] {
        var definitions: [ScenarioDefinition] = []
        var problems: [Problem] = []
        for path in scenarios {
            let (definition, found) = ScenarioLoading.read(path, settings: settings)
            if let definition, found.isEmpty { definitions.append(definition) }
            problems += found.filter { problem in !problems.contains { $0.description == problem.description } }
        }
        guard !problems.isEmpty else { return definitions }
        ScenarioLoading.report(problems)
        let count = ScenarioLoading.count(problems.count, "mistake")
        StandardStreams.error("\(count); nothing was run, nothing was written")
        throw ScenarioLoading.status(of: problems)
    }

    private func openFolder() throws(ExitCode) -> OutputFolder {
        do {
            return try OutputFolder(path: out ?? "runs/compare")
        } catch {
            StandardStreams.error("\(error)")
            StandardStreams.error("nothing was run; choose another folder with --out")
            throw ExitStatus.inputOutput
        }
    }

    private func tasks(of definitions: [ScenarioDefinition]) -> [RunPool<RunResult>.Task] {
        zip(scenarios, definitions).flatMap { path, definition in
            law.laws.map { law in
                var definition = definition
                definition.controller.law = law
                let words = settings.map { "\($0.path)=\($0.value)" } + ["controller.law=\(law.rawValue)"]
                let assignments = words.map { " --set \(RunCommand.quoted($0))" }.joined()
                return .init(
                    scenario: definition, seed: seed,
                    command: "busbar run \(RunCommand.quoted(path)) --seed \(seed)\(assignments)")
            }
        }
    }

    private var repeatingCommand: String {
        let words = law.laws.map(\.rawValue).joined(separator: ",")
        let assignments = settings.map { " --set \(RunCommand.quoted("\($0.path)=\($0.value)"))" }.joined()
        return "busbar compare --law \(words) --seed \(seed)\(assignments) "
            + scenarios.map(RunCommand.quoted).joined(separator: " ")
    }

    private func write(_ comparisons: [LawComparison], to folder: OutputFolder) throws {
        let command = repeatingCommand
        let document = try ComparisonFile.json(for: comparisons, command: command, version: BusbarVersion.text)
        let page = ComparisonPage.html(for: comparisons, command: command, version: BusbarVersion.text)
        if json {
            try StandardStreams.output(document, terminator: "")
        } else {
            try StandardStreams.output(ComparisonText(comparisons).text)
        }
        do {
            try folder.write(document, as: "compare.json")
            try folder.write(page, as: "compare.html")
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        if !json { try StandardStreams.output("report \(folder.path(of: "compare.html"))") }
    }
}
