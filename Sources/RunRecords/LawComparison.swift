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
        Column(figure: "work lost", head: "lost", topic: .rack),
        Column(figure: "breaker trips", head: "trips", topic: .rack),
        Column(figure: "trip heat left", head: "heat left", topic: .rack),
        Column(figure: "supply peak time left", head: "peak left", topic: .rack),
        Column(figure: "overdraft used", head: "overdraft", topic: .budget),
        Column(figure: "energy over budget", head: "over", topic: .budget),
        Column(figure: "worst overshoot", head: "worst", topic: .budget),
        Column(figure: "worst overshoot of the budget", head: "of budget", topic: .budget),
        Column(figure: "longest time over budget", head: "settles", topic: .budget),
        Column(figure: "grid ramp", head: "ramp", topic: .budget),
        Column(figure: "grid swing", head: "swing", topic: .budget),
        Column(figure: "overload to lower cap", head: "reacts", topic: .budget),
        Column(figure: "cap changes", head: "changes", topic: .budget),
        Column(figure: "fan energy", head: "fans", topic: .rack),
        Column(figure: "hottest accelerator", head: "hottest", topic: .rack),
    ]

    /// Where there is no room for all figures side by side, these stand apart.
    public enum Topic: CaseIterable, Sendable {
        /// What the law costs, and what it leaves of the limits of breakers, supplies and chips.
        case rack
        /// How power keeps to the budget, and what the grid sees of it.
        case budget
    }

    public struct Column: Hashable, Sendable {
        public var figure: String
        public var head: String
        public var topic: Topic

        public init(figure: String, head: String, topic: Topic) {
            self.figure = figure
            self.head = head
            self.topic = topic
        }
    }

    /// The common columns that any run has a figure for, then one per priority.
    public var columns: [Column] {
        let prefix = "work lost, "
        let priorities = runs.first?.result.figures.filter { $0.name.hasPrefix(prefix) } ?? []
        return Self.columns.filter { column in runs.contains { $0.figure(column) != nil } }
            + priorities.map { Column(figure: $0.name, head: "lost, " + $0.name.dropFirst(prefix.count), topic: .rack) }
    }
}

extension LawComparison.Run {
    public func figure(_ column: LawComparison.Column) -> Figure? {
        result.figures.first { $0.name == column.figure }
    }
}
