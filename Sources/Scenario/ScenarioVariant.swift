/// The scenario with some values changed, and the verdict that this must have: what the scenario relies on shows when it
/// is taken away.
public struct ScenarioVariant: Sendable {
    /// Its own among the scenario's variants: `no-control`.
    public var name: String
    /// What it shows, in a sentence; may be empty.
    public var says: String
    /// As `--set` takes them, in the order of the file.
    public var settings: [(path: String, value: String)]
    /// Indices of the expectations that fail; when there are none, the variant holds.
    public var failing: [Int]

    public init(name: String, says: String, settings: [(path: String, value: String)], failing: [Int]) {
        self.name = name
        self.says = says
        self.settings = settings
        self.failing = failing
    }
}

extension ScenarioDefinition {
    /// Takes a variant's words for its own. The scenario's own sentence comes behind them, for it tells of a run that this one
    /// is not: the report must not say that all went well above a verdict that it did not.
    public mutating func tell(of variant: String, _ words: String) {
        says = "Variant \(variant)\(words.isEmpty ? "." : ": \(words).") The scenario as it stands: \(says)"
    }
}
