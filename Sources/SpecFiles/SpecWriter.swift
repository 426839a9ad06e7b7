public import DeviceSpecs
internal import RegisterMaps
internal import Units

extension SpecFile {
    /// A specification in the form that `load` reads, with notes as comments at its head.
    public static func text(of specification: DeviceSpecification, notes: [String] = []) -> String {
        SpecWriter(specification: specification).text(notes: notes)
    }
}

/// Writes a specification as YAML, one point per line where it fits.
struct SpecWriter {
    let specification: DeviceSpecification
    private static let lineLength = 118

    func text(notes: [String]) -> String {
        var lines = notes.map { "# " + $0 }
        let identity = specification.identity
        let serial = specification.serial
        lines.append("device: \(specification.deviceClass?.specWord ?? SpecReader.unclassified)")
        lines.append("model: \(YAMLScalar.text(specification.model))")
        if !specification.says.isEmpty { lines.append("says: \(YAMLScalar.text(specification.says))") }
        if !specification.behaviour.isEmpty {
            lines.append("behaviour:")
            lines += specification.behaviour.map { "  - \(YAMLScalar.quoted($0))" }
        }
        lines.append("identity:")
        lines.append("  vendor: \(YAMLScalar.quoted(identity.vendor))")
        lines.append("  product: \(YAMLScalar.quoted(identity.product))")
        lines.append("  revision: \(YAMLScalar.quoted(identity.revision))")
        lines.append("serial:")
        lines.append("  baud: \(serial.baud)")
        lines.append("  parity: \(serial.parity.rawValue)")
        lines.append("  turnaround: \(SpecWriter.time(serial.turnaround))")
        lines.append("  units: [\(serial.units.map(UnitRanges.text).joined(separator: ", "))]")
        if let probe = specification.probe {
            lines.append("probe:")
            lines.append("  point: \(YAMLScalar.text(specification.points[probe.point].name))")
            lines.append("  expects: \(YAMLScalar.quoted(probe.expected))")
        }
        if let sensing = specification.sensing {
            lines.append("sensing: {converter: \(sensing.converter.rawValue), averages: \(sensing.averages)}")
        }
        if let busy = specification.busy {
            lines.append("busy: {every: \(SpecWriter.time(busy.every)), for: \(SpecWriter.time(busy.length))}")
        }
        lines.append("")
        lines.append("points:")
        return (lines + specification.points.map(entry)).joined(separator: "\n") + "\n"
    }

    static func time(_ interval: Interval) -> String {
        for (unit, size) in [("s", Int64(1_000_000_000)), ("ms", 1_000_000), ("us", 1000)]
        where interval.rawValue % size == 0 { return "\(interval.rawValue / size) \(unit)" }
        return "\(interval.rawValue) ns"
    }

    private func entry(_ point: SpecifiedPoint) -> String {
        let keys = keys(of: point)
        let flow = "  - {" + keys.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        if point.bits.isEmpty, flow.count <= Self.lineLength { return flow }
        let first = "  - " + keys.map { "\($0.key): \($0.value)" }.joined(separator: "\n    ")
        guard !point.bits.isEmpty else { return first }
        return first + "\n    bits:" + point.bits.map { "\n      \($0.bit): \(YAMLScalar.text($0.name))" }.joined()
    }

    private func keys(of point: SpecifiedPoint) -> [(key: String, value: String)] {
        let definition = point.definition
        let kind = PointKind(of: definition)
        let unit = SpecUnit(of: point, in: specification)
        var keys = [
            (key: "name", value: YAMLScalar.text(point.name)),
            (key: "at", value: RegisterAddress.text(Int(definition.address))),
            (key: "type", value: kind?.rawValue ?? "u16"),
        ]
        if kind == .text || kind == .flags && definition.wordCount > 1 {
            keys.append(("words", "\(definition.wordCount)"))
        }
        if definition.wordOrder != .highWordFirst {
            keys.append(("word-order", WordOrderWord(definition.wordOrder).rawValue))
        }
        if definition.table != .holdingRegisters { keys.append(("table", TableWord(definition.table).rawValue)) }
        if kind?.isNumber == true { keys += numberKeys(of: point, unit: unit) }
        if definition.access != .readOnly { keys.append(("access", AccessWord(definition.access).rawValue)) }
        keys += valueKeys(of: point, unit: unit)
        if let signal = specification.signalName(of: point) { keys.append(("signal", signal)) }
        if !point.says.isEmpty { keys.append(("says", YAMLScalar.text(point.says))) }
        return keys
    }

    private func numberKeys(of point: SpecifiedPoint, unit: SpecUnit) -> [(key: String, value: String)] {
        let scale = point.definition.statedScale
        var keys: [(key: String, value: String)] = []
        if !point.unit.isEmpty || scale.numerator != 1 || scale.denominator != 1 {
            keys.append(("scale", ValueText.text(scale, unit: unit, in: point.unit)))
        }
        if scale.offset != 0 { keys.append(("offset", ValueText.offset(scale, unit: unit, in: point.unit))) }
        return keys
    }

    private func valueKeys(of point: SpecifiedPoint, unit: SpecUnit) -> [(key: String, value: String)] {
        let definition = point.definition
        func value(_ raw: Int64) -> String {
            ValueText.text(raw, as: definition.encoding, scale: definition.scale, unit: unit, in: point.unit)
        }
        switch definition.encoding {
        case .text: return point.text.isEmpty ? [] : [("default", YAMLScalar.quoted(point.text))]
        case .bit: return definition.initialRaw == 0 ? [] : [("default", "true")]
        case .flags:
            let set = point.bits.filter { definition.initialRaw >> Int64($0.bit) & 1 == 1 }.map(\.name)
            return set.isEmpty ? [] : [("default", "[\(set.joined(separator: ", "))]")]
        case .unsigned, .signed, .float:
            var keys: [(key: String, value: String)] = []
            let widest = ScaleReader.withoutOverflow(
                PointKind.bounds(of: definition.encoding, words: Int(definition.wordCount)), scale: definition.scale)
            if definition.access != .readOnly,
                definition.lowestRaw != widest.lowerBound || definition.highestRaw != widest.upperBound
            {
                keys.append(("range", "[\(value(definition.lowestRaw)), \(value(definition.highestRaw))]"))
            }
            if definition.initialRaw != 0 { keys.append(("default", value(definition.initialRaw))) }
            return keys
        }
    }
}

/// Scalars that YAML reads back as the same text.
enum YAMLScalar {
    /// Plain where that is safe in block and flow style, otherwise quoted.
    static func text(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        let isWord = text.first?.isLetter == true && text.last != " "
        return isPlain && isWord ? text : quoted(text)
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
