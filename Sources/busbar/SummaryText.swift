internal import Foundation
internal import RunRecords

/// What a run prints for people: one line of head, one per expectation and check, one of figures.
struct SummaryText {
    let text: String

    /// `undecidedFails` where the run was to go its whole length, so that nothing ought to be left open.
    init(_ result: RunResult, report: String, undecidedFails: Bool = false) {
        var lines = [Self.head(result)]
        let rows = result.outcomes.map(Self.row) + result.checks.filter { !$0.held }.map(Self.row)
        let kindWidth = rows.map(\.kind.count).max() ?? 0
        let textWidth = rows.map(\.text.count).max() ?? 0
        for row in rows {
            let kind = row.kind.padding(toLength: kindWidth, withPad: " ", startingAt: 0)
            let text = row.text.padding(toLength: textWidth, withPad: " ", startingAt: 0)
            lines.append("  \(row.verdict)  \(kind)  \(text)   \(row.explanation)")
        }
        let held = result.checks.filter(\.held).count
        if !result.checks.isEmpty { lines.append("checks held \(held) of \(result.checks.count)") }
        let undecided = result.outcomes.count { $0.verdict == .undecided }
        if undecided > 0 {
            let meaning = undecidedFails ? "counts as not held" : "not reached, no failure"
            lines.append("undecided \(undecided) of \(result.outcomes.count): \(meaning)")
        }
        lines.append(
            result.figures.filter { Self.headlineFigures.contains($0.name) }.map(Self.figure).joined(separator: "   "))
        lines.append("report \(report)")
        self.text = lines.joined(separator: "\n")
    }

    /// The figures worth a place in the terminal; the report has all.
    private static let headlineFigures = ["work lost", "caps written", "late cycles", "peak power", "bus time-outs"]

    private static func head(_ result: RunResult) -> String {
        let ratio = result.wallSeconds > 0 ? result.reached / result.wallSeconds : 0
        // A served rack keeps to real time: 1.0, and not a truncated 0.
        let speed = ratio < 10 ? String(format: "%.1f", ratio) : String(Int(ratio))
        let reached = result.interrupted ? "INTERRUPTED at \(spoken(result.reached)) of " : ""
        return "\(result.scenario)   \(reached)\(spoken(result.duration)) in "
            + "\(String(format: "%.1f", result.wallSeconds)) s (\(speed) x real time)   seed \(result.seed)"
    }

    private typealias Row = (verdict: String, kind: String, text: String, explanation: String)

    private static func row(_ outcome: ExpectationOutcome) -> Row {
        let verdict =
            switch outcome.verdict {
            case .held: "held     "
            case .failed: "FAILED   "
            case .undecided: "undecided"
            }
        return (verdict, outcome.kind, outcome.text, outcome.explanation)
    }

    private static func row(_ check: CheckOutcome) -> Row {
        (check.held ? "held     " : "FAILED   ", "check", check.name, check.explanation)
    }

    private static func figure(_ figure: Figure) -> String {
        let text = String(format: "%.1f", figure.value)
        let value = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return "\(figure.name) \(value)\(figure.unit.isEmpty ? "" : " ")\(figure.unit)"
    }

    /// `90 s`, `4 min`, `1 h 30 min`: to the tenth of a second, for 240 s may come as 240.00000000000003.
    private static func spoken(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        let (whole, fraction) = (tenths / 10, tenths % 10)
        guard whole >= 120 else { return fraction == 0 ? "\(whole) s" : "\(whole).\(fraction) s" }
        var parts: [String] = []
        if whole >= 3600 { parts.append("\(whole / 3600) h") }
        if whole / 60 % 60 > 0 { parts.append("\(whole / 60 % 60) min") }
        if whole % 60 > 0 || fraction > 0 { parts.append("\(whole % 60)\(fraction > 0 ? ".\(fraction)" : "") s") }
        return parts.joined(separator: " ")
    }
}
