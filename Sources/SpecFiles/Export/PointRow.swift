internal import DeviceSpecs
internal import RegisterMaps

/// The words in which tables show one point.
struct PointRow {
    let address: Int
    let words: Int
    let name, type, table, scale, offset, unit, access, lowest, highest, initial, signal, says: String

    init(_ point: SpecifiedPoint, of specification: DeviceSpecification) {
        let definition = point.definition
        let specUnit = SpecUnit(of: point, in: specification)
        func value(_ raw: Int64) -> String {
            ValueText.text(raw, as: definition.encoding, scale: definition.scale, unit: specUnit, in: point.unit)
        }
        address = Int(definition.address)
        words = Int(definition.wordCount)
        name = point.name
        type = PointKind(of: definition)?.rawValue ?? "words"
        table = TableWord(definition.table).rawValue
        let isNumber = definition.encoding.isNumber
        let isPlain = definition.statedScale == .one && point.unit.isEmpty
        scale = isNumber && !isPlain ? ValueText.text(definition.statedScale, unit: specUnit, in: point.unit) : ""
        offset = definition.scale.offset == 0 ? "" : ValueText.offset(definition.scale, unit: specUnit, in: point.unit)
        unit = point.unit
        access = AccessWord(definition.access).rawValue
        let hasRange = isNumber && definition.access != .readOnly
        lowest = hasRange ? value(definition.lowestRaw) : ""
        highest = hasRange ? value(definition.highestRaw) : ""
        initial =
            switch definition.encoding {
            case .text: point.text
            case .bit: definition.initialRaw == 0 ? "" : "on"
            case .flags:
                point.bits.filter { definition.initialRaw >> Int64($0.bit) & 1 == 1 }.map(\.name).joined(
                    separator: ", ")
            case .unsigned, .signed, .float:
                definition.initialRaw == 0 && !hasRange ? "" : value(definition.initialRaw)
            }
        signal = specification.signalName(of: point) ?? ""
        says = point.says
    }

    /// "10 mV", "0.1 K - 273.15 degC".
    var scaleAndOffset: String {
        if offset.isEmpty { return scale }
        let step = scale.isEmpty ? "1" : scale
        return offset.hasPrefix("-") ? "\(step) - \(offset.dropFirst())" : "\(step) + \(offset)"
    }

    var range: String { lowest.isEmpty ? "" : "\(lowest) to \(highest)" }
}
