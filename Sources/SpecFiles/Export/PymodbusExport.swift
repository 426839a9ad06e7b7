internal import DeviceSpecs
internal import RegisterMaps

/// The device as a configuration of pymodbus's simulator: the same registers with their defaults, without firmware.
///
/// The form is described in pymodbus's documentation, library/simulator/config, and read in datastore/simulator.py of version
/// 3.16: blocks of the four tables one after another, sixteen bits to a cell of the bit tables, texts padded with what stands
/// in them.
struct PymodbusExport {
    let specification: DeviceSpecification
    let target: ExportTarget
    private(set) var notes: [String] = []

    init(specification: DeviceSpecification, target: ExportTarget) {
        self.specification = specification
        self.target = target
    }

    mutating func text() -> String {
        var words: [String] = []
        var bits: [String] = []
        var texts: [String] = []
        var writable: [String] = []
        for table in RegisterTable.allCases {
            let first = offset(of: table)
            if Self.isBits(table) {
                for cell in cells(table) { bits.append("{\"addr\": \(first + cell.index), \"value\": \(cell.value)}") }
                writable += cells(table).filter(\.isWritable).map { "[\(first + $0.index), \(first + $0.index)]" }
                continue
            }
            for point in specification.points where point.definition.table == table {
                let address = first + Int(point.definition.address)
                let last = address + Int(point.definition.wordCount) - 1
                if point.definition.encoding == .text {
                    let room = Int(point.definition.wordCount) * 2
                    let text = point.text + String(repeating: "\0", count: max(0, room - point.text.utf8.count))
                    texts.append("{\"addr\": [\(address), \(last)], \"value\": \(JSONText.quoted(text))}")
                } else {
                    let definition = point.definition
                    for index in 0..<Int(definition.wordCount) {
                        let word = definition.word(index, ofRaw: definition.initialRaw)
                        words.append("{\"addr\": \(address + index), \"value\": \(word)}")
                    }
                }
                if point.definition.access != .readOnly { writable.append("[\(address), \(last)]") }
            }
        }
        noteLosses()
        return document(
            sections: [("write", writable), ("bits", bits), ("uint16", words), ("string", texts)])
    }

    private mutating func noteLosses() {
        for point in specification.points where point.definition.access == .writeOnly {
            notes.append("\"\(point.name)\" can be read as well: the simulator has nothing that is only written")
        }
        notes.append("registers hold their defaults: firmware, ranges of writes and the turnaround are left out")
    }

    private func document(sections: [(name: String, entries: [String])]) -> String {
        let identity = specification.identity
        let sizes = RegisterTable.allCases.map { "\"\(Self.sizeKey($0))\": \(size(of: $0))" }.joined(separator: ", ")
        let empty = "{\"bits\": 0, \"uint16\": 0, \"uint32\": 0, \"float32\": 0.0, \"float64\": 0.0, \"string\": \" \"}"
        let idle =
            "{\"bits\": null, \"uint16\": null, \"uint32\": null, \"float32\": null, \"float64\": null, \"string\": null}"
        let host = target.place.split(separator: ":").dropLast().joined(separator: ":")
        let port = target.place.split(separator: ":").last.map(String.init) ?? "502"
        var lines = [
            "{", "  \"server_list\": {\"server\": {", "    \"comm\": \"tcp\", \"framer\": \"socket\",",
            "    \"host\": \(JSONText.quoted(host)), \"port\": \(port), \"device_id\": \(target.unit),",
            "    \"identity\": {\"VendorName\": \(JSONText.quoted(identity.vendor)), "
                + "\"ProductCode\": \(JSONText.quoted(identity.product)), "
                + "\"MajorMinorRevision\": \(JSONText.quoted(identity.revision))}", "  }},",
            "  \"device_list\": {\"device\": {", "    \"setup\": {", "      \(sizes),",
            "      \"shared blocks\": false, \"type exception\": false,",
            "      \"defaults\": {\"value\": \(empty), \"action\": \(idle)}", "    },", "    \"invalid\": [],",
        ]
        for section in sections {
            lines.append("    \"\(section.name)\": [")
            lines.append(section.entries.map { "      \($0)" }.joined(separator: ",\n"))
            lines.append("    ],")
        }
        lines += ["    \"repeat\": []", "  }}", "}"]
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    // MARK: Cells

    /// Tables in the order in which the simulator lays them out.
    private static let layout: [RegisterTable] = [.coils, .discreteInputs, .inputRegisters, .holdingRegisters]

    private func offset(of table: RegisterTable) -> Int {
        Self.layout.prefix { $0 != table }.map(size).reduce(0, +)
    }

    private func size(of table: RegisterTable) -> Int {
        let ends = specification.points.filter { $0.definition.table == table }
            .map { Int($0.definition.address) + Int($0.definition.wordCount) }
        let end = ends.max() ?? 0
        return Self.isBits(table) ? (end + 15) / 16 : end
    }

    private static func isBits(_ table: RegisterTable) -> Bool { table == .coils || table == .discreteInputs }

    private static func sizeKey(_ table: RegisterTable) -> String {
        switch table {
        case .coils: "co size"
        case .discreteInputs: "di size"
        case .inputRegisters: "ir size"
        case .holdingRegisters: "hr size"
        }
    }

    private func cells(_ table: RegisterTable) -> [(index: Int, value: Int, isWritable: Bool)] {
        var cells: [(index: Int, value: Int, isWritable: Bool)] = []
        for point in specification.points where point.definition.table == table {
            let index = Int(point.definition.address) / 16
            let value = point.definition.initialRaw == 0 ? 0 : 1 << (Int(point.definition.address) % 16)
            let isWritable = point.definition.access != .readOnly
            if let last = cells.last, last.index == index {
                cells[cells.count - 1] = (index, last.value | value, last.isWritable || isWritable)
            } else {
                cells.append((index, value, isWritable))
            }
        }
        return cells
    }
}
