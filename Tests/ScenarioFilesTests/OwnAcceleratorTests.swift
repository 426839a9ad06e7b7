import Foundation
import Plant
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

/// Accelerators of one's own beside the rack that names them.
@Suite struct OwnAcceleratorTests {
    private static let scenario = """
        # A small rack, for a moment.
        rack: small
        duration: 10 s
        workload: {constant: 50 %}
        controller: {law: three-band, period: 100 ms, budget: 8 kW}
        events: []

        """

    private static func accelerator(_ name: String, rated: String = "300 W") -> String {
        """
        accelerator: \(name)
        idle-power: {value: 50 W, mark: typical, source: a test}
        rated-power: {value: \(rated), mark: typical, source: a test}
        minimum-limit: {value: 150 W, mark: typical, source: a test}
        lag: {value: 50 ms, mark: typical, source: a test}
        brake-power: {value: 100 W, mark: typical, source: a test}
        throttle-temperature: {value: 87 degC, mark: typical, source: a test}
        shutdown-temperature: {value: 95 degC, mark: typical, source: a test}
        throughput: {value: [[0 %, 0 %], [100 %, 100 %]], mark: typical, source: a test}

        """
    }

    private func load(
        model: String, writing files: [(path: String, text: String)]
    ) throws -> (ScenarioDefinition?, [String]) {
        let project = try Project()
        defer { project.remove() }
        for file in files { try project.write(file.text, to: file.path) }
        try project.write(Project.rack.replacing("model: x1", with: "model: \(model)"), to: "Racks/small.yaml")
        try project.write(Self.scenario, to: "Scenarios/own.yaml")
        let (scenario, problems) = ScenarioFile.load(path: "\(project.root)/Scenarios/own.yaml", files: project.files)
        return (scenario, problems.map { $0.description.replacing(project.root + "/", with: "") })
    }

    @Test func `a path leads from the rack's folder to a file of one's own`() throws {
        let (scenario, problems) = try load(
            model: "./my-card.yaml", writing: [("Racks/my-card.yaml", Self.accelerator("my-card"))])
        #expect(problems == [])
        let tray = try #require(scenario?.rack.plant.trays.first)
        #expect(tray.accelerator.name == "my-card" && tray.accelerator.ratedPower == 300)
    }

    @Test func `its mistakes are told with its own places`() throws {
        let (scenario, problems) = try load(
            model: "./my-card.yaml", writing: [("Racks/my-card.yaml", Self.accelerator("card", rated: "300 kg"))])
        #expect(scenario == nil)
        #expect(
            problems.contains { $0.hasPrefix("Racks/my-card.yaml:1:14: expected the name of the file, \"my-card\"") })
        #expect(problems.contains { $0.hasPrefix("Racks/my-card.yaml:3:") && $0.contains("300 kg") })
    }

    @Test func `a path that leads nowhere is told where it stands; a bare name finds the file beside it`() throws {
        let (_, missing) = try load(model: "./no-card.yaml", writing: [])
        #expect(
            missing.first?.hasSuffix(
                "unknown accelerator \"./no-card.yaml\": Racks/no-card.yaml cannot be read, there is no such file; a path "
                    + "begins at the folder of the file that states it") == true, "\(missing)")
        let (_, bare) = try load(model: "my-card", writing: [("Racks/my-card.yaml", Self.accelerator("my-card"))])
        #expect(bare.first?.hasSuffix("; write \"./my-card.yaml\" for the file beside this one") == true, "\(bare)")
    }
}
