import Plant
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

/// Power tethers in rack files.
@Suite struct TetherFileTests {
    private static let tethers = """
        tethers:
          - {name: "tether-{n}", count: 2, rated: 1.5 kW, contact: 2 mOhm, spec: tether, bus: line, first-unit: 8}

        """

    private func load(_ text: String) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "Racks/small.yaml")
        return RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
    }

    @Test func `a group of tethers becomes cables, devices and signals`() throws {
        let (loaded, problems) = try load(Project.rack + Self.tethers)
        #expect(problems == [], "\(problems)")
        let rack = try #require(loaded)
        #expect(rack.plant.tethers.map(\.name) == ["tether-1", "tether-2"])
        let tether = rack.plant.tethers[1]
        #expect(tether.ratedPower == 1500 && tether.limitPower == 1800 && tether.contactResistance == 0.002)
        // What is not said is scaled with the rating: half the current, so a cable of twice the resistance.
        #expect(abs(tether.cableResistance - 0.014) < 1e-12)
        let device = try #require(rack.devices.first { $0.path == "tether-2" })
        #expect(device.attachment == .tether(1) && device.unit == 9)
        let catalogue = SignalCatalogue(for: rack)
        let index = try #require(catalogue.index(of: "tether-2.contact"))
        #expect(catalogue.entries[index].source == .tether(.contact, tether: 1))
        #expect(catalogue.entries[index].description.unit == "degC")
    }

    @Test func `a rack without them has none of their signals`() throws {
        let (loaded, _) = try load(Project.rack)
        #expect(SignalCatalogue(for: try #require(loaded)).index(of: "tether-1.power") == nil)
    }

    @Test(arguments: [
        ("spec: tether,", "spec: pm,", "expected a power tether, found \"pm\", a power monitor"),
        ("first-unit: 8", "first-unit: 9", "unit 10 of tether-2 is outside what the device can be strapped to, 8-9"),
        ("contact: 2 mOhm", "contact: 2 Ohm", "expected a resistance from 0 to 100 mOhm"),
        ("contact: 2 mOhm", "contact: 2 W", "expected a resistance such as \"20 mOhm\""),
        ("rated: 1.5 kW", "rated: 1.5 kW, limit: 1 kW", "expected a limit of at least the rated power"),
        ("contact: 2 mOhm", "contcat: 2 mOhm", "did you mean \"contact\"?"),
    ])
    func `mistakes in a tether are told with their place`(old: String, new: String, text: String) throws {
        let (loaded, problems) = try load(Project.rack + Self.tethers.changing(old, to: new))
        #expect(loaded == nil)
        #expect(problems.contains { $0.text.contains(text) }, "\(problems)")
    }
}
