import Foundation
import Testing

/// How a device class is added is told by an example, file by file. The list must be the whole of it.
@Suite struct WorkedExampleTests {
    private static let name = "usbarMeter"

    /// The files of the table in CONTRIBUTING.md, and in how many numbered places they stand.
    private static func told() throws -> (files: Set<String>, places: Int) {
        let text = try String(contentsOf: HouseTree.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.contains(#/^\| (\d .*)?\| `Sources//#) }
        let files = rows.compactMap { $0.firstMatch(of: #/`(Sources/[^`]+\.swift)`/#).map { String($0.output.1) } }
        return (Set(files), rows.count { $0.contains(#/^\| \d /#) })
    }

    private static func standing() throws -> Set<String> {
        let folder = HouseTree.root.appending(path: "Sources")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let named = try names.filter {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8).contains(name)
        }
        return Set(named.map { "Sources/\($0)" })
    }

    @Test func `the worked example of a new class lists every file in which the class stands`() throws {
        let (told, standing) = try (Self.told().files, Self.standing())
        let (untold, gone) = (standing.subtracting(told).sorted(), told.subtracting(standing).sorted())
        #expect(untold.isEmpty, "CONTRIBUTING.md does not tell of \(untold)")
        #expect(gone.isEmpty, "CONTRIBUTING.md tells of \(gone), where the example does not stand")
    }

    @Test func `a new class touches four places at most`() throws {
        let places = try Self.told().places
        #expect((1...4).contains(places))
    }
}
