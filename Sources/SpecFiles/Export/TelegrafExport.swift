internal import DeviceSpecs
internal import RegisterMaps

/// The register map as requests of Telegraf's input plug-in `modbus`, configuration style "request".
///
/// The form is described in influxdata/telegraf, plugins/inputs/modbus/README.md and sample_request.conf: a factor per field and
/// no offset, a byte order per request, no names of bits.
struct TelegrafExport {
    let specification: DeviceSpecification
    let target: ExportTarget
    private(set) var notes: [String] = []

    init(specification: DeviceSpecification, target: ExportTarget) {
        self.specification = specification
        self.target = target
    }

    mutating func text() -> String {
        var lines = [
            "# \(oneLine(specification.model)) for Telegraf. Written by busbar from its spec; values in base units.",
            "[[inputs.modbus]]",
            "  name = \(TOMLText.quoted(specification.model))",
            "  controller = \(TOMLText.quoted("tcp://\(target.place)"))",
            "  slave_id = \(target.unit)",
            "  configuration_type = \"request\"",
        ]
        for table in RegisterTable.allCases {
            for order in WordOrder.allCases { lines += request(table, order) }
        }
        notes.append("access rights, ranges and defaults are left out: Telegraf only reads")
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func request(_ table: RegisterTable, _ order: WordOrder) -> [String] {
        let points = specification.points.filter {
            $0.definition.table == table && Self.order($0.definition) == order
        }
        let fields = points.compactMap { field($0) }
        guard !fields.isEmpty else { return [] }
        var lines = [
            "", "  [[inputs.modbus.request]]", "    slave_id = \(target.unit)",
            "    register = \(TOMLText.quoted(TableWord(table).rawValue))",
        ]
        if table == .holdingRegisters || table == .inputRegisters {
            lines.append("    byte_order = \"\(order == .lowWordFirst ? "CDAB" : "ABCD")\"")
        }
        let measurement = BaseScale.underscored(specification.deviceClass?.specWord ?? specification.model)
        lines.append("    measurement = \(TOMLText.quoted(measurement))")
        lines.append("    fields = [")
        lines += fields.map { "      { \($0) }," }
        lines += ["    ]", "    [inputs.modbus.request.tags]", "      model = \(TOMLText.quoted(specification.model))"]
        return lines
    }

    /// One word has no order.
    private static func order(_ definition: PointDefinition) -> WordOrder {
        definition.wordCount > 1 && definition.encoding != .text ? definition.wordOrder : .highWordFirst
    }

    private mutating func field(_ point: SpecifiedPoint) -> String? {
        let definition = point.definition
        if definition.access == .writeOnly {
            notes.append("\"\(point.name)\" is left out: it can only be written")
            return nil
        }
        var keys = ["address = \(definition.address)"]
        let scale = BaseScale(point, in: specification)
        let isNumber = definition.encoding.isNumber
        keys.append("name = \(TOMLText.quoted(isNumber ? scale.name(of: point) : BaseScale.underscored(point.name)))")
        switch definition.encoding {
        case .bit: break
        case .text: keys += ["type = \"STRING\"", "length = \(definition.wordCount)"]
        case .float: keys.append("type = \"FLOAT32\"")
        case .flags, .unsigned, .signed:
            guard [1, 2, 4].contains(definition.wordCount) else {
                notes.append("\"\(point.name)\" is left out: Telegraf has no number of \(definition.wordCount) words")
                return nil
            }
            let sign = definition.encoding == .signed ? "" : "U"
            keys.append("type = \"\(sign)INT\(Int(definition.wordCount) * 16)\"")
        }
        if definition.encoding == .flags {
            notes.append("\"\(point.name)\" is written as a number: the names of its bits are left out")
        }
        if isNumber { keys += scaling(point, scale) }
        return keys.joined(separator: ", ")
    }

    private mutating func scaling(_ point: SpecifiedPoint, _ scale: BaseScale) -> [String] {
        if !scale.isExact { notes.append("\"\(point.name)\" is written raw: its scale is beyond 64-bit fractions") }
        if scale.hasOffset {
            notes.append(
                "\"\(point.name)\" is written without its offset of \(BaseScale.float(scale.offset)) \(scale.suffix): "
                    + "Telegraf has none; add it behind")
        }
        return scale.isOne ? [] : ["scale = \(BaseScale.float(scale.step))"]
    }

    private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
}

/// TOML basic strings take the escapes of JSON.
enum TOMLText {
    static func quoted(_ text: String) -> String { JSONText.quoted(text).replacing("\u{7F}", with: "\\u007f") }
}
