import Foundation
import Scenario
import ScenarioFiles
import Swarm
import Testing
import YAMLReading

/// What swarms have found, made small and kept. Each file broke a rule once and says which in its first line.
struct RegressionTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Regressions").path

    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
        $0.hasSuffix(".yaml")
    }.sorted()

    @Test(arguments: files) func `what broke a rule once breaks none`(_ file: String) throws {
        let (loaded, problems) = ScenarioFile.load(path: "\(Self.folder)/\(file)", files: SwarmRack.files)
        let definition = try #require(loaded, "\(problems.map(\.description).joined(separator: "\n"))")
        #expect(definition.safety != nil)
        let verdict = SwarmVerdict.of(definition, seed: definition.seed ?? 1)
        #expect(verdict.findings.isEmpty, "\(verdict.findings.map { "\($0.rule): \($0.text) at \($0.at) s" })")
    }

    @Test func `there is something to be kept from coming back`() {
        #expect(!Self.files.isEmpty)
    }
}
