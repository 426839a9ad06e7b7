internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import YAMLReading

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read scenarios with their racks, specs and traces, and report every mistake.")

    @Argument(help: "Scenario files.")
    var scenarios: [String]

    func run() throws {
        var problems: [Problem] = []
        for path in scenarios {
            let (definition, found) = ScenarioLoading.read(path, settings: [])
            problems += found
            guard let definition, found.isEmpty else { continue }
            print(
                "\(path): good (\(definition.rack.devices.count) devices on \(definition.rack.buses.count) buses, "
                    + "\(definition.events.count) events, \(definition.expectations.count) expectations)")
        }
        if !problems.isEmpty { throw ScenarioLoading.report(problems) }
    }
}
