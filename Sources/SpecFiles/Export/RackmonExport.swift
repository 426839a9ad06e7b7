internal import DeviceSpecs
internal import RegisterMaps
internal import Units
internal import YAMLReading

/// The register map in the form of OpenBMC's rack monitor, written so that its importer here reads it back.
struct RackmonExport {
    let specification: DeviceSpecification
    private(set) var notes: [String] = []

    init(specification: DeviceSpecification) { self.specification = specification }

    mutating func text() -> String {
        var registers: [String] = []
        for point in specification.points {
            guard point.definition.table == .holdingRegisters else {
                notes.append("\"\(point.name)\" is left out: rackmon reads holding registers only")
                continue
            }
            registers.append(register(point))
        }
        if specification.points.contains(where: { $0.definition.access != .readOnly }) {
            notes.append("access rights, ranges and defaults are left out: rackmon has none")
        }
        let serial = specification.serial
        let ranges = serial.units.map { "[\($0.lowerBound), \($0.upperBound)]" }.joined(separator: ", ")
        let probe = specification.probe.map { specification.points[$0.point].definition.address } ?? firstAddress
        let lines = [
            "{", "  \"name\": \(JSONText.quoted(specification.model)),", "  \"address_range\": [\(ranges)],",
            "  \"probe_register\": \(probe),", "  \"baudrate\": \(serial.baud),",
            "  \"parity\": \"\(serial.parity.rawValue.uppercased())\",", "  \"registers\": [",
            registers.joined(separator: ",\n"), "  ]", "}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var firstAddress: UInt16 {
        specification.points.first { $0.definition.table == .holdingRegisters }?.definition.address ?? 0
    }

    private mutating func register(_ point: SpecifiedPoint) -> String {
        let definition = point.definition
        var keys = [
            "\"begin\": \(definition.address)", "\"length\": \(definition.wordCount)",
            "\"name\": \(JSONText.quoted(point.name))",
        ]
        switch definition.encoding {
        case .text: keys.append("\"format\": \"STRING\"")
        case .flags, .bit:
            let flags = point.bits.map { "[\($0.bit), \(JSONText.quoted($0.name))]" }.joined(separator: ", ")
            keys += ["\"format\": \"FLAGS\"", "\"flags\": [\(flags)]"]
        case .unsigned, .signed: keys += numberKeys(point)
        case .float:
            notes.append(
                "\"\(point.name)\" is written as a raw bit pattern: rackmon has no IEEE 754 numbers, its FLOAT is a scaled "
                    + "integer")
            keys.append("\"format\": \"INTEGER\"")
        }
        return "    {" + keys.joined(separator: ", ") + "}"
    }

    private mutating func numberKeys(_ point: SpecifiedPoint) -> [String] {
        let definition = point.definition
        let specUnit = SpecUnit(of: point, in: specification)
        // Values are counted from the zero of degrees, whatever the unit of the step.
        let unit = point.unit == "K" || point.unit == "mK" ? "degC" : point.unit
        var keys: [String] = []
        let step = specUnit.amount(definition.scale.numerator, over: definition.scale.denominator, in: unit)
        let shift = specUnit.amount(definition.scale.offset, in: unit)
        if let step, let shift, let scale = Self.precisionAndScale(step) {
            if step == ExactQuantity(numerator: 1, denominator: 1), shift.numerator == 0 {
                keys.append("\"format\": \"\(definition.wordCount > 2 ? "LONG" : "INTEGER")\"")
            } else {
                keys += ["\"format\": \"FLOAT\"", "\"precision\": \(scale.precision)"]
                if scale.factor != "1" { keys.append("\"scale\": \(scale.factor)") }
                if shift.numerator != 0 { keys.append("\"shift\": \(ValueText.number(shift))") }
            }
        } else {
            notes.append("\"\(point.name)\" is written raw: its scale is neither a decimal nor a binary fraction")
            keys.append("\"format\": \"\(definition.wordCount > 2 ? "LONG" : "INTEGER")\"")
        }
        if definition.encoding == .signed { keys.append("\"sign\": true") }
        if definition.wordOrder == .lowWordFirst {
            notes.append(
                "\"\(point.name)\" stands high word first here: rackmon cannot swap words without swapping octets")
        }
        if !unit.isEmpty { keys.append("\"unit\": \(JSONText.quoted(unit))") }
        return keys
    }

    /// Splits a step into a binary fraction and a decimal factor: 1/1024 is (10, "1"), 25/128 is (7, "25").
    static func precisionAndScale(_ step: ExactQuantity) -> (precision: Int, factor: String)? {
        if let decimal = step.denominator == 1
            ? "\(step.numerator)" : ValueText.decimal(step.numerator, step.denominator, digitLimit: 4)
        {
            let isBinary = step.denominator > 1 && step.denominator & (step.denominator - 1) == 0
            if !isBinary { return (0, decimal) }
        }
        var odd = step.denominator
        var precision = 0
        while odd % 2 == 0, precision < 31 { (odd, precision) = (odd / 2, precision + 1) }
        if odd == 1 { return (precision, "\(step.numerator)") }
        return ValueText.decimal(step.numerator, step.denominator, digitLimit: 9).map { (0, $0) }
    }
}

/// JSON strings.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
