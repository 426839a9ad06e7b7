internal import RunRecords

/// Why a run that was above its budget for a while may stand under a green verdict: for how long, by how much, what
/// expected otherwise, and what carried it.
struct OverBudget {
    let result: RunResult
    let signals: Signals

    /// Control takes a moment to see a load and to lower a cap; less than this needs no word. Seconds, arbitrary.
    private static let leastTime = 1.0

    /// Nil where power kept to the budget.
    var text: String? {
        guard let time = figure("time over budget"), time >= Self.leastTime else { return nil }
        let worst = figure("worst overshoot").map { ", by \(NumberText.quantity($0, unit: "W")) at the worst" } ?? ""
        return
            (["Power was above the budget in force for \(Self.seconds(time)) in all\(worst).", judged]
            + [supplies, breakers].compactMap { $0 }).joined(separator: " ")
    }

    private func figure(_ name: String) -> Double? { result.figures.first { $0.name == name }?.value }

    /// What the scenario says of it.
    private var judged: String {
        let judging = result.outcomes.filter { $0.text.contains("rack.power") && $0.text.contains("rack.budget") }
        guard !judging.isEmpty else {
            return "No expectation forbids that: none sets rack.power against rack.budget."
        }
        let texts = judging.map { "“\($0.kind) \($0.text)”" }.joined(separator: ", ")
        return judging.allSatisfy { $0.verdict == .held } ? "Allowed by \(texts)." : "Judged by \(texts)."
    }

    /// A budget holds back what a failure would take; as long as none happens the supplies carry more.
    private var supplies: String? {
        guard let power = signals["rack.power"], let capacity = signals["rack.capacity"] else { return nil }
        let redundancy = result.settings.first { $0.name == "redundancy" }?.value ?? "N"
        let reserve = redundancy == "N" ? "" : " The budget holds back the reserve of \(redundancy)."
        let beyond = Self.time(of: power, above: capacity)
        let rated =
            beyond > 0
            ? "The supplies that worked were rated for it for all but about \(Self.seconds(beyond))"
            : "The supplies that worked were rated for it throughout"
        let left = figure("supply peak time left").map {
            ", and kept \(NumberText.quantity($0, unit: "%")) of the time for which they bear peaks"
        }
        return rated + (left ?? "") + "." + reserve
    }

    private var breakers: String? {
        guard let left = figure("trip heat left"), let trips = figure("breaker trips") else { return nil }
        guard trips == 0 else { return "Breakers tripped: \(NumberText.significant(trips))." }
        return "No breaker tripped: the hottest kept \(NumberText.quantity(left, unit: "%")) of its trip heat."
    }

    /// By the means of the buckets, so within the width of a few of them.
    private static func time(of power: Trace, above capacity: Trace) -> Double {
        let limit = capacity.placed(on: power.at)
        var time = 0.0
        for index in power.at.indices.dropLast() where power.mean[index] > limit.mean[index] {
            time += power.at[index + 1] - power.at[index]
        }
        return time
    }

    private static func seconds(_ time: Double) -> String { NumberText.span((time * 10).rounded() / 10) }
}
