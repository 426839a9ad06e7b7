import DeviceSpecs
import Foundation
import Plant
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct RackFileTests {
    func problems(_ changes: [(String, String)]) throws -> [Problem] {
        let project = try Project()
        defer { project.remove() }
        let text = changes.reduce(Project.rack) { $0.changing($1.0, to: $1.1) }
        try project.write(text, to: "Racks/small.yaml")
        let (rack, problems) = RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
        #expect((rack == nil) == !problems.isEmpty)
        return problems
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "feeds:\n  - {name: feed-a, breaker: {rated: 16 A, curve: very-inverse}}\n", "feeds: []\n", "3:8",
            "expected at least a feed: nothing powers the rack, found an empty list"),
        Mistake("rated: 16 A", "rated: 16 W", "4:37", "expected a current such as \"63 A\""),
        Mistake("very-inverse", "inverse", "4:50", "expected one of \"very-inverse\", \"extremely-inverse\""),
        Mistake("feed: feed-a", "feed: feed-b", "9:27", "unknown feed \"feed-b\"; did you mean \"feed-a\"?"),
        Mistake(
            "{baud: 115200, parity: even}", "{baud: 19200, parity: even}", "9:85",
            "115200 baud with parity even; they must agree"),
        Mistake(
            "rtu: {baud: 115200, parity: even}", "rt: {baud: 115200, parity: even}", "6:5",
            "expected either \"rtu\" or \"tcp\""),
        Mistake("{latency: 1 ms}", "{latency: 2 s}", "7:32", "expected a time from 0 s to 1 s"),
        Mistake("spec: psu", "spec: pm", "9:75", "expected a power supply, found \"pm\", a power monitor"),
        Mistake("spec: psu", "spec: psx", "9:75", "unknown device type \"psx\""),
        Mistake(
            "first-unit: 192", "first-unit: 191", "9:103",
            "unit 191 of shelf-1/psu-1 is outside what the device can be strapped to, 192-247;"),
        Mistake("first-unit: 192", "first-unit: 246", "9:103", "unit 248 of shelf-1/psu-3 is outside"),
        Mistake(
            "first-unit: 80", "units: [80, 80]", "19:51",
            "unit 80 of tray-2/fans is taken on the bus \"line\" by tray-1/fans"),
        Mistake(
            "first-unit: 80", "units: [80]", "19:51", "expected one unit for each device, found none for tray-2/fans"),
        Mistake("bus: net", "bus: nat", "18:27", "unknown bus \"nat\"; did you mean \"net\"?"),
        Mistake(
            "bus: net, first-unit: 48", "bus: net", "18:10", "expected either \"first-unit\" or \"units\", found none"),
        Mistake("model: x1", "model: x2", "13:27", "unknown accelerator \"x2\""),
        Mistake("name: tray-{n}", "name: tray", "11:11", "expected a name with {n} for the number"),
        Mistake("name: tray-{n}", "name: Tray-{n}", "11:11", "expected a name of lower-case letters"),
        Mistake("name: shelf-1", "name: feed-a", "9:12", "the name \"feed-a\" is taken"),
        Mistake(
            "floor: 1 kW", "floor: 2 kW", "16:12", "expected a floor of at most the ceiling of 1.66 kW, found 2 kW"),
        Mistake(
            "floor: 1 kW", "floor: 0.3 kW", "16:12", "expected a floor of at least"),
        Mistake(
            "very-inverse}}\n", "very-inverse}}\n  - {name: feed-b, breaker: {rated: 16 A}}\n", "5:12",
            "expected a shelf on the feed \"feed-b\", found none"),
        Mistake("115200, parity: even", "115201, parity: even", "6:30", "expected a rate in baud, one of 1200, 1800"),
        Mistake("idle: 200 W", "idle: 900 W", "14:11", "expected maximum >= idle"),
        Mistake(
            "    fan-controller: {spec: fan, bus: line, first-unit: 80}\n", "", "11:5",
            "expected a \"fan-controller\" for the tray's fans"),
        Mistake(
            "    monitor: {spec: pm, bus: line, first-unit: 16}\n", "", "11:5",
            "the controller could not see the tray's power"),
        Mistake(
            "fans: {count: 4}", "fans: {count: 4, flow: 120 cfm}", "15:28", "expected an air flow such as \"200 m3/h\""),
        Mistake("floor: 1 kW", "flor: 1 kW", "16:5", "unknown key \"flor\"; did you mean \"floor\"?"),
        Mistake(
            "count: 3, rated", "count: 3, peak: 1 kW, rated", "9:62", "expected a peak of at least the rated power"),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a rack is told once, with its place and its remedy`(mistake: Mistake) throws {
        let problems = try problems([(mistake.old, mistake.new)])
        let problem = try #require(problems.first)
        // A misspelt key is also a missing one, and a line's settings disagree with each kind of device on it.
        let count = mistake.new.hasPrefix("rt:") ? 2 : mistake.new.contains("19200") ? 3 : 1
        #expect(problems.count == count, "\(problems)")
        #expect("\(problem.line):\(problem.column)" == mistake.place, "\(problem)")
        #expect(problem.text.contains(mistake.text), "\(problem)")
    }

    @Test func `two monitors on one unit are told by name`() throws {
        let problems = try problems([
            ("name: net, tcp: {latency: 1 ms}", "name: net, rtu: {baud: 115200}"), ("    count: 2\n", "    count: 3\n"),
            ("first-unit: 48", "units: [48, 49, 49]"),
        ])
        #expect(problems.count == 1, "\(problems)")
        #expect(problems[0].text.contains("unit 49 of tray-3/bmc is taken on the bus \"net\" by tray-2/bmc"))
    }

    @Test func `two at one unit to which neither can be strapped are told of both in one pass`() throws {
        let problems = try problems([("first-unit: 80", "units: [7, 7]")])
        #expect(problems.count == 2, "\(problems)")
        #expect(problems.allSatisfy { $0.line == 19 && $0.column == 51 }, "\(problems)")
        #expect(
            problems.contains { $0.text.contains("unit 7 of tray-1/fans is outside what the device can be strapped") })
        #expect(
            problems.contains { $0.text.contains("unit 7 of tray-2/fans is taken on the bus \"line\" by tray-1/fans") })
    }

    @Test func `a unit beyond the last one is no unit of the next bus`() throws {
        let problems = try problems([("first-unit: 80", "first-unit: 255")])
        #expect(problems.count == 1, "\(problems)")
        #expect(problems[0].text.contains("unit 255 of tray-1/fans is outside"), "\(problems)")
    }

    @Test func `devices are dealt over several buses in turn`() throws {
        let project = try Project()
        defer { project.remove() }
        let text = Project.rack.changing(
            "  - {name: net,", to: "  - {name: spare, rtu: {baud: 115200}}\n  - {name: net,"
        )
        .changing("    count: 2\n", to: "    count: 5\n")
        .changing("monitor: {spec: pm, bus: line", to: "monitor: {spec: pm, bus: [line, spare]")
        try project.write(text, to: "Racks/small.yaml")
        let (loaded, problems) = RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
        #expect(problems == [])
        let rack = try #require(loaded)
        let monitors = rack.devices.filter { $0.path.hasSuffix("/monitor") }
        #expect(monitors.map(\.bus) == [0, 1, 0, 1, 0])
        #expect(monitors.map(\.unit) == [16, 16, 17, 17, 18])
    }

    private func rack(standing devices: String) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write("\(Project.rack)devices:\n  - \(devices)\n", to: "Racks/small.yaml")
        return RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
    }

    @Test func `devices that stand alone come last and are dealt over buses like others`() throws {
        let (loaded, problems) = try rack(
            standing: "{name: \"spare-{n}\", count: 5, spec: plain, bus: [net, line], first-unit: 1}")
        #expect(problems == [])
        let spares = try #require(loaded).devices.suffix(5)
        #expect(spares.map(\.path) == (1...5).map { "spare-\($0)" })
        #expect(spares.map(\.bus) == [1, 0, 1, 0, 1])
        #expect(spares.map(\.unit) == [1, 1, 2, 2, 3])
        #expect(spares.allSatisfy { $0.attachment == .standalone })
    }

    @Test(arguments: [
        (
            "{name: spare, spec: pm, bus: net, first-unit: 20}",
            "expected a map that no firmware serves (device: unclassified)"
                + DeviceClass.allCases.filter { $0.standing.places.contains(.rack) }.map { ", a \($0.title)" }.joined()
                + ", found \"pm\", a power monitor"
        ),
        (
            "{name: \"spare-{n}\", count: 3, spec: plain, bus: net, first-unit: 46}",
            "unit 48 of spare-3 is taken on the bus \"net\" by tray-1/bmc; every device of a bus needs its own unit"
        ),
        (
            "{name: tray-1, spec: plain, bus: net, first-unit: 1}",
            "the name \"tray-1\" is taken; give every part of the rack its own"
        ),
    ])
    func `mistakes in devices that stand alone are told like others`(devices: String, text: String) throws {
        let (loaded, problems) = try rack(standing: devices)
        #expect(loaded == nil)
        #expect(problems.map(\.text) == [text])
    }

    @Test func `what a rack leaves out is filled in`() throws {
        let project = try Project()
        defer { project.remove() }
        let (loaded, _) = RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
        let rack = try #require(loaded)
        #expect(rack.plant.inletTemperature == 25)
        #expect(rack.plant.shelves[0].supply.ratedPower == 3000)
        // 20 ms at rated power.
        #expect(rack.plant.shelves[0].supply.holdUpEnergy == 60)
        #expect(rack.plant.trays[0].fans?.count == 4)
        #expect(rack.plant.trays[0].accelerator.ratedPower == 500)
        #expect(rack.devices[0].path == "shelf-1/psu-1")
        #expect(rack.devices[0].attachment == .supply(shelf: 0, slot: 0))
    }

    @Test func `the catalogue names every signal once and knows which are truths`() throws {
        let project = try Project()
        defer { project.remove() }
        let (loaded, _) = RackFile.load(path: "\(project.root)/Racks/small.yaml", files: project.files)
        let catalogue = SignalCatalogue(for: try #require(loaded))
        let paths = catalogue.descriptions.map(\.path)
        #expect(Set(paths).count == paths.count)
        // 11 of the rack, 5 of the feed, 1 + 3 * 2 of the shelf, 2 * 11 of the trays, 2 * 2 of the buses, 7.
        #expect(paths.count == 56)
        let tripped = try #require(catalogue.index(of: "feed-a/breaker.tripped"))
        #expect(catalogue.entries[tripped].source == .breakerTripped(feed: 0))
        #expect(catalogue.entries[tripped].source.isTruth)
        #expect(catalogue.index(of: "shelf-1/psu-3.on") != nil)
        #expect(catalogue.index(of: "shelf-1/psu-4.on") == nil)
    }

    /// A new signal that nobody can find is no use.
    @Test func `the page of signals names all that the shipped racks and scenarios record`() throws {
        let page = try String(contentsOfFile: "\(Project.package)/docs/signals.md", encoding: .utf8)
        let racks = ShippedFilesTests.names("Racks").compactMap {
            RackFile.load(path: "\(Project.package)/Racks/\($0)", files: ShippedFilesTests.files).0
        }
        let scenarios = ShippedFilesTests.names("Scenarios").compactMap {
            ScenarioFile.load(path: "\(Project.package)/Scenarios/\($0)", files: ShippedFilesTests.files).0?.rack
        }
        let paths = (racks + scenarios).flatMap { SignalCatalogue(for: $0).descriptions.map(\.path) }
        let quantities = Set(paths.compactMap { $0.split(separator: ".").last })
        #expect(quantities.count > 60)
        for quantity in quantities.sorted() {
            #expect(page.contains(".\(quantity)`"), "docs/signals.md has no .\(quantity)")
        }
    }

    static let acceleratorMistakes: [Mistake] = [
        Mistake(
            "rated-power: {value: 500 W, mark: typical,", "rated-power: {value: 500 W,", "4:14",
            "expected the key \"mark\""),
        Mistake(
            "idle-power: {value: 50 W, mark: typical, source: made up}", "idle-power: {value: 50 W, mark: typical}",
            "3:13", "expected the key \"source\""),
        Mistake(
            "brake-power: {value: 80 W, mark: typical", "brake-power: {value: 80 W, mark: guessed", "7:34",
            "expected one of \"verified\""),
        Mistake("lag: {value: 50 ms,", "lag: {value: 50 W,", "6:14", "expected a time such as"),
        Mistake(
            "lag: {value: 50 ms, mark: typical, source: made up}", "lag: 50 ms", "6:6",
            "expected a mapping of value, mark and source"),
        Mistake("[50 %, 80 %]", "[0 %, 80 %]", "10:34", "expected rising first shares"),
        Mistake("minimum-limit: {value: 100 W", "minimum-limit: {value: 10 W", "1:1", "idle-power < minimum-limit"),
        Mistake("accelerator: x1", "accelerator: x2", "1:14", "expected the name of the file, \"x1\""),
    ]

    @Test(arguments: acceleratorMistakes)
    func `a mistake in an accelerator's file is told there`(mistake: Mistake) throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Project.accelerator.changing(mistake.old, to: mistake.new), to: "Accelerators/x1.yaml")
        let (scenario, problems) = ScenarioFile.read(Project.scenario, file: "s.yaml", files: project.files)
        #expect(scenario == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect(problem.file == "\(project.root)/Accelerators/x1.yaml")
        #expect("\(problem.line):\(problem.column)" == mistake.place, "\(problem)")
        #expect(problem.text.contains(mistake.text), "\(problem)")
    }
}
