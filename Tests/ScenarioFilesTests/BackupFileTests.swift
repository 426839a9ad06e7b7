import Plant
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

/// Batteries, capacitors and UPS in rack files.
@Suite struct BackupFileTests {
    private static let feed = "{name: feed-a, breaker: {rated: 16 A, curve: very-inverse}}"
    private static let batteries = """
        batteries:
          - name: bbu-{n}
            count: 2
            units: {count: 3, rated: 2 kW, for: 100 s, charge: 60 %, spec: bbu, bus: line, first-unit: 120}

        """

    private func load(_ text: String) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "Racks/small.yaml")
        return RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
    }

    @Test func `a group of battery shelves becomes stores, devices and signals`() throws {
        let (loaded, problems) = try load(Project.rack + Self.batteries)
        #expect(problems == [], "\(problems)")
        let rack = try #require(loaded)
        #expect(rack.plant.backups.map(\.name) == ["bbu-1", "bbu-2"])
        let unit = rack.plant.backups[1].unit
        #expect(unit.kind == .battery && unit.energy == 200_000 && unit.initialCharge == 0.6)
        // What is not said is scaled with the rating: a fifth of it, and the resistance of so much smaller a store.
        #expect(unit.chargePower == 400)
        #expect(abs(unit.resistance - 0.055) < 1e-12)
        #expect(rack.plant.backups[0].backedShelves == [0])
        let device = try #require(rack.devices.first { $0.path == "bbu-2/unit-1" })
        #expect(device.attachment == .backup(shelf: 1, slot: 0) && device.unit == 123)
        let catalogue = SignalCatalogue(for: rack)
        let index = try #require(catalogue.index(of: "bbu-2/unit-3.charge"))
        #expect(catalogue.entries[index].source == .backupCharge(unit: 5))
        #expect(catalogue.index(of: "bbu-1.power") != nil && catalogue.index(of: "rack.supply-power") != nil)
    }

    @Test func `a rack without them has none of their signals`() throws {
        let (loaded, _) = try load(Project.rack)
        let catalogue = SignalCatalogue(for: try #require(loaded))
        #expect(catalogue.index(of: "rack.supply-power") == nil)
    }

    @Test func `a UPS has an overload table of its own, or that of the manual`() throws {
        let ups = "{name: feed-a, ups: {rated: 9 kW, overload: [[110 %, 1 min]], autonomy: 3 min}, "
        let (loaded, problems) = try load(
            Project.rack.changing("{name: feed-a, ", to: ups))
        #expect(problems == [], "\(problems)")
        let rack = try #require(loaded)
        let configuration = try #require(rack.plant.feeds[0].ups)
        #expect(configuration.inverterOverload == [CurvePoint(x: 1.1, y: 60)])
        #expect(configuration.bypassOverload == UPSConfiguration.typicalBypassOverload)
        #expect(configuration.autonomy == 180)
    }

    @Test(arguments: [
        ("{name: feed-a, ups: {autonomy: 3 min}, ", "expected the key \"rated\""),
        ("{name: feed-a, ups: {rated: 9 kW, overload: [[90 %, 1 min]]}, ", "expected a ratio from 100 % to 2000 %"),
        (
            "{name: feed-a, ups: {rated: 9 kW, overload: [[110 %, 1 min], [125 %, 2 min]]}, ",
            "expected a greater share and a shorter time than in the point before"
        ),
        ("{name: feed-a, ups: {rated: 9 kW, overlaod: []}, ", "did you mean \"overload\"?"),
    ])
    func `mistakes in a UPS are told with their place`(feed: String, text: String) throws {
        let (loaded, problems) = try load(Project.rack.changing("{name: feed-a, ", to: feed))
        #expect(loaded == nil)
        #expect(problems.contains { $0.text.contains(text) && $0.line == 4 }, "\(problems)")
    }

    @Test(arguments: [
        ("spec: bbu,", "spec: pm,", "expected a backup unit, found \"pm\", a power monitor"),
        ("for: 100 s,", "for: 100 s, energy: 1 kJ,", "expected either \"energy\" or \"for\", found both"),
        ("charge: 60 %,", "charge: 60 %, empty-voltage: 60 V,", "expected an empty-voltage below the full-voltage"),
        (
            "charge: 60 %,", "charge: 60 %, resistance: 800 mOhm,",
            "expected a smaller resistance or a smaller rated power"
        ),
        ("count: 2\n", "count: 2\n    backs: shelf-9\n", "unknown shelf \"shelf-9\""),
        ("bbu-{n}", "tray-{n}", "the name \"tray-1\" is taken"),
    ])
    func `mistakes in batteries are told in one pass`(old: String, new: String, text: String) throws {
        let (loaded, problems) = try load(Project.rack + Self.batteries.changing(old, to: new))
        #expect(loaded == nil)
        #expect(problems.count == 1 && problems[0].text.contains(text), "\(problems)")
    }
}
