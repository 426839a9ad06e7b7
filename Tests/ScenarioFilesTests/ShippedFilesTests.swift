import Foundation
import Plant
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@Suite struct ShippedFilesTests {
    static let files = ProjectFiles(root: Project.package)

    static func names(_ folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(Project.package)/\(folder)")) ?? []
        return all.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test(arguments: names("Scenarios"))
    func `a shipped scenario loads and its first line says what it shows`(name: String) throws {
        let (scenario, problems) = ScenarioFile.load(
            path: "\(Project.package)/Scenarios/\(name)", files: Self.files, judgesVariants: true,
            judgesRanges: true)
        #expect(problems == [], "\(problems.map(\.description).joined(separator: "\n"))")
        let loaded = try #require(scenario)
        #expect(loaded.says.count > 40)
        #expect(loaded.expectations.count >= 3)
        #expect(loaded.group != nil && !loaded.look.isEmpty)
        // What cannot fail shows nothing.
        #expect(loaded.variants.contains { !$0.failing.isEmpty && !$0.says.isEmpty })
    }

    @Test(arguments: names("Racks"))
    func `a shipped rack loads and says what it is`(name: String) throws {
        let (rack, problems) = RackFile.load(path: "\(Project.package)/Racks/\(name)", files: Self.files)
        #expect(problems == [], "\(problems.map(\.description).joined(separator: "\n"))")
        #expect(try #require(rack).says.count > 40)
    }

    @Test(arguments: names("Accelerators"))
    func `a shipped accelerator loads`(name: String) {
        let (model, problems) = AcceleratorFile.load(model: String(name.dropLast(5)), files: Self.files)
        #expect(problems == [])
        #expect(model != nil)
    }

    @Test(arguments: names("Supernodes"))
    func `a shipped supernode loads, and its cabinets hold its accelerators`(name: String) throws {
        let (supernode, problems) = SupernodeFile.load(
            path: "\(Project.package)/Supernodes/\(name)", files: Self.files)
        #expect(problems == [], "\(problems.map(\.description).joined(separator: "\n"))")
        let loaded = try #require(supernode)
        let each = loaded.rack.plant.trays.reduce(0) { $0 + $1.acceleratorCount }
        #expect(each * loaded.cabinetCount == loaded.acceleratorCount)
        #expect(loaded.facts.allSatisfy { !$0.source.isEmpty })
    }

    @Test(arguments: ScenarioGroup.allCases)
    func `every group of the library has scenarios`(group: ScenarioGroup) {
        let headings = Self.names("Scenarios").compactMap {
            ScenarioHeading(path: "\(Project.package)/Scenarios/\($0)")
        }
        #expect(headings.count >= 30)
        #expect(headings.contains { $0.group == group })
    }

    @Test(arguments: names("Accelerators"))
    func `the table of accelerators says what is known of each`(name: String) throws {
        let model = String(name.dropLast(5))
        let (type, _) = AcceleratorFile.load(model: model, files: Self.files)
        let readme = try String(contentsOfFile: "\(Project.package)/Accelerators/README.md", encoding: .utf8)
        let row = try #require(readme.split(separator: "\n").first { $0.hasPrefix("| `\(model)` |") })
        let isUnpublished = row.hasPrefix("| `\(model)` | - | not-published |")
        #expect(isUnpublished == (try #require(type).unpublished.contains("rated-power")))
    }

    @Test func `the rack of 72 has its devices on lines that carry them`() throws {
        let (loaded, _) = RackFile.load(path: "\(Project.package)/Racks/nvl72.yaml", files: Self.files)
        let rack = try #require(loaded)
        // 48 supplies, and a monitor and a BMC in each of 27 trays.
        #expect(rack.devices.count == 48 + 27 * 2 + 1)
        #expect(rack.plant.shelves.map(\.feed) == [0, 1, 0, 1, 0, 1, 0, 1])
        let perBus = rack.buses.indices.map { bus in rack.devices.count { $0.bus == bus } }
        #expect(perBus == [12, 12, 12, 12, 9, 9, 9, 28])
    }

    @Test func `first light asks for more than N+1 carries, and its floors fit when a supply is lost`() throws {
        let (loaded, _) = ScenarioFile.load(path: "\(Project.package)/Scenarios/first-light.yaml", files: Self.files)
        let scenario = try #require(loaded)
        let ceilings = scenario.controller.trays.reduce(0) { $0 + $1.ceiling.milliwatts }
        let floors = scenario.controller.trays.reduce(0) { $0 + $1.floor.milliwatts }
        #expect(ceilings > 27_500_000)
        #expect(floors < 22_000_000)
    }
}
