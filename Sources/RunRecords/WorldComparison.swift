/// A run over real sockets and lines beside the same run in virtual time: whether the verdicts are equal, and by how much
/// the signals differ.
public struct WorldComparison: Codable, Sendable {
    /// How the real world was reached: `tcp` or `pty`.
    public var over: String
    /// Of the run in virtual time; the other has none that it could promise.
    public var digest: String
    public var verdicts: [VerdictPair]
    /// Differences are looked for from here on, simulated seconds: before, the controllers are still finding devices.
    public var from: Double
    public var differences: [SignalDifference]
    /// The curves of the run in virtual time.
    public var series: [SeriesRecord]

    public init(
        over: String, digest: String, verdicts: [VerdictPair], from: Double, differences: [SignalDifference],
        series: [SeriesRecord]
    ) {
        self.over = over
        self.digest = digest
        self.verdicts = verdicts
        self.from = from
        self.differences = differences
        self.series = series
    }

    public var unequal: [VerdictPair] { verdicts.filter { !$0.isEqual } }
}

/// What became of one expectation or check in either world.
public struct VerdictPair: Codable, Sendable {
    public typealias Verdict = ExpectationOutcome.Verdict

    /// `always`, `never`, …, or `check`.
    public var kind: String
    public var text: String
    public var virtual: Verdict
    public var real: Verdict

    public init(kind: String, text: String, virtual: Verdict, real: Verdict) {
        self.kind = kind
        self.text = text
        self.virtual = virtual
        self.real = real
    }

    public var isEqual: Bool { virtual == real }

    /// Both runs judge the same scenario by the same checks, in the same order. What an interrupted run came too early to
    /// decide is left out.
    public static func pairs(virtual: RunResult, real: RunResult) -> [VerdictPair] {
        let outcomes = zip(virtual.outcomes, real.outcomes).map { one, other in
            VerdictPair(kind: one.kind, text: one.text, virtual: one.verdict, real: other.verdict)
        }
        let checks = zip(virtual.checks, real.checks).map { one, other in
            VerdictPair(
                kind: "check", text: one.name, virtual: one.held ? .held : .failed, real: other.held ? .held : .failed)
        }
        return outcomes.filter { !real.interrupted || $0.real != .undecided } + checks
    }
}

/// By how much a signal was another in the real world, over all samples at like instants.
public struct SignalDifference: Codable, Sendable {
    public var path: String
    public var unit: String
    /// The difference of the greatest magnitude, real less virtual, and its instant in simulated seconds.
    public var greatest: Double
    public var at: Double
    /// Root of the mean square.
    public var rms: Double

    public init(path: String, unit: String, greatest: Double, at: Double, rms: Double) {
        self.path = path
        self.unit = unit
        self.greatest = greatest
        self.at = at
        self.rms = rms
    }

    /// `power` of `tray-3.power`.
    public var quantity: String { path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? "" }
}

extension WorldComparison {
    public struct Headline: Sendable {
        public var difference: SignalDifference
        /// Where it stands for others: "most of 8 trays"; or empty.
        public var note: String
    }

    /// What a person wants to know first: rack power, budget, busbar, the hottest chip, and the tray that differs most in
    /// power and in cap.
    public var headlines: [Headline] {
        let paths = ["rack.power", "rack.budget", "bus.voltage", "rack.hottest"]
        let rack = paths.compactMap { path in
            differences.first { $0.path == path }.map { Headline(difference: $0, note: "") }
        }
        // A tray is what has a cap; its other signals go by the same name.
        let trays = differences.filter { $0.quantity == "cap" }.map { String($0.path.dropLast(3)) }
        let worst = ["power", "cap"].compactMap { quantity -> Headline? in
            let those = differences.filter {
                $0.quantity == quantity && trays.contains(String($0.path.dropLast(quantity.count)))
            }
            guard let most = those.max(by: { $0.greatest.magnitude < $1.greatest.magnitude }) else { return nil }
            return Headline(difference: most, note: those.count > 1 ? "most of \(those.count) trays" : "")
        }
        return rack + worst
    }
}
