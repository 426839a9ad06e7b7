internal import DeviceSpecs
internal import RegisterMaps

/// The register map as comma-separated values after RFC 4180: a head line, one line per point, quotes doubled.
enum PointsCSV {
    static func text(_ specification: DeviceSpecification) -> String {
        var lines = [
            [
                "address", "words", "table", "name", "type", "word_order", "scale", "offset", "unit", "access",
                "lowest",
                "highest", "default", "signal", "flags", "says",
            ]
        ]
        for point in specification.points {
            let row = PointRow(point, of: specification)
            lines.append([
                "\(row.address)", "\(row.words)", row.table, row.name, row.type,
                WordOrderWord(point.definition.wordOrder).rawValue, row.scale, row.offset, row.unit, row.access,
                row.lowest, row.highest, row.initial, row.signal,
                point.bits.map { "\($0.bit)=\($0.name)" }.joined(separator: " "), row.says,
            ])
        }
        return lines.map { $0.map(field).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
