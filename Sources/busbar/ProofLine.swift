internal import RunRecords

/// What is kept of a run to judge a claim.
struct ProofLine: Sendable {
    private let outcomes: [ExpectationOutcome]
    private let brokenChecks: [CheckOutcome]
    let digest: String

    init(_ result: RunResult) {
        outcomes = result.outcomes
        brokenChecks = result.checks.filter { !$0.held }
        digest = result.digest
    }

    /// Whether the run is as the claim says, and that in words. The independent checks must hold wherever the run must:
    /// a variant that fails may do so because its law breaks them.
    func verdict(on claim: ProofClaim) -> (isMet: Bool, words: String) {
        let failed = outcomes.indices.filter { outcomes[$0].verdict != .held }
        guard !claim.failing.isEmpty else {
            if let first = failed.first {
                return (false, "should hold, but \(title(first)): \(outcomes[first].explanation)")
            }
            guard let check = brokenChecks.first else { return (true, "holds") }
            return (false, "should hold, but the check \(check.name): \(check.explanation)")
        }
        if let kept = claim.failing.first(where: { outcomes[$0].verdict != .failed }) {
            return (false, "should fail, but \(title(kept)): \(outcomes[kept].explanation)")
        }
        let others = failed.count - claim.failing.count
        let more = others > 0 ? " and \(others) more" : ""
        return (true, "fails, as stated: " + claim.failing.map(title).joined(separator: ", ") + more)
    }

    private func title(_ index: Int) -> String { "\(outcomes[index].kind) \(outcomes[index].text)" }
}
