import Foundation
import Testing

/// Racks/README.md is the page on which somebody who writes a rack looks for a key.
@Suite struct RackPageTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: HouseTree.root.appending(path: path), encoding: .utf8)
    }

    /// The keys for which the readers of a rack ask, but those of cooling, batteries and tethers, which have pages of their own.
    private static func keys() throws -> Set<String> {
        let folder = HouseTree.root.appending(path: "Sources/ScenarioFiles")
        let elsewhere = ["Backups", "Tethers", "UPS"].map { "RackReader+\($0).swift" }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            ($0.hasPrefix("RackReader") || $0 == "DeviceGroup.swift" || $0 == "RackLikeness.swift")
                && !elsewhere.contains($0)
        }
        let texts = try names.map { try text("Sources/ScenarioFiles/\($0)") }
        return Set(texts.flatMap { $0.matches(of: #/(required|optional)\("([a-z-]+)"\)/#).map { String($0.output.2) } })
    }

    @Test func `every key of a rack stands on the page of racks`() throws {
        let (page, keys) = (try Self.text("Racks/README.md"), try Self.keys())
        #expect(keys.count > 40)
        let missing = keys.filter { !page.contains("`\($0)`") && !page.contains("\($0):") }.sorted()
        #expect(missing.isEmpty, "Racks/README.md does not tell of \(missing)")
    }
}
