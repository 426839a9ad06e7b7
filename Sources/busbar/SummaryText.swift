internal import Foundation
internal import RunRecords

/// What a run prints for people: one line of head, one per expectation and check, one of figures.
struct SummaryText {
    let text: String

    init(_ result: RunResult, report: String) {
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
        lines.append(
            result.figures.filter { Self.headlineFigures.contains($0.name) }.map(Self.figure).joined(separator: "   "))
        lines.append("report \(report)")
        self.text = lines.joined(separator: "\n")
    }

    /// The figures worth a place in the terminal; the report has all.
    private static let headlineFigures = ["work lost", "caps written", "late cycles", "peak power", "bus time-outs"]

    private static func head(_ result: RunResult) -> String {
        let speed = result.wallSeconds > 0 ? Int(result.reached / result.wallSeconds) : 0
        let reached = result.interrupted ? "interrupted at \(spoken(result.reached)) of" : ""
        return "\(result.scenario)   \(reached.isEmpty ? "" : reached + " ")\(spoken(result.duration)) in "
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
        let value =
            figure.value == figure.value.rounded() && figure.value.magnitude < 1e9
            ? String(Int(figure.value)) : String(format: "%.1f", figure.value)
        return "\(figure.name) \(value)\(figure.unit.isEmpty ? "" : " ")\(figure.unit)"
    }

    private static func spoken(_ seconds: Double) -> String {
        if seconds >= 120, seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(Int(seconds / 60)) min" }
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : String(format: "%.1f s", seconds)
    }
}
