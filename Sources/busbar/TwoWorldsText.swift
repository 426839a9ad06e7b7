internal import Foundation
internal import RunRecords

/// What a run in two worlds prints beside its summary: whether the verdicts are equal, and a line for each signal that
/// people ask about.
struct TwoWorldsText {
    let text: String

    init(_ comparison: WorldComparison) {
        let (all, unequal) = (comparison.verdicts.count, comparison.unequal.count)
        let verdicts = unequal == 0 ? "all \(all) verdicts equal" : "\(unequal) of \(all) verdicts differ"
        var lines = [
            "in virtual time and over \(comparison.over): \(verdicts); differences, real less virtual, from "
                + "\(Self.number(comparison.from)) s on"
        ]
        let rows = comparison.headlines.map { row in
            let difference = row.difference
            return (
                path: difference.path,
                greatest: "greatest \(Self.quantity(difference.greatest, difference.unit, isSigned: true)) at "
                    + String(format: "%.1f s", difference.at),
                rms: "rms \(Self.quantity(difference.rms, difference.unit))", note: row.note
            )
        }
        let pathWidth = rows.map(\.path.count).max() ?? 0
        let greatestWidth = rows.map(\.greatest.count).max() ?? 0
        let rmsWidth = rows.map(\.rms.count).max() ?? 0
        lines += rows.map { row in
            let columns = [Self.padded(row.path, pathWidth), Self.padded(row.greatest, greatestWidth)]
            let end = row.note.isEmpty ? row.rms : "\(Self.padded(row.rms, rmsWidth))   \(row.note)"
            return "  " + (columns + [end]).joined(separator: "   ")
        }
        text = lines.joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text.padding(toLength: width, withPad: " ", startingAt: 0)
    }

    private static func quantity(_ value: Double, _ unit: String, isSigned: Bool = false) -> String {
        let isLarge = unit == "W" && value.magnitude >= 1000
        let shown = isLarge ? value / 1000 : value
        let decimals = shown.magnitude < 1 ? 3 : shown.magnitude < 100 ? 2 : 0
        let text = String(format: isSigned ? "%+.*f" : "%.*f", decimals, shown)
        return "\(text) \(isLarge ? "kW" : unit)"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(format: "%.1f", value)
    }
}
