public import DeviceSpecs
internal import RegisterMaps
internal import Units

/// A specification as people read it.
public enum SpecDocument {
    /// A Markdown page: what the device is and does, its register table, the flags of each flag word, and what it could
    /// tell and does not.
    ///
    /// - Parameter classPage: the path of the page that says what the firmware of its class does; `nil` where there is none.
    public static func markdown(_ specification: DeviceSpecification, classPage: String? = nil) -> String {
        var lines = ["# \(specification.model)", ""]
        if !specification.says.isEmpty { lines += [escaped(specification.says) + ".", ""] }
        lines += facts(specification).map { fact in
            let isLinked = fact.title == "device" && classPage != nil
            return "- **\(fact.title):** "
                + (isLinked
                    ? "[\(fact.text)](\(classPage ?? "")), whose page says what the firmware does" : escaped(fact.text))
        }
        lines.append("- **map:** \(extent(specification))")
        if !specification.behaviour.isEmpty {
            lines += ["", "## Behaviour", ""] + specification.behaviour.map { "- " + escaped($0) }
        }
        if let likeness = specification.likeness {
            return (lines + alike(specification, likeness)).joined(separator: "\n") + "\n"
        }
        lines += ["", "## Registers", ""]
        lines.append("| address | words | name | type | scale | access | range | default | signal | meaning |")
        lines.append("|---|---:|---|---|---|---|---|---|---|---|")
        for point in specification.points {
            let row = PointRow(point, of: specification)
            let cells = [
                "`\(RegisterAddress.text(row.address))` \(row.address)", "\(row.words)",
                row.name + (row.table == "holding" ? "" : " (\(row.table))"), row.type, row.scaleAndOffset, row.access,
                row.range, row.initial, row.signal, row.says,
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
        lines += untold(specification)
        return lines.joined(separator: "\n") + "\n"
    }

    /// In place of a map that another page shows already.
    private static func alike(
        _ specification: DeviceSpecification, _ likeness: DeviceSpecification.Likeness
    ) -> [String] {
        var lines = [
            "", "## Registers", "",
            "Those of [\(likeness.model)](\(likeness.model).md), with these texts in place of its own.", "",
            "| address | name | text |", "|---|---|---|",
        ]
        for name in likeness.texts {
            guard let point = specification.point(named: name) else { continue }
            let address = Int(point.definition.address)
            lines.append("| `\(RegisterAddress.text(address))` \(address) | \(name) | \(escaped(point.text)) |")
        }
        return lines
    }

    /// `46 points, of which 12 can be written, from 0x0000 to 0x0053`.
    private static func extent(_ specification: DeviceSpecification) -> String {
        let points = specification.points
        let writable = points.count { $0.definition.access != .readOnly }
        let first = points.map { Int($0.definition.address) }.min() ?? 0
        let last = points.map { Int($0.definition.address) + Int($0.definition.wordCount) - 1 }.max() ?? 0
        return "\(points.count) points, of which \(writable) can be written, from \(RegisterAddress.text(first)) to "
            + RegisterAddress.text(last)
    }

    /// The signals of the class to which no point is bound.
    private static func untold(_ specification: DeviceSpecification) -> [String] {
        guard let deviceClass = specification.deviceClass else { return [] }
        let bound = specification.points.compactMap { deviceClass.description(of: $0.definition.signal)?.name }
        let missing = deviceClass.signals.map(\.name).filter { !bound.contains($0) }
        guard !missing.isEmpty else { return [] }
        return [
            "", "## Not in this map", "",
            "Signals of the class \(deviceClass.specWord) that no register here shows: "
                + missing.map { "`\($0)`" }.joined(separator: ", ") + ".",
        ]
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
        if let sensing = specification.sensing {
            facts.append(("sensing", "\(sensing.converter.rawValue), \(sensing.averages) conversions to a reading"))
        }
        if let busy = specification.busy {
            facts.append(
                (
                    "busy",
                    "answers exception 6 for \(SpecWriter.time(busy.length)) of every \(SpecWriter.time(busy.every))"
                ))
        }
        return facts.map { (title: $0.0, text: $0.1) }
    }

    private static func mask(_ bit: Int, words: Int) -> String {
        let digits = String(UInt64(1) << UInt64(bit), radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, words * 4 - digits.count)) + digits
    }

    /// Text that stays in its cell.
    static func escaped(_ text: String) -> String {
        text.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        var view = line[...]
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
