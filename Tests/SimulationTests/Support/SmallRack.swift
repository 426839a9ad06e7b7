import DeviceSpecs
import Foundation
import RackControl
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@testable import Simulation

/// Scenarios on a rack of two trays, small enough for a debug build: the shipped device types and accelerators, two
/// serial lines and a TCP network.
///
/// Two trays of 2460 W at most and 1.7 kW at least; five supplies of 1.2 kW, so that N+1 is 4.8 kW, and 3.6 kW when one
/// has failed.
enum SmallRack {
    /// W that each of the two trays falls back to: half of the 99 % of 4.4 kW that caps may add up to.
    static let safeShare = 2178.0

    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static let files = ProjectFiles(root: package)

    static let feeds = "  - {name: feed-a, voltage: 400 V, breaker: {rated: 16 A, curve: very-inverse}}"
    static let lines = """
          - {name: shelf, rtu: {baud: 115200, parity: even}}
          - {name: trays, rtu: {baud: 115200, parity: even}}
          - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
        """

    static func rack(buses: String = lines, trays: Int = 2) -> String {
        """
        rack:
          rack: small
          feeds:
          \(feeds)
          buses:
        \(buses)
          shelves:
            - name: shelf-1
              feed: feed-a
              supplies: {count: 5, rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}
          trays:
            - name: tray-{n}
              count: \(trays)
              accelerators: {model: h20, count: 4}
              host: {idle: 350 W, maximum: 700 W}
              fans: {count: 4}
              floor: 1.7 kW
              monitor: {spec: busbar-pm-1, bus: trays, first-unit: 16}
              bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
              fan-controller: {spec: busbar-fan-1, bus: trays, first-unit: 80}
        """
    }

    /// A scenario on that rack. `controller` and the rest are YAML as a file has it.
    static func scenario(
        duration: String = "5 s", rack: String = rack(), workload: String = "{constant: 95 %}",
        controller: String = "{law: three-band, budget: 4.4 kW}", events: [String] = [], expect: [String] = [],
        safety: String = "", files: ProjectFiles = files
    ) throws -> ScenarioDefinition {
        var text = "# Small.\n\(rack)\nduration: \(duration)\nworkload: \(workload)\ncontroller: \(controller)\n"
        if !events.isEmpty { text += "events:\n" + events.map { "  - \($0)\n" }.joined() }
        if !expect.isEmpty { text += "expect:\n" + expect.map { "  - \($0)\n" }.joined() }
        if !safety.isEmpty { text += "safety: \(safety)\n" }
        return try read(text, files: files)
    }

    /// The same with every serial device and line at another rate.
    static func scenario(baud: Int, duration: String) throws -> ScenarioDefinition {
        var files = files
        let load = files.loadSpecification
        files.loadSpecification = { model in
            var (specification, problems) = load(model)
            specification?.serial.baud = baud
            return (specification, problems)
        }
        let buses = lines.replacingOccurrences(of: "115200", with: "\(baud)")
        let controller = "{law: three-band, budget: 4.4 kW, timeout: 200 ms}"
        return try scenario(duration: duration, rack: rack(buses: buses), controller: controller, files: files)
    }

    static func read(_ text: String, files: ProjectFiles = files) throws -> ScenarioDefinition {
        let (scenario, problems) = ScenarioFile.read(text, file: "test.yaml", files: files)
        return try #require(scenario, "\(problems.map(\.description).joined(separator: "\n"))")
    }
}

extension RackSimulation {
    convenience init(_ scenario: ScenarioDefinition, seed: UInt64 = 1, recorder: RunLog? = nil) {
        self.init(scenario, seed: seed, version: "test", recorder: recorder)
    }

    /// Goes on to an instant, seconds.
    func advance(to seconds: Double) { _ = advance(bySeconds: seconds - reachedSeconds) }

    func device(_ path: String) throws -> Int {
        try #require(scenario.rack.devices.firstIndex { $0.path == path }, "there is no \(path)")
    }

    func isOnline(_ path: String) throws -> Bool { controller.isOnline(device: try device(path)) }

    /// The event log's lines about a subject, in order.
    func texts(of subject: String, after seconds: Double = -1) -> [String] {
        marks.filter { $0.subject == subject && $0.at >= seconds }.map(\.text)
    }

    /// When the event log first has this line, seconds.
    func instant(of text: String, subject: String, after seconds: Double = -1) throws -> Double {
        try #require(
            marks.first { $0.subject == subject && $0.text == text && $0.at >= seconds }?.at,
            "nothing says \"\(text)\" of \(subject) after \(seconds) s: \(texts(of: subject))")
    }
}
