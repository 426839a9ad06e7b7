internal import Foundation
internal import RunRecords

/// What a comparison prints for people: per scenario a table with a row per law.
struct ComparisonText {
    let text: String

    init(_ comparisons: [LawComparison]) {
        text = comparisons.map(Self.table).joined(separator: "\n")
    }

    private static func table(_ comparison: LawComparison) -> String {
        let columns = comparison.columns
        var rows = [["law", "held"] + columns.map(\.head)]
        for run in comparison.runs {
            let verdict = run.result.held ? "yes" : "NO"
            rows.append([run.law, verdict] + columns.map { run.figure($0).map(Self.value) ?? "-" })
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = row.enumerated().map { index, cell in
                let gap = String(repeating: " ", count: widths[index] - cell.count)
                return index < 2 ? cell + gap : gap + cell
            }
            return "  " + cells.joined(separator: "  ")
        }
        return ([comparison.scenario] + lines).joined(separator: "\n") + "\n"
    }

    private static func value(_ figure: Figure) -> String {
        let decimals =
            switch figure.unit {
            case "%", "degC": 1
            case "s": 2
            case "kJ": figure.value < 100 ? 1 : 0
            default: 0
            }
        return String(format: "%.\(decimals)f", figure.value) + (figure.unit.isEmpty ? "" : " \(figure.unit)")
    }
}
