internal import ArgumentParser
internal import Foundation
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
            give the same one. Ctrl-C ends the run early and still writes the report, marked as interrupted.
            """)

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml.")
    var scenario: String

    @Option(help: "Seed of everything random in the run.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Set a parameter or any value of the scenario: demand=80%, controller.period=200ms.")
    var settings: [Assignment] = []

    @Option(help: "Output folder (default: runs/<scenario>).")
    var out: String?

    @Flag(help: "Print the result as JSON and nothing else on standard output.")
    var json = false

    @Flag(help: "Print only the digest line on standard output, and no progress.")
    var quiet = false

    func run() throws {
        let definition = try ScenarioLoading.load(scenario, settings: settings)
        let files = try RunFiles(definition, in: out ?? "runs/\(definition.name)", seed: seed)
        let simulation = RackSimulation(
            definition, seed: seed, version: BusbarVersion.text, recorder: files.recorder)
        let wallSeconds = drive(simulation, title: definition.name)
        let result = simulation.result(wallSeconds: wallSeconds, command: repeatingCommand)
        try files.finish(with: result)
        try print(result, folder: files.folder)
        if result.interrupted { throw ExitStatus.interrupted }
        if !result.held { throw ExitStatus.failed }
    }

    /// The line that does the same again.
    private var repeatingCommand: String {
        let assignments = settings.map { " --set \($0.path)='\($0.value)'" }.joined()
        return "busbar run \(scenario) --seed \(seed)\(assignments)"
    }

    /// Advances in slices of a simulated second until the end or Ctrl-C.
    private func drive(_ simulation: RackSimulation, title: String) -> Double {
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        var progress = ProgressBar(title: title, isVisible: StandardStreams.errorIsTerminal && !quiet)
        let clock = ContinuousClock()
        let start = clock.now
        var elapsed = Duration.zero
        while !flag.isRaised, simulation.advance(bySeconds: 1) {
            elapsed = clock.now - start
            let speed = simulation.reachedSeconds / max(elapsed.inSeconds, 1e-6)
            progress.show(simulation.reachedSeconds / simulation.durationSeconds, note: "\(Int(speed)) x real time")
        }
        elapsed = clock.now - start
        progress.clear()
        return elapsed.inSeconds
    }

    private func print(_ result: RunResult, folder: OutputFolder) throws {
        if json {
            try FileHandle.standardOutput.write(contentsOf: Data(ResultFile.json(for: result).utf8))
            return
        }
        if !quiet { Swift.print(SummaryText(result, report: folder.path(of: "report.html")).text) }
        Swift.print("digest \(result.digest)")
    }
}

/// `path=value` of `--set`.
struct Assignment: ExpressibleByArgument {
    var path: String
    var value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        path = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
    }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
