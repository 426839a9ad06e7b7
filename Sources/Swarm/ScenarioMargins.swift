internal import RunRecords
public import Scenario
internal import Simulation
internal import Units

/// How far one run of a scenario was from breaking anything: its expectations, the checks of every run, and the trip of
/// a breaker.
public struct ScenarioMargins: Sendable {
    public struct Margin: Sendable {
        /// The expectation as the file writes it, or the check's name.
        public var text: String
        /// In `unit`; negative when it failed.
        public var margin: Double
        public var unit: String
        /// The margin as a share of what it is measured against, so that watts and seconds can be compared.
        public var relative: Double
        public var explanation: String
    }

    /// In the order of the scenario, then of the checks.
    public var margins: [Margin]

    /// The one closest to failing; the first of several.
    public var least: Margin? { margins.min { $0.relative < $1.relative } }

    /// Runs the scenario to its end.
    public init(_ scenario: ScenarioDefinition, seed: UInt64, version: String) {
        let simulation = RackSimulation(scenario, seed: seed, version: version, recorder: nil)
        while simulation.advance(bySeconds: 10) {}
        self.init(simulation.result(wallSeconds: 0), budget: Double(scenario.controller.budget.milliwatts) / 1000)
    }

    init(_ result: RunResult, budget: Double) {
        margins = result.outcomes.filter { $0.verdict != .undecided }.map { outcome in
            var relative = outcome.margin / Self.reference(outcome.marginUnit, budget)
            // A strict comparison fails at a margin of exactly zero.
            if outcome.verdict == .failed { relative = min(relative, -Self.least) }
            return Margin(
                text: "\(outcome.kind) \(outcome.text)", margin: outcome.margin, unit: outcome.marginUnit,
                relative: relative, explanation: outcome.explanation)
        }
        margins += result.checks.map { check in
            Margin(
                text: check.name, margin: check.held ? 1 : -1, unit: "", relative: check.held ? 1 : -1,
                explanation: check.explanation)
        }
        if let heat = result.figures.first(where: { $0.name == "greatest trip heat" }) {
            margins.append(
                Margin(
                    text: "trip heat left", margin: 100 - heat.value, unit: "%", relative: (100 - heat.value) / 100,
                    explanation: "of the breaker that came closest"))
        }
    }

    private static let least = 1e-9

    /// What a margin of 1 is: the budget, a hundred per cent or kelvin, the bus voltage of Open Rack V3, and ten seconds,
    /// a hundred amperes, ten thousand revolutions a minute, which are arbitrary.
    private static func reference(_ unit: String, _ budget: Double) -> Double {
        switch unit {
        case "W": max(budget, 1)
        case "%", "K", "A": 100
        case "V": 50
        case "s": 10
        case "rpm": 10_000
        default: 1
        }
    }
}
