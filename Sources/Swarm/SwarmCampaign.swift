public import Scenario
public import Simulation
internal import Units

/// The runs of one scenario under drawn trouble. Values in, verdicts out: whoever has threads may share it among them.
public struct SwarmCampaign: Sendable {
    /// Loads the scenario with some of its values set; `nil` when it is wrong with them.
    public typealias Loader = @Sendable ([(path: String, value: String)]) -> ScenarioDefinition?

    public let scenario: ScenarioDefinition
    public let settings: SwarmSettings
    public let version: String
    private let load: Loader

    public init(_ scenario: ScenarioDefinition, settings: SwarmSettings, version: String, load: @escaping Loader) {
        self.scenario = scenario
        self.settings = settings
        self.version = version
        self.load = load
    }

    /// Whether any trouble can be drawn for this rack.
    public var canDraw: Bool { ScheduleDraw(scenario, settings) != nil }

    public func schedule(seed: UInt64) -> TroubleSchedule {
        guard let draw = ScheduleDraw(scenario, settings) else {
            preconditionFailure("nothing can be drawn for this rack; ask canDraw first")
        }
        return draw.schedule(seed: seed)
    }

    /// The scenario with this trouble in place of its own events, without expectations, and with safety owed; `nil`
    /// when its values are wrong.
    public func definition(of schedule: TroubleSchedule) -> ScenarioDefinition? {
        guard var definition = schedule.values.isEmpty ? scenario : load(schedule.values) else { return nil }
        definition.duration = .milliseconds(schedule.duration)
        definition.events = schedule.troubles.map { $0.event(in: definition.rack) }
        definition.expectations = []
        definition.safety = settings.safety
        definition.seed = schedule.seed
        return definition
    }

    /// Runs it to its end, or to the breach of `rule` where one is named.
    public func run(_ schedule: TroubleSchedule, untilBreachOf rule: String? = nil) -> SwarmVerdict {
        guard let definition = definition(of: schedule) else {
            return SwarmVerdict(
                seed: schedule.seed, findings: [.init(rule: SwarmVerdict.unloadable, at: 0, text: "it has mistakes")],
                margins: SafetyMargins(), digest: "")
        }
        let simulation = RackSimulation(definition, seed: schedule.seed, version: version, recorder: nil)
        while simulation.advance(bySeconds: 1) {
            if let rule, simulation.safetyFindings.contains(where: { $0.rule.rawValue == rule }) { break }
        }
        return SwarmVerdict(simulation, seed: schedule.seed)
    }
}

/// What a run of a swarm came to.
public struct SwarmVerdict: Sendable {
    public struct Finding: Sendable {
        /// The name of the rule or of the check.
        public var rule: String
        /// Simulated seconds.
        public var at: Double
        public var text: String
    }

    public static let unloadable = "the scenario loads with the values drawn"

    public var seed: UInt64
    /// By rising instant; empty when all held.
    public var findings: [Finding]
    public var margins: SafetyMargins
    public var digest: String
}

extension SwarmVerdict {
    /// Runs a scenario as it is, to its end.
    public static func of(_ definition: ScenarioDefinition, seed: UInt64, version: String = "") -> SwarmVerdict {
        let simulation = RackSimulation(definition, seed: seed, version: version, recorder: nil)
        while simulation.advance(bySeconds: 1) {}
        return SwarmVerdict(simulation, seed: seed)
    }

    init(_ simulation: RackSimulation, seed: UInt64) {
        let found = simulation.safetyFindings.map { Finding(rule: $0.rule.rawValue, at: $0.at, text: $0.text) }
        let failed = simulation.failedChecks.map {
            Finding(rule: $0.name, at: simulation.reachedSeconds, text: $0.explanation)
        }
        self.init(
            seed: seed, findings: found + failed, margins: simulation.safetyMargins ?? SafetyMargins(),
            digest: simulation.digestText)
    }
}
