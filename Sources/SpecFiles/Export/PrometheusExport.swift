internal import DeviceSpecs
internal import RegisterMaps

/// The register map as a module of RichiH/modbus_exporter, which Prometheus scrapes.
///
/// The form is described in the exporter's modbus.yml and read in its modbus/modbus.go: the first digit of an address is the
/// function that reads it, a factor per metric and no offset, "yolo" is low word first, a bit of a word by its number. The unit
/// is named in each scrape, not here.
struct PrometheusExport {
    let specification: DeviceSpecification
    private(set) var notes: [String] = []

    init(specification: DeviceSpecification) { self.specification = specification }

    mutating func text() -> String {
        var metrics: [String] = []
        for point in specification.points { metrics += self.metrics(point) }
        notes.append("access rights, ranges and defaults are left out: the exporter only reads")
        let lines = [
            "# \(YAMLScalar.text(specification.model)) for modbus_exporter. Written by busbar from its spec; values in base units.",
            "modules:", "  - name: \(YAMLScalar.quoted(specification.model))", "    protocol: \"tcp/ip\"",
            "    metrics:",
        ]
        return (lines + metrics).joined(separator: "\n") + "\n"
    }

    private mutating func metrics(_ point: SpecifiedPoint) -> [String] {
        let definition = point.definition
        guard definition.access != .writeOnly else {
            notes.append("\"\(point.name)\" is left out: it can only be written")
            return []
        }
        switch definition.encoding {
        case .text:
            notes.append("\"\(point.name)\" is left out: a metric holds no text")
            return []
        case .bit: return metric(point, address: Int(definition.address), type: "bool", more: ["bitOffset: 0"])
        case .flags: return point.bits.flatMap { flag(point, $0) }
        case .unsigned, .signed, .float: return number(point)
        }
    }

    /// A metric per flag, told apart by a label.
    private func flag(_ point: SpecifiedPoint, _ flag: (bit: Int, name: String)) -> [String] {
        let definition = point.definition
        let word = definition.wordOrder == .lowWordFirst ? flag.bit / 16 : Int(definition.wordCount) - 1 - flag.bit / 16
        return metric(
            point, address: Int(definition.address) + word, type: "bool",
            more: ["bitOffset: \(flag.bit % 16)", "labels: {flag: \(YAMLScalar.quoted(flag.name))}"])
    }

    private mutating func number(_ point: SpecifiedPoint) -> [String] {
        let definition = point.definition
        guard [1, 2, 4].contains(definition.wordCount) else {
            notes.append("\"\(point.name)\" is left out: the exporter has no number of \(definition.wordCount) words")
            return []
        }
        let scale = BaseScale(point, in: specification)
        if !scale.isExact { notes.append("\"\(point.name)\" is written raw: its scale is beyond 64-bit fractions") }
        if scale.hasOffset {
            notes.append(
                "\"\(point.name)\" is written without its offset of \(BaseScale.float(scale.offset)) \(scale.suffix): "
                    + "the exporter has none; add it in the query")
        }
        var more: [String] = []
        if definition.wordCount > 1, definition.wordOrder == .lowWordFirst { more.append("endianness: yolo") }
        if !scale.isOne { more.append("factor: \(BaseScale.float(scale.step))") }
        let sign = definition.encoding == .unsigned ? "u" : ""
        let kind = definition.encoding == .float ? "float" : "int"
        return metric(
            point, address: Int(definition.address), type: "\(sign)\(kind)\(Int(definition.wordCount) * 16)",
            name: scale.name(of: point), more: more)
    }

    private func metric(
        _ point: SpecifiedPoint, address: Int, type: String, name: String? = nil, more: [String]
    ) -> [String] {
        let subject = BaseScale.underscored(specification.deviceClass?.specWord ?? specification.model)
        let help = point.says.isEmpty ? point.name : point.says
        let digits = String(address)
        let padded = String(repeating: "0", count: 5 - digits.count) + digits
        return [
            "      - name: \(subject)_\(name ?? BaseScale.underscored(point.name))",
            "        help: \(YAMLScalar.quoted(help))",
            "        address: \(Self.function(point.definition.table))\(padded)",
            "        dataType: \(type)", "        metricType: gauge",
        ] + more.map { "        \($0)" }
    }

    private static func function(_ table: RegisterTable) -> Int {
        switch table {
        case .coils: 1
        case .discreteInputs: 2
        case .holdingRegisters: 3
        case .inputRegisters: 4
        }
    }
}
