internal import RunRecords

/// One sentence on the whole run, and one on each thing that did not hold.
struct Verdict: Sendable {
    enum Kind: String, Sendable { case held, failed, interrupted }

    var kind: Kind
    var headline: String
    var failures: [String] = []
    var undecided: [String] = []

    var sign: String {
        switch kind {
        case .held: "✓"
        case .failed: "✗"
        case .interrupted: "‖"
        }
    }

    init(_ result: RunResult) {
        let failed = result.outcomes.filter { $0.verdict == .failed }
        let open = result.outcomes.filter { $0.verdict == .undecided }
        let broken = result.checks.filter { !$0.held }
        failures =
            failed.map { "\($0.kind) \($0.text): \($0.explanation)" }
            + broken.map { "check \($0.name): \($0.explanation)" }
        undecided = open.map { "\($0.kind) \($0.text): not decided, \($0.explanation)" }

        var parts: [String] = []
        if !failed.isEmpty {
            parts.append("\(failed.count) of \(Self.count(result.outcomes.count, "expectation")) failed")
        }
        if !broken.isEmpty { parts.append("\(broken.count) of \(Self.count(result.checks.count, "check")) failed") }
        if !open.isEmpty { parts.append("\(Self.count(open.count, "expectation")) not decided") }
        if parts.isEmpty { parts = [Self.allHeld(result)] }

        if result.interrupted {
            kind = failures.isEmpty ? .interrupted : .failed
            headline =
                "Interrupted at \(NumberText.span(result.reached)) of \(NumberText.span(result.duration)), this report is partial: "
                + parts.joined(separator: ", ")
        } else {
            kind = result.held ? .held : .failed
            headline = parts.joined(separator: ", ")
            headline = headline.prefix(1).uppercased() + headline.dropFirst()
        }
    }

    private static func allHeld(_ result: RunResult) -> String {
        switch (result.outcomes.count, result.checks.count) {
        case (0, 0): "nothing was expected"
        case (let outcomes, 0): "all \(count(outcomes, "expectation")) held"
        case (0, let checks): "all \(count(checks, "check")) held"
        case (let outcomes, let checks): "all \(count(outcomes, "expectation")) and \(count(checks, "check")) held"
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
