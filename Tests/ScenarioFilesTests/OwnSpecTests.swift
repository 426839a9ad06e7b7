import DeviceSpecs
import Foundation
import Scenario
import ScenarioFiles
import SpecFiles
import Testing
import YAMLReading

/// Specs of one's own beside the file that names them.
@Suite struct OwnSpecTests {
    private static let bmc = """
        # A BMC of one's own.
        device: bmc
        model: my-bmc
        identity: {vendor: Acme, product: My BMC, revision: "1.0"}
        serial: {baud: 115200, parity: even, turnaround: 2 ms, units: [48-79]}
        points:
          - {name: power, at: 0x00, type: u16, scale: 1 W, signal: power}

        """

    private static func scenario(rack: String = "small", events: String = "[]") -> String {
        """
        # A small rack, for a moment.
        rack: \(rack)
        duration: 10 s
        workload: {constant: 50 %}
        controller: {law: three-band, period: 100 ms, budget: 8 kW}
        events: \(events)

        """
    }

    /// The small rack with a BMC that is named so.
    private static func rack(_ spec: String) -> String {
        Project.rack.replacing("{spec: bmc, bus: net", with: "{spec: \(spec), bus: net")
    }

    private func load(_ project: Project, _ path: String) -> (ScenarioDefinition?, [String]) {
        let (scenario, problems) = ScenarioFile.load(path: "\(project.root)/\(path)", files: project.files)
        return (scenario, problems.map { $0.description.replacing(project.root + "/", with: "") })
    }

    private static func bmcs(_ scenario: ScenarioDefinition?) -> [String]? {
        scenario?.rack.devices.filter { $0.path.hasSuffix("/bmc") }.map(\.specification.model)
    }

    @Test func `a path is relative to the rack file that states it, wherever the scenario lies`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc, to: "Racks/my-bmc.yaml")
        try project.write(Self.rack("./my-bmc.yaml"), to: "Racks/own.yaml")
        try project.write(Self.scenario(rack: "../Racks/own.yaml"), to: "Scenarios/own.yaml")
        let (scenario, problems) = load(project, "Scenarios/own.yaml")
        #expect(problems == [])
        #expect(Self.bmcs(scenario) == ["my-bmc", "my-bmc"])
    }

    @Test func `a rack that is like another one sets a spec by a path from its own folder`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc, to: "Scenarios/my-bmc.yaml")
        try project.write(
            Self.scenario(rack: "{like: small, set: {trays.1.bmc.spec: ./my-bmc.yaml}}"), to: "Scenarios/own.yaml")
        let (scenario, problems) = load(project, "Scenarios/own.yaml")
        #expect(problems == [])
        #expect(Self.bmcs(scenario) == ["my-bmc", "my-bmc"])
    }

    @Test func `a path may stand in a list, in an event, and on the command line`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc, to: "Scenarios/my-bmc.yaml")
        try project.write(
            Self.bmc.replacing("My BMC", with: "Third").replacing("my-bmc", with: "third"), to: "Scenarios/third.yml")
        try project.write(Self.rack("[bmc, ../Scenarios/my-bmc.yaml]"), to: "Racks/small.yaml")
        try project.write(
            Self.scenario(events: "[{at: 1 s, replace: tray-1/bmc, with: third.yml}]"), to: "Scenarios/own.yaml")
        let (scenario, problems) = load(project, "Scenarios/own.yaml")
        #expect(problems == [])
        let bmc = try #require(scenario?.rack.devices.first { $0.path == "tray-1/bmc" })
        #expect(bmc.specification.model == "bmc" && bmc.alternatives.map(\.model) == ["my-bmc"])
        #expect(scenario?.events.first?.text == "replace tray-1/bmc with third")
        let (other, more) = ScenarioFile.load(
            path: "\(project.root)/Scenarios/own.yaml", overrides: [("events.1.with", "./my-bmc.yaml")],
            files: project.files)
        #expect(more == [] && other?.events.first?.text == "replace tray-1/bmc with my-bmc")
    }

    @Test(arguments: [
        (
            "./no-bmc.yaml",
            "unknown device type \"./no-bmc.yaml\": Racks/no-bmc.yaml cannot be read, there is no such file; a path begins at "
                + "the folder of the file that states it"
        ),
        (
            "my-bmc",
            "unknown device type \"my-bmc\": Firmware-specs/my-bmc.yaml cannot be read; write \"./my-bmc.yaml\" for the file "
                + "beside this one"
        ),
        ("./my-bmc", "expected the path of the file of a device type to end in .yaml, found \"./my-bmc\""),
        (
            "../Racks/folder.yaml",
            "unknown device type \"../Racks/folder.yaml\": Racks/../Racks/folder.yaml cannot be read, it is a folder; a path "
                + "begins at the folder of the file that states it"
        ),
        (
            "[./my-bmc.yaml, ./twin.yaml]",
            "Racks/twin.yaml calls itself \"my-bmc\", as Racks/my-bmc.yaml does, which is named too; give it a \"model\" of its "
                + "own"
        ),
    ])
    func `a path that leads nowhere is told where it stands, with what to do`(spec: String, problem: String) throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc, to: "Racks/my-bmc.yaml")
        try project.write(Self.bmc.replacing("My", with: "Your"), to: "Racks/twin.yaml")
        try FileManager.default.createDirectory(
            atPath: "\(project.root)/Racks/folder.yaml", withIntermediateDirectories: true)
        try project.write(Self.rack(spec), to: "Racks/small.yaml")
        try project.write(Self.scenario(), to: "Scenarios/own.yaml")
        let (scenario, problems) = load(project, "Scenarios/own.yaml")
        #expect(scenario == nil)
        #expect(problems.first?.hasPrefix("Racks/small.yaml:") == true)
        #expect(problems.first?.hasSuffix(": " + problem) == true, "\(problems)")
    }

    @Test func `the mistakes of such a file are told with its own places, beside those of who names it`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc.replacing("signal: power", with: "signal: powr"), to: "Racks/my-bmc.yaml")
        try project.write(Self.rack("./my-bmc.yaml"), to: "Racks/small.yaml")
        try project.write(Self.scenario().replacing("50 %", with: "50 W"), to: "Scenarios/own.yaml")
        let (_, problems) = load(project, "Scenarios/own.yaml")
        #expect(problems.contains { $0.hasPrefix("Racks/my-bmc.yaml:7:") && $0.contains("did you mean \"power\"") })
        #expect(problems.contains { $0.hasPrefix("Scenarios/own.yaml:4:") })
    }

    @Test func `a path in a scenario that is written anew elsewhere leads to the same file`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Self.bmc, to: "Scenarios/my-bmc.yaml")
        let text = Self.scenario(rack: "{like: small, set: {trays.1.bmc.spec: ./my-bmc.yaml}}")
        let rewritten = try #require(
            ScenarioRewriting.text(
                of: text, file: "\(project.root)/Scenarios/own.yaml", overrides: [],
                with: ScenarioRewriting.Replacement(
                    comment: ["Found."], duration: "5 s", seed: 1, safety: "all", events: []),
                writtenTo: "\(project.root)/found/one.yaml", files: project.files))
        #expect(rewritten.contains("../Scenarios/my-bmc.yaml"))
    }
}
