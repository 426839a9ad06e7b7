internal import Foundation
internal import RunRecords
internal import Scenario
internal import Swarm

/// What a swarm has done so far, in `swarm.json` of its folder: enough to go on from there, by the same program and for
/// the same scenario.
struct SwarmState: Codable {
    var scenario: String
    var version: String
    /// Over the program's own file: another build may behave otherwise.
    var program: String
    /// Over the scenario with all that it names.
    var scenarioDigest: String
    var firstSeed: UInt64
    /// The first seed that is not done.
    var nextSeed: UInt64
    /// Wall-clock seconds, and seconds of cores' time, spent so far.
    var seconds: Double
    var coreSeconds: Double
    var tally: SwarmTally
    /// Rules whose first failure has been shrunk, with the file.
    var shrunk: [Shrunk] = []

    struct Shrunk: Codable {
        var rule: String
        var file: String
    }

    init(_ scenario: ScenarioDefinition, firstSeed: UInt64) {
        self.scenario = scenario.name
        version = BusbarVersion.text
        program = Self.programDigest
        scenarioDigest = Self.digest(of: scenario)
        self.firstSeed = firstSeed
        nextSeed = firstSeed
        (seconds, coreSeconds) = (0, 0)
        tally = SwarmTally()
    }

    static func digest(of scenario: ScenarioDefinition) -> String {
        var digest = TraceDigest()
        digest.mix(String(reflecting: scenario))
        return digest.hexadecimal
    }

    private static var programDigest: String {
        var digest = TraceDigest()
        if let path = Bundle.main.executablePath, let data = try? Data(contentsOf: URL(fileURLWithPath: path)) {
            data.withUnsafeBytes { digest.mix($0) }
        }
        return digest.hexadecimal
    }

    /// Why a swarm cannot go on from `earlier`; `nil` when it can.
    func obstacle(in earlier: SwarmState) -> String? {
        if earlier.scenarioDigest != scenarioDigest {
            return "it is of another scenario, or of one that has changed since"
        }
        if earlier.version != version || earlier.program != program {
            return "it was made by another build of busbar (version \(earlier.version))"
        }
        if earlier.firstSeed != firstSeed { return "it begins at seed \(earlier.firstSeed), not at \(firstSeed)" }
        return nil
    }

    static func read(_ path: String) throws -> SwarmState? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try JSONDecoder().decode(SwarmState.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func write(_ path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
