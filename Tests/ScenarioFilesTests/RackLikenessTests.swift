import Plant
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct RackLikenessTests {
    private func load(_ text: String) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "Racks/other.yaml")
        let (rack, problems) = RackFile.load(path: "\(project.root)/Racks/other.yaml", files: project.files)
        return (
            rack,
            problems.map { problem in
                var told = problem
                told.file = problem.file.replacing(project.root + "/", with: "")
                return told
            }
        )
    }

    @Test func `a rack is like another but for what it sets`() throws {
        let (loaded, problems) = try load(
            """
            # Three trays.
            rack: other
            like: small
            set: {trays.1.count: 3, inlet: 30 degC, feeds.1.breaker.rated: 20 A}

            """)
        #expect(problems == [], "\(problems)")
        let rack = try #require(loaded)
        #expect(rack.name == "other" && rack.says == "Three trays.")
        #expect(rack.plant.trays.count == 3)
        #expect(rack.plant.inletTemperature == 30)
        #expect(rack.plant.feeds[0].breaker.ratedCurrent == 20)
        #expect(rack.plant.shelves[0].supplyCount == 3)
    }

    @Test(arguments: [
        ("like: smal", "Racks/other.yaml:2:7: unknown rack \"smal\"", "did you mean \"small\"?"),
        (
            "like: small\nset: {trays.9.floor: 1 kW}", "Racks/other.yaml:3:7: \"trays.9.floor\" is no single value",
            "counted from 1"
        ),
        ("like: small\nset: {trays.1.floor: 1 kg}", "Racks/other.yaml:3:22: expected a power", "1 kg"),
        (
            "like: small\nset: {trays.1.flor: 1 kW}", "Racks/other.yaml:3:21: unknown key \"flor\"",
            "did you mean \"floor\"?"
        ),
        ("like: small\nsett: {}", "Racks/other.yaml:3:1: unknown key \"sett\"", "did you mean \"set\"?"),
        ("like: other", "Racks/other.yaml:2:7: expected at most 4 racks", "in a circle?"),
    ])
    func `a mistake is told where it stands`(text: String, start: String, part: String) throws {
        let (rack, problems) = try load("# A rack like another.\n\(text)\n")
        #expect(rack == nil)
        #expect(problems.count == 1, "\(problems)")
        let told = try #require(problems.first).description
        #expect(told.hasPrefix(start) && told.contains(part), "\(told)")
    }
}
