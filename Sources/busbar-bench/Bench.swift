internal import ArgumentParser
internal import CAllocationCount
internal import Foundation
internal import RunRecords
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Units

/// Prints how fast the simulation is, and what it allocates. Judges nothing: a figure belongs to a machine and a date.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "busbar-bench",
        abstract: "Simulated seconds per wall second, heap allocations and peak memory of a scenario's run.",
        subcommands: [CycleBench.self])

    @Argument(help: "The scenario's file.")
    var scenario = "Scenarios/nvl72.yaml"

    @Option(help: "Simulated seconds that are measured; the run is prolonged to hold them.")
    var seconds = 240.0

    @Option(help: "Simulated seconds before the measurement: devices are identified, storage has grown.")
    var warmUp = 60.0

    @Option(help: "How often the measurement is repeated, each time in a new run.")
    var runs = 5

    @Flag(help: "Write telemetry at 10 Hz to an SQLite file in the temporary folder, as a run of the tool does.")
    var telemetry = false

    func run() throws {
        let root = ProcessInfo.processInfo.environment["BUSBAR_ROOT"] ?? FileManager.default.currentDirectoryPath
        let files = ProjectFiles(root: root)
        var (definition, problems) = ScenarioFile.load(path: scenario, overrides: [], files: files)
        if let asWritten = definition, Double(asWritten.duration.seconds) < warmUp + seconds {
            let length = "\(Int((warmUp + seconds).rounded(.up))) s"
            (definition, problems) = ScenarioFile.load(
                path: scenario, overrides: [(path: "duration", value: length)], files: files)
        }
        guard let definition else {
            for problem in problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
            throw ExitCode(65)
        }
        var speeds: [Double] = []
        for number in 1...max(1, runs) {
            let measurement = try Measurement(definition, warmUp: warmUp, seconds: seconds, telemetry: telemetry)
            speeds.append(measurement.speed)
            print("run \(number): \(measurement.text)")
        }
        speeds.sort()
        print("simulated seconds per wall second: median \(Int(speeds[speeds.count / 2])), ", terminator: "")
        print("least \(Int(speeds[0])), greatest \(Int(speeds[speeds.count - 1]))")
        print("peak memory of this process: \(PeakMemory.megabytes) MB")
    }
}
