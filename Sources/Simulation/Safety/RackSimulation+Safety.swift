internal import RunRecords

extension RackSimulation {
    /// The first breach of each safety rule so far, in the order of time; empty where safety is not owed.
    public var safetyFindings: [SafetyFinding] { safety?.findings ?? [] }

    /// How far the run is from each kind of breach; `nil` where safety is not owed.
    public var safetyMargins: SafetyMargins? { safety?.margins }

    /// Names and reasons of the checks of every run that have failed so far.
    public var failedChecks: [(name: String, explanation: String)] {
        checks.outcomes(of: self).filter { !$0.held }.map { ($0.name, $0.explanation) }
    }

    /// 16 hexadecimal digits over all that has happened so far.
    public var digestText: String { digest.hexadecimal }

    /// One outcome per rule, for the report of a run of which safety is owed.
    var safetyOutcomes: [CheckOutcome] {
        guard let safety else { return [] }
        return SafetyRule.allCases.map { rule in
            guard let finding = safety.findings.first(where: { $0.rule == rule }) else {
                return CheckOutcome(name: rule.rawValue, held: true, explanation: "held throughout")
            }
            let milliseconds = Int(finding.at * 1000 + 0.5)
            return CheckOutcome(
                name: rule.rawValue, held: false,
                explanation: "\(finding.text), at \(Double(milliseconds) / 1000) s")
        }
    }
}
