import Foundation
import Scenario
import ScenarioFiles
import Swarm
import Testing
import YAMLReading

/// A campaign on a rack of two trays and five supplies, small enough for a debug build.
enum SwarmRack {
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static let files = ProjectFiles(root: package)

    static func text(
        law: String = "three-band", redundancy: String = "N+1", feeds: Int = 1,
        swarm: String = "{duration: 14 s, faults: {most: 3, from: 7 s, healed-by: 9 s}, settles: {within: 3 s}}"
    ) -> String {
        // Shelves are dealt to the feeds in turn.
        let names = ["feed-a", "feed-b"].prefix(feeds)
        let breakers = names.map { "{name: \($0), voltage: 400 V, breaker: {rated: 16 A, curve: very-inverse}}" }
        return """
            # A small rack.
            parameters:
              load: {default: 90 %, range: [40 %, 100 %], says: load}
            rack:
              rack: small
              feeds: [\(breakers.joined(separator: ", "))]
              buses:
                - {name: shelf, rtu: {baud: 115200, parity: even}}
                - {name: trays, rtu: {baud: 115200, parity: even}}
                - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
              shelves:
                - name: shelf-{n}
                  count: \(feeds)
                  feed: [\(names.joined(separator: ", "))]
                  supplies: {count: 5, rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208, unit-step: 10}
              trays:
                - name: tray-{n}
                  count: 2
                  accelerators: {model: h20, count: 4}
                  host: {idle: 350 W, maximum: 700 W}
                  fans: {count: 4}
                  floor: 1.7 kW
                  monitor: {spec: busbar-pm-1, bus: trays, first-unit: 16}
                  bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
                  fan-controller: {spec: busbar-fan-1, bus: trays, first-unit: 80}
            duration: 10 s
            workload: {constant: $load}
            controller: {law: \(law), redundancy: \(redundancy), budget: 4.4 kW}
            swarm: \(swarm)
            """
    }

    static func definition(_ text: String, with values: [(path: String, value: String)] = []) throws
        -> ScenarioDefinition
    {
        let (scenario, problems) = ScenarioFile.read(text, file: "small.yaml", overrides: values, files: files)
        return try #require(scenario, "\(problems.map(\.description).joined(separator: "\n"))")
    }

    /// A scenario of the library.
    static func shipped(_ name: String) throws -> ScenarioDefinition {
        let file = "\(package)/Scenarios/\(name).yaml"
        let (scenario, problems) = ScenarioFile.read(
            try String(contentsOfFile: file, encoding: .utf8), file: file, files: files)
        return try #require(scenario, "\(problems.map(\.description).joined(separator: "\n"))")
    }

    static func campaign(_ text: String = text()) throws -> SwarmCampaign {
        let scenario = try definition(text)
        let settings = try #require(scenario.swarm)
        return SwarmCampaign(scenario, settings: settings, version: "test") { values in
            ScenarioFile.read(text, file: "small.yaml", overrides: values, files: files).0
        }
    }
}

extension TroubleSchedule {
    /// All that it says, for comparisons.
    func lines(in scenario: ScenarioDefinition) -> [String] {
        values.map { "\($0.path) = \($0.value)" } + troubles.map { $0.line(in: scenario.rack) } + [
            "\(seed) \(duration)"
        ]
    }
}
