internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import ScenarioFiles
internal import Swarm

struct FalsifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "falsify",
        abstract: "Search a scenario's parameters for the values at which it comes closest to failing.",
        discussion: """
            Every parameter that declares a range is searched, and every path given with --vary. A third of the runs \
            is spread evenly, the others follow the worst case found. The margins of expectations of different kinds \
            are compared as shares of the budget, of a hundred per cent, of ten seconds and so on.

            The same scenario, seed and number of runs find the same case.

            Exit codes: 0 nothing failed, 1 something did, 64 wrong usage, 65 the scenario is wrong, 74 a file cannot \
            be read, 130 interrupted.
            """)

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml.")
    var scenario: String

    @Option(help: ArgumentHelp("How many runs the search may take.", valueName: "number"))
    var runs = 200

    @Option(
        name: .customLong("vary"), parsing: .singleValue,
        help: ArgumentHelp(
            "A value of the scenario and its range: controller.period=50ms..1s. Repeatable.",
            valueName: "path=lo..hi"))
    var varied: [String] = []

    @Option(help: ArgumentHelp("Seed of the runs and of the search.", valueName: "number"))
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a parameter or any single value of the scenario. Repeatable.", valueName: "path=value"))
    var settings: [Assignment] = []

    func validate() throws {
        if runs < 1 { throw ValidationError("--runs must be at least 1") }
        for text in varied where ValueRange(argument: text) == nil {
            throw ValidationError(
                "--vary \(text): expected a path and two quantities of one kind, the smaller first, such as "
                    + "controller.period=50ms..1s")
        }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        let definition = try ScenarioLoading.load(scenario, settings: settings)
        let extra = varied.compactMap { ValueRange(argument: $0) }
        let isSet = settings.map(\.path)
        let ranges = definition.ranges.filter { range in
            !extra.contains { $0.path == range.path } && !isSet.contains(range.path)
        }
        let all = ranges + extra
        guard !all.isEmpty else {
            StandardStreams.error(
                "\(scenario): no parameter declares a range; declare one, or name a value with --vary path=lo..hi")
            throw ExitStatus.badInput
        }
        let text = ProjectFiles.readableText(at: scenario) ?? ""
        let obstacles = ScenarioFile.obstacles(
            to: extra.map { (range: $0, origin: "--vary \($0.path)") }, in: text, file: scenario,
            overrides: settings.map { (path: $0.path, value: $0.value) },
            files: ProjectFiles(root: ProjectRoot.folder(near: scenario)))
        guard obstacles.isEmpty else {
            ScenarioLoading.report(obstacles)
            throw ExitStatus.badInput
        }
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let search = Falsification(
            path: scenario, text: text, settings: settings, ranges: all,
            seed: seed ?? definition.seed ?? 1, definition: definition)
        let isBroken = try search.run(limit: runs, until: flag)
        if flag.isRaised { throw ExitStatus.interrupted }
        if isBroken { throw ExitStatus.failed }
    }
}
