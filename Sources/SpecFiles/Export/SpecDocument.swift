public import DeviceSpecs
internal import RegisterMaps
internal import Units

/// A specification as people read it.
public enum SpecDocument {
    /// A Markdown page: what the device is, its register table, and the flags of each flag word.
    public static func markdown(_ specification: DeviceSpecification) -> String {
        var lines = ["# \(specification.model)", ""]
        if !specification.says.isEmpty { lines += [escaped(specification.says) + ".", ""] }
        lines += facts(specification).map { "- **\($0.title):** \(escaped($0.text))" }
        lines += ["", "## Registers", ""]
        lines.append("| address | words | name | type | scale | access | range | default | meaning |")
        lines.append("|---|---:|---|---|---|---|---|---|---|")
        for point in specification.points {
            let row = PointRow(point, of: specification)
            let cells = [
                "`\(RegisterAddress.text(row.address))` \(row.address)", "\(row.words)",
                row.name + (row.table == "holding" ? "" : " (\(row.table))"), row.type, row.scaleAndOffset, row.access,
                row.range, row.initial, row.says,
            ]
            lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
        }
        let flagged = specification.points.filter { !$0.bits.isEmpty }
        if !flagged.isEmpty { lines += ["", "## Flags"] }
        for point in flagged {
            lines += ["", "`\(point.name)` at \(RegisterAddress.text(Int(point.definition.address)))", ""]
            lines += ["| bit | mask | flag |", "|---:|---|---|"]
            lines += point.bits.map {
                "| \($0.bit) | `\(mask($0.bit, words: Int(point.definition.wordCount)))` | \($0.name) |"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// An aligned table for a terminal.
    public static func table(_ specification: DeviceSpecification) -> String {
        let head = facts(specification).map { "\($0.title): \($0.text)" }
        var rows = [["address", "name", "type", "scale", "access", "range", "default", "signal"]]
        for point in specification.points {
            let row = PointRow(point, of: specification)
            let type = row.type == "text" ? "text[\(row.words)]" : row.type
            rows.append([
                "\(RegisterAddress.text(row.address))\(row.table == "holding" ? "" : " \(row.table)")", row.name, type,
                row.scaleAndOffset, row.access, row.range, row.initial, row.signal,
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let table = rows.map { row in
            trimmed(zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  "))
        }
        let title = specification.says.isEmpty ? specification.model : "\(specification.model): \(specification.says)"
        return ([title] + head + [""] + table).joined(separator: "\n") + "\n"
    }

    private static func facts(_ specification: DeviceSpecification) -> [(title: String, text: String)] {
        let serial = specification.serial
        let turnaround = String(Double(serial.turnaround.rawValue) / 1e6)
        let milliseconds = turnaround.hasSuffix(".0") ? String(turnaround.dropLast(2)) : turnaround
        var facts = [
            ("device", specification.deviceClass?.specWord ?? "unclassified"),
            (
                "identity",
                "\(specification.identity.vendor) \(specification.identity.product), revision "
                    + specification.identity.revision
            ),
            ("serial", "\(serial.baud) baud, parity \(serial.parity.rawValue), answers after \(milliseconds) ms"),
            ("units", serial.units.map(UnitRanges.text).joined(separator: ", ")),
        ]
        if let probe = specification.probe {
            facts.append(("probe", "\(specification.points[probe.point].name) reads \"\(probe.expected)\""))
        }
        return facts.map { (title: $0.0, text: $0.1) }
    }

    private static func mask(_ bit: Int, words: Int) -> String {
        let digits = String(UInt64(1) << UInt64(bit), radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, words * 4 - digits.count)) + digits
    }

    /// Text that stays in its cell.
    private static func escaped(_ text: String) -> String {
        text.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        var view = line[...]
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
