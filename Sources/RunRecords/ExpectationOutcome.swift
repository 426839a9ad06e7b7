/// What became of one expectation of the scenario.
public struct ExpectationOutcome: Codable, Sendable {
    public enum Verdict: String, Codable, Sendable {
        case held
        case failed
        /// The run ended before the expectation could be judged; counts as not held.
        case undecided
    }

    /// `always`, `never`, `within`, `for`, `settles`.
    public var kind: String
    /// The expectation as the scenario writes it: `rack.power <= rack.budget`.
    public var text: String
    public var verdict: Verdict
    /// How far from failing, in `marginUnit`: positive when held, negative when failed.
    public var margin: Double
    /// `W`, `s`, `%` …
    public var marginUnit: String
    /// When the margin was least, in simulated seconds.
    public var marginAt: Double
    /// One sentence for people: "margin 310 W, least at 120.134 s".
    public var explanation: String

    public init(
        kind: String, text: String, verdict: Verdict, margin: Double, marginUnit: String, marginAt: Double,
        explanation: String
    ) {
        self.kind = kind
        self.text = text
        self.verdict = verdict
        self.margin = margin
        self.marginUnit = marginUnit
        self.marginAt = marginAt
        self.explanation = explanation
    }
}

/// The verdict of a checker that judges every run whatever the scenario expects.
public struct CheckOutcome: Codable, Sendable {
    public var name: String
    public var held: Bool
    public var explanation: String

    public init(name: String, held: Bool, explanation: String) {
        self.name = name
        self.held = held
        self.explanation = explanation
    }
}
