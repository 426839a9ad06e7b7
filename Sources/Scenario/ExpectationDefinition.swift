public import Units

/// What must hold, over named signals of the run.
public struct ExpectationDefinition: Sendable {
    public enum Kind: Sendable {
        /// From `from` to the end of the run.
        case always
        case never
        /// Becomes true no later than `limit` after `from`, and stays so for `lasting` (may be zero).
        case within(limit: Interval, lasting: Interval)
        /// True during the whole of [from, from + length].
        case during(length: Interval)
        /// The signal comes to stay within the band around the target no later than `limit` after `from`.
        case settles(limit: Interval, band: Double)

        /// As outcomes and reports name it.
        public var word: String {
            switch self {
            case .always: "always"
            case .never: "never"
            case .within: "within"
            case .during: "for"
            case .settles: "settles"
            }
        }
    }

    public var kind: Kind
    public var from: Instant
    public var predicate: SignalPredicate
    /// For `always` and `never`: not judged for so long after any scenario event; zero = always judged.
    public var exceptAfterEvents: Interval
    /// As the file writes it.
    public var text: String
    /// As a run prints it, and as a variant names it: `never feed-a/breaker.tripped`.
    public var title: String { "\(kind.word) \(text)" }

    public init(kind: Kind, from: Instant, predicate: SignalPredicate, exceptAfterEvents: Interval, text: String) {
        self.kind = kind
        self.from = from
        self.predicate = predicate
        self.exceptAfterEvents = exceptAfterEvents
        self.text = text
    }
}

/// A comparison of a signal with a number or another signal. A truth signal (0 or 1) stands alone as `signal >= 0.5`,
/// and with `not` before it as `signal < 0.5`.
public struct SignalPredicate: Sendable {
    public enum Comparison: String, CaseIterable, Sendable {
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
    }

    public enum Operand: Sendable {
        /// Path of a signal.
        case signal(String)
        /// In the signal's unit as telemetry has it: W, V, A, degC, rpm, %, J.
        case constant(Double)
    }

    public var left: String
    public var comparison: Comparison
    public var right: Operand
    /// Whether `left` is a truth signal such as `feed-a/breaker.tripped`.
    public var isTruth: Bool

    public init(left: String, comparison: Comparison, right: Operand, isTruth: Bool) {
        self.left = left
        self.comparison = comparison
        self.right = right
        self.isTruth = isTruth
    }
}
