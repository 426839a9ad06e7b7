internal import DeviceSpecs
internal import RegisterMaps

/// A C header with the register map as preprocessor constants.
struct CHeader {
    let specification: DeviceSpecification

    private var prefix: String { Self.identifier(specification.model) }

    func text() -> String {
        let guardName = "\(prefix)_REGISTERS_H"
        var lines = [
            "/* Registers of \(comment(specification.model)). Generated from its spec by busbar; do not edit. */",
            "#ifndef \(guardName)", "#define \(guardName)", "", "#include <stdint.h>", "",
            "/* A value in the unit of its comment is raw * SCALE_NUMERATOR / SCALE_DENOMINATOR + OFFSET. */",
        ]
        if specification.points.contains(where: { $0.definition.encoding == .float }) {
            lines.append(
                "/* Of an f32, raw is the IEEE 754 single that its words hold; ..._BITS are the bits of one. */")
        }
        for point in specification.points { lines += defines(for: point) }
        lines += ["", "#endif /* \(guardName) */"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func defines(for point: SpecifiedPoint) -> [String] {
        let row = PointRow(point, of: specification)
        let definition = point.definition
        let base = "\(prefix)_\(Self.identifier(point.name))"
        let about = [row.type, row.table, row.access, row.says].filter { !$0.isEmpty }.joined(separator: ", ")
        var lines = ["", "/* \(comment(about)) */"]
        lines.append("#define \(base)_ADDRESS \(RegisterAddress.text(row.address))u")
        lines.append("#define \(base)_WORDS \(row.words)u")
        if definition.wordOrder == .lowWordFirst { lines.append("#define \(base)_LOW_WORD_FIRST 1") }
        if definition.encoding.isNumber {
            let scale = definition.statedScale
            if scale != .one { lines += scaleDefines(base, scale, unit: SpecUnit(of: point, in: specification)) }
            if definition.access != .readOnly {
                lines.append("#define \(base)_LOWEST_\(Self.value(definition.lowestRaw, of: definition))")
                lines.append("#define \(base)_HIGHEST_\(Self.value(definition.highestRaw, of: definition))")
            }
            if definition.initialRaw != 0 {
                lines.append("#define \(base)_DEFAULT_\(Self.value(definition.initialRaw, of: definition))")
            }
        }
        if definition.encoding == .text, !point.text.isEmpty {
            lines.append("#define \(base)_DEFAULT_TEXT \(Self.string(point.text))")
        }
        for flag in point.bits {
            let one = row.words <= 1 ? "UINT16_C(1)" : row.words == 2 ? "UINT32_C(1)" : "UINT64_C(1)"
            lines.append("#define \(base)_BIT_\(Self.identifier(flag.name)) (\(one) << \(flag.bit))")
        }
        return lines
    }

    private func scaleDefines(_ base: String, _ scale: FixedPointScale, unit: SpecUnit) -> [String] {
        let unitWords = Self.words(unit.signalUnit)
        var lines = [
            "#define \(base)_SCALE_NUMERATOR \(Self.literal(scale.numerator)) /* \(unitWords) */",
            "#define \(base)_SCALE_DENOMINATOR \(Self.literal(scale.denominator))",
        ]
        if scale.offset != 0 { lines.append("#define \(base)_OFFSET \(Self.literal(scale.offset)) /* \(unitWords) */") }
        return lines
    }

    /// `RAW 350`, or the bits of a float.
    private static func value(_ raw: Int64, of definition: PointDefinition) -> String {
        guard definition.encoding == .float else { return "RAW \(literal(raw))" }
        let digits = String(SinglePrecision.bits(fromRaw: raw), radix: 16, uppercase: true)
        return "BITS UINT32_C(0x\(String(repeating: "0", count: 8 - digits.count))\(digits))"
    }

    // MARK: Spelling

    static func identifier(_ name: String) -> String {
        let upper = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return (upper.first?.isNumber == true ? "_" : "") + String(upper)
    }

    /// A literal of the type that holds it. The least `Int64` has no literal of its own in C.
    static func literal(_ value: Int64) -> String {
        if value == .min { return "(-INT64_C(9223372036854775807) - 1)" }
        if Int64(Int32.min + 1)...Int64(Int32.max) ~= value { return value < 0 ? "(\(value))" : "\(value)" }
        return value < 0 ? "(-INT64_C(\(value.magnitude)))" : "INT64_C(\(value))"
    }

    /// Trigraphs aside, printable ASCII needs two escapes.
    static func string(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "?" ? "\\?" : String($0) }.joined() + "\""
    }

    /// Text that cannot end a comment or begin another.
    private func comment(_ text: String) -> String {
        text.split(separator: "*/", omittingEmptySubsequences: false).joined(separator: "* /")
            .split(separator: "/*", omittingEmptySubsequences: false).joined(separator: "/ *")
            .split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    static func words(_ unit: SignalUnit) -> String {
        switch unit {
        case .millivolts: "millivolts"
        case .milliamperes: "milliamperes"
        case .milliwatts: "milliwatts"
        case .millijoules: "millijoules"
        case .millidegrees: "thousandths of a degree Celsius"
        case .rpm: "revolutions per minute"
        case .perMille: "per mille"
        case .milliseconds: "milliseconds"
        case .seconds: "seconds"
        case .millihertz: "millihertz"
        case .pascals: "pascals"
        case .millilitresPerMinute: "millilitres per minute"
        case .count, .flags: "plain number"
        }
    }
}
