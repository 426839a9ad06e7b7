/// One scenario under several laws, the same seed for all.
public struct LawComparison: Codable, Sendable {
    public struct Run: Codable, Sendable {
        public var law: String
        public var result: RunResult

        public init(law: String, result: RunResult) {
            self.law = law
            self.result = result
        }
    }

    public var scenario: String
    /// The scenario's first line: what it shows.
    public var says: String
    public var seed: UInt64
    /// In the order of the laws asked for.
    public var runs: [Run]

    public init(scenario: String, says: String, seed: UInt64, runs: [Run]) {
        self.scenario = scenario
        self.says = says
        self.seed = seed
        self.runs = runs
    }

    /// The figures that laws are compared by, as a run names them, with a short head for a table. The work lost of single
    /// priorities follows where a run has it.
    public static let columns: [Column] = [
        Column(figure: "work lost", head: "lost"), Column(figure: "breaker trips", head: "trips"),
        Column(figure: "trip heat left", head: "heat left"), Column(figure: "supply peak time left", head: "peak left"),
        Column(figure: "overdraft used", head: "overdraft"), Column(figure: "energy over budget", head: "over"),
        Column(figure: "worst overshoot", head: "worst"),
        Column(figure: "worst overshoot of the budget", head: "of budget"),
        Column(figure: "longest time over budget", head: "settles"),
        Column(figure: "grid ramp", head: "ramp"), Column(figure: "grid swing", head: "swing"),
        Column(figure: "overload to lower cap", head: "reacts"), Column(figure: "cap changes", head: "changes"),
        Column(figure: "fan energy", head: "fans"), Column(figure: "hottest accelerator", head: "hottest"),
    ]

    public struct Column: Hashable, Sendable {
        public var figure: String
        public var head: String

        public init(figure: String, head: String) {
            self.figure = figure
            self.head = head
        }
    }

    /// The common columns that any run has a figure for, then one per priority.
    public var columns: [Column] {
        let prefix = "work lost, "
        let priorities = runs.first?.result.figures.filter { $0.name.hasPrefix(prefix) } ?? []
        return Self.columns.filter { column in runs.contains { $0.figure(column) != nil } }
            + priorities.map { Column(figure: $0.name, head: "lost, " + $0.name.dropFirst(prefix.count)) }
    }
}

extension LawComparison.Run {
    public func figure(_ column: LawComparison.Column) -> Figure? {
        result.figures.first { $0.name == column.figure }
    }
}
