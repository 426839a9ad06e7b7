import DeviceSpecs
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

/// Lists of qualified device types in rack files, and events that replace one by another.
@Suite struct SecondSourceFileTests {
    private static let package = ProjectFiles(root: Project.package)

    private func scenario(monitor: String, event: String = "{at: 1 s, reboot: tray-1/monitor}") -> (
        ScenarioDefinition?, [String]
    ) {
        let text = """
            # Small.
            rack:
              rack: small
              feeds:
                - {name: feed-a, voltage: 400 V, breaker: {rated: 16 A}}
              buses:
                - {name: trays, rtu: {baud: 115200, parity: even}}
                - {name: shelf, rtu: {baud: 115200, parity: even}}
                - {name: net, tcp: {latency: 1 ms}}
              shelves:
                - {name: shelf-1, feed: feed-a, supplies: {count: 2, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}}
              trays:
                - name: tray-{n}
                  cooling: liquid
                  accelerators: {model: h20, count: 4}
                  monitor: {spec: \(monitor), bus: trays, first-unit: 16}
                  bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
            duration: 30 s
            workload: {constant: 50 %}
            controller: {law: three-band, budget: 4 kW}
            events:
              - \(event)
            """
        let (scenario, problems) = ScenarioFile.read(text, file: "x.yaml", files: Self.package)
        return (scenario, problems.map(\.text))
    }

    @Test func `the first of a list is fitted and the others are qualified`() throws {
        let (scenario, problems) = scenario(monitor: "[busbar-pm-1, acme-pm-2, volta-pm-48]")
        #expect(problems == [])
        let monitor = try #require(scenario?.rack.devices.first { $0.path == "tray-1/monitor" })
        #expect(monitor.specification.model == "busbar-pm-1")
        #expect(monitor.alternatives.map(\.model) == ["acme-pm-2", "volta-pm-48"])
    }

    @Test(arguments: [
        ("[busbar-pm-1, busbar-pm-1]", "\"busbar-pm-1\" stands twice in the list"),
        (
            "[busbar-pm-1, busbar-fan-1]",
            "expected a power monitor, as the first of the list is, found \"busbar-fan-1\", a fan controller"
        ),
        (
            "[acme-pm-2, busbar-pm-9]",
            "unknown device type \"busbar-pm-9\": Firmware-specs/busbar-pm-9.yaml cannot be read; did you mean \"busbar-pm-1\"?"
        ),
    ])
    func `mistakes in a list of types are told`(monitor: String, text: String) {
        let (scenario, problems) = scenario(monitor: monitor)
        #expect(scenario == nil)
        #expect(problems.contains { $0.hasPrefix(text.prefix(60)) }, "\(problems)")
    }

    @Test func `a replacement takes five seconds unless it is told`() throws {
        let event = "{at: 1 s, replace: tray-1/monitor, with: acme-pm-2}"
        let (scenario, problems) = scenario(monitor: "busbar-pm-1", event: event)
        #expect(problems == [])
        let planned = try #require(scenario?.events.first)
        #expect(planned.until == planned.at + .seconds(5))
        #expect(planned.text == "replace tray-1/monitor with acme-pm-2")
    }

    @Test(arguments: [
        (
            "{at: 1 s, replace: tray-1/monitor}",
            "expected \"with\" and the model of the device type that takes its place, found none"
        ),
        (
            "{at: 1 s, replace: tray-1/monitor, with: busbar-bmc-1}",
            "expected a power monitor to take the place of tray-1/monitor, found \"busbar-bmc-1\""
        ),
        (
            "{at: 1 s, replace: shelf-1/psu-1, with: acme-psu-5500, charge: 50 %}",
            "only a backup unit brings a charge with it; leave this out for shelf-1/psu-1"
        ),
        (
            "{at: 1 s, replace: shelf-1/psu-1, with: busbar-bbu-1}",
            "expected a power supply to take the place of shelf-1/psu-1, found \"busbar-bbu-1\""
        ),
    ])
    func `mistakes in a replacement are told`(event: String, text: String) {
        let (scenario, problems) = scenario(monitor: "busbar-pm-1", event: event)
        #expect(scenario == nil)
        #expect(problems == [text])
    }
}
