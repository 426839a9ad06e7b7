/// Everything that a finished or interrupted run has to say: reports and stores are made from this alone.
public struct RunResult: Codable, Sendable {
    public var scenario: String
    /// The scenario's first line: what it shows.
    public var says: String
    /// What to look at in the run, a sentence each.
    public var look: [String]
    public var version: String
    public var seed: UInt64
    /// Simulated seconds that were asked for and that were reached.
    public var duration: Double
    public var reached: Double
    public var wallSeconds: Double
    /// True when Ctrl-C or a limit ended the run before its duration.
    public var interrupted: Bool
    public var outcomes: [ExpectationOutcome]
    public var checks: [CheckOutcome]
    public var events: [EventMark]
    public var buses: [BusStatistics]
    /// Named figures of the run: `work-lost` (ratio), `caps-written`, `late-cycles`, `energy` …
    public var figures: [Figure]
    public var series: [SeriesRecord]
    /// In pre-order; empty where the run was none of a rack.
    public var tree: [BudgetNode]
    /// Scenario settings in force, as text, in order: parameters, law, period, budget.
    public var settings: [Setting]
    /// 16 hexadecimal digits.
    public var digest: String
    /// The command line that repeats this run; empty where it is not known.
    public var command: String
    /// Where a controller ran against the clock.
    public var realTime: RealTimeRecord?
    /// Where the run has a counterpart in virtual time.
    public var comparison: WorldComparison?

    public init(
        scenario: String, says: String, version: String, seed: UInt64, duration: Double, reached: Double,
        wallSeconds: Double, interrupted: Bool, outcomes: [ExpectationOutcome], checks: [CheckOutcome],
        events: [EventMark], buses: [BusStatistics], figures: [Figure], series: [SeriesRecord], settings: [Setting],
        digest: String, command: String = "", realTime: RealTimeRecord? = nil,
        comparison: WorldComparison? = nil, tree: [BudgetNode] = [], look: [String] = []
    ) {
        self.scenario = scenario
        self.says = says
        self.version = version
        self.seed = seed
        self.duration = duration
        self.reached = reached
        self.wallSeconds = wallSeconds
        self.interrupted = interrupted
        self.outcomes = outcomes
        self.checks = checks
        self.events = events
        self.buses = buses
        self.figures = figures
        self.series = series
        self.settings = settings
        self.digest = digest
        self.command = command
        self.realTime = realTime
        self.comparison = comparison
        self.tree = tree
        self.look = look
    }

    /// True when every expectation and every independent check held.
    public var held: Bool { outcomes.allSatisfy { $0.verdict == .held } && checks.allSatisfy { $0.held } }
}

extension RunResult {
    /// True when an expectation or an independent check failed; what was not decided did not fail.
    public var hasFailure: Bool {
        outcomes.contains { $0.verdict == .failed } || checks.contains { !$0.held }
    }
}

/// A named figure with its unit, ready to print: `work-lost`, 3.1, `%`.
public struct Figure: Codable, Sendable {
    public var name: String
    public var value: Double
    public var unit: String

    public init(name: String, value: Double, unit: String) {
        self.name = name
        self.value = value
        self.unit = unit
    }
}

public struct Setting: Codable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
