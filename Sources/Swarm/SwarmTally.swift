internal import RunRecords
internal import Simulation

/// What the runs of a swarm came to together. Verdicts are added in the order of their seeds, so that the tally is the
/// same whoever ran them.
public struct SwarmTally: Codable, Sendable {
    /// An extreme and the seed that has it; the lowest seed where several have.
    public struct Extreme: Codable, Sendable {
        public var value: Double
        public var seed: UInt64
    }

    public struct Failure: Codable, Sendable {
        public var rule: String
        public var count: Int
        /// The first ones.
        public var seeds: [UInt64]
        public var text: String
    }

    /// How many seeds of one failure are kept; arbitrary.
    static let keptSeeds = 20

    public private(set) var runs = 0
    public private(set) var failedRuns = 0
    public private(set) var failures: [Failure] = []
    public private(set) var tripHeat: Extreme?
    public private(set) var supplyStress: Extreme?
    public private(set) var overshoot: Extreme?
    public private(set) var overdraft: Extreme?
    public private(set) var room: Extreme?
    public private(set) var settle: Extreme?
    /// Over the digests of all runs, in the order of their seeds.
    public private(set) var digest: UInt64 = 0

    public init() {}

    public mutating func add(_ verdict: SwarmVerdict) {
        runs += 1
        var mixed = TraceDigest()
        mixed.mix(digest)
        mixed.mix(verdict.digest)
        digest = mixed.value
        if !verdict.findings.isEmpty { failedRuns += 1 }
        for finding in verdict.findings { add(finding, seed: verdict.seed) }
        let margins = verdict.margins
        Self.raise(&tripHeat, margins.tripHeat, verdict.seed)
        Self.raise(&supplyStress, margins.supplyStress, verdict.seed)
        Self.raise(&overshoot, margins.overshoot, verdict.seed)
        if let share = margins.overdraft { Self.raise(&overdraft, share, verdict.seed) }
        if margins.room.isFinite, margins.room < room?.value ?? .infinity {
            room = Extreme(value: margins.room, seed: verdict.seed)
        }
        if let seconds = margins.settle { Self.raise(&settle, seconds, verdict.seed) }
    }

    public var digestText: String {
        let text = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private mutating func add(_ finding: SwarmVerdict.Finding, seed: UInt64) {
        guard let index = failures.firstIndex(where: { $0.rule == finding.rule }) else {
            failures.append(Failure(rule: finding.rule, count: 1, seeds: [seed], text: finding.text))
            return
        }
        failures[index].count += 1
        if failures[index].seeds.count < Self.keptSeeds { failures[index].seeds.append(seed) }
    }

    private static func raise(_ extreme: inout Extreme?, _ value: Double, _ seed: UInt64) {
        if value > extreme?.value ?? -.infinity { extreme = Extreme(value: value, seed: seed) }
    }
}
