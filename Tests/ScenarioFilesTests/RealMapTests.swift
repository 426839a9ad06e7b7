import DeviceSpecs
import Foundation
import Scenario
import ScenarioFiles
import Testing

/// Maps of real Open Rack hardware are shown at work, not only shipped.
@Suite struct RealMapTests {
    /// The specs in the third column of the table of docs/open-rack.md.
    private static func specs() throws -> Set<String> {
        let page = try String(contentsOfFile: "\(Project.package)/docs/open-rack.md", encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| rackmon ") || $0.hasPrefix("| phosphor ") }
        return Set(
            rows.flatMap { row -> [String] in
                let columns = row.split(separator: "|")
                return columns[2].split(separator: "`").map(String.init).filter { $0.contains("-") }
            })
    }

    @Test func `every spec of a real map stands in a shipped rack or scenario`() throws {
        let files = ShippedFilesTests.files
        let racks = ShippedFilesTests.names("Racks").compactMap {
            RackFile.load(path: "\(Project.package)/Racks/\($0)", files: files).0
        }
        let scenarios = ShippedFilesTests.names("Scenarios").compactMap {
            ScenarioFile.load(path: "\(Project.package)/Scenarios/\($0)", files: files).0?.rack
        }
        let standing = (racks + scenarios).flatMap(\.devices).flatMap { [$0.specification] + $0.alternatives }
        let models = Set(standing.map(\.model))
        let specs = try Self.specs()
        #expect(specs.count >= 13, "\(specs.sorted())")
        for spec in specs.sorted() { #expect(models.contains(spec), "no shipped rack has \(spec)") }
    }

    /// Several makers, as a row has them: what tells the monitors who is there are the makers' texts.
    @Test func `the high-power rack has supplies, units and shelves of three makers`() throws {
        let (rack, problems) = RackFile.load(
            path: "\(Project.package)/Racks/open-rack-hpr.yaml", files: ShippedFilesTests.files)
        let devices = try #require(rack, "\(problems)").devices
        let makers = Set(
            devices.filter { $0.path.hasPrefix("shelf") || $0.path.hasPrefix("bbu") }.map(
                \.specification.identity.vendor))
        #expect(makers == ["Delta", "Artesyn", "Panasonic"])
    }
}
