internal import ArgumentParser
internal import Scenario
internal import YAMLReading

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read scenarios with their variants, ranges, racks, specs and traces, and report every mistake.",
        discussion: """
            Runs nothing and writes nothing. Good scenarios go to standard output, mistakes to standard error. Exit code 0 \
            when all are good, 65 when one has mistakes, 74 when one cannot be read and the others are good.
            """)

    @Argument(help: "Scenario files.")
    var scenarios: [String]

    func run() throws {
        var problems: [Problem] = []
        var wrong: [String] = []
        for path in scenarios {
            let (definition, found) = ScenarioLoading.read(path, judgesVariants: true, judgesRanges: true)
            if let definition, found.isEmpty {
                try StandardStreams.output("\(path): good (\(Self.contents(of: definition)))")
                continue
            }
            wrong.append(path)
            // A rack that two scenarios share has its mistakes only once.
            let new = found.filter { !problems.contains($0) }
            ScenarioLoading.report(new)
            problems += new
        }
        guard let first = wrong.first else { return }
        let files = scenarios.count == 1 ? "" : ", in \(wrong.count) of \(scenarios.count) scenarios"
        StandardStreams.error(ScenarioLoading.count(problems.count, "mistake") + files)
        if let advice = ProjectRoot.advice(near: first) { StandardStreams.error(advice) }
        throw ScenarioLoading.status(of: problems)
    }

    private static func contents(of scenario: ScenarioDefinition) -> String {
        let buses = scenario.rack.buses.count
        let variants = scenario.variants.isEmpty ? "" : ", " + ScenarioLoading.count(scenario.variants.count, "variant")
        return ScenarioLoading.count(scenario.rack.devices.count, "device")
            + " on \(buses) bus\(buses == 1 ? "" : "es"), "
            + ScenarioLoading.count(scenario.events.count, "event") + ", "
            + ScenarioLoading.count(scenario.expectations.count, "expectation") + variants
    }
}
