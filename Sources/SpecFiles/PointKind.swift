internal import RegisterMaps

/// The words for `type:` in a spec.
enum PointKind: String, CaseIterable {
    case u16, s16, u32, s32, u64, f32, flags, text, bit

    var encoding: PointEncoding {
        switch self {
        case .u16, .u32, .u64: .unsigned
        case .s16, .s32: .signed
        case .f32: .float
        case .flags: .flags
        case .text: .text
        case .bit: .bit
        }
    }

    /// Words of a value, or `nil` where the spec says how many.
    var fixedWords: Int? {
        switch self {
        case .u16, .s16, .bit: 1
        case .u32, .s32, .f32: 2
        case .u64: 4
        case .flags, .text: nil
        }
    }

    var isNumber: Bool { encoding.isNumber }

    /// What the words can hold. A value of four words is kept to the positive half of `Int64`, the widest raw value.
    static func bounds(of encoding: PointEncoding, words: Int) -> ClosedRange<Int64> {
        switch encoding {
        case .bit: return 0...1
        case .text: return 0...0
        case .float: return Int64.min...Int64.max
        case .unsigned: return words >= 4 ? 0...Int64.max : 0...(Int64(1) << (16 * words)) - 1
        case .signed:
            if words >= 4 { return Int64.min...Int64.max }
            let half = Int64(1) << (16 * words - 1)
            return -half...half - 1
        // Sixty-four flags fill the raw value as a bit pattern, so the top bit makes it negative.
        case .flags: return words >= 4 ? Int64.min...Int64.max : 0...(Int64(1) << (16 * words)) - 1
        }
    }

    /// The word for a loaded point; `nil` where the form has none (a signed value of three words).
    init?(of definition: PointDefinition) {
        switch (definition.encoding, definition.wordCount) {
        case (.bit, _): self = .bit
        case (.text, _): self = .text
        case (.flags, _): self = .flags
        case (.unsigned, 1): self = .u16
        case (.unsigned, 2): self = .u32
        case (.unsigned, 4): self = .u64
        case (.signed, 1): self = .s16
        case (.signed, 2): self = .s32
        case (.float, 2): self = .f32
        default: return nil
        }
    }
}

extension PointEncoding {
    /// Whether the value has a scale and a range.
    var isNumber: Bool { self == .unsigned || self == .signed || self == .float }
}

extension PointDefinition {
    /// The scale as a spec writes it: of one raw count, or of what a float calls 1.0.
    var statedScale: FixedPointScale {
        guard encoding == .float else { return scale }
        return FixedPointScale(
            numerator: scale.numerator, denominator: scale.denominator >> Int64(SinglePrecision.stepBits),
            offset: scale.offset)
    }
}

extension FixedPointScale {
    /// The scale of a raw value that counts steps of a float, from that of what it calls 1.0.
    func ofFloatSteps() -> FixedPointScale {
        FixedPointScale(
            numerator: numerator, denominator: denominator << Int64(SinglePrecision.stepBits), offset: offset)
    }
}

/// The words for `table:` in a spec.
enum TableWord: String, CaseIterable {
    case coil, discrete, input, holding

    var table: RegisterTable {
        switch self {
        case .coil: .coils
        case .discrete: .discreteInputs
        case .input: .inputRegisters
        case .holding: .holdingRegisters
        }
    }

    init(_ table: RegisterTable) {
        self =
            switch table {
            case .coils: .coil
            case .discreteInputs: .discrete
            case .inputRegisters: .input
            case .holdingRegisters: .holding
            }
    }
}

/// The words for `access:` in a spec.
enum AccessWord: String, CaseIterable {
    case ro, rw, wo

    var access: PointAccess {
        switch self {
        case .ro: .readOnly
        case .rw: .readWrite
        case .wo: .writeOnly
        }
    }

    init(_ access: PointAccess) {
        self =
            switch access {
            case .readOnly: .ro
            case .readWrite: .rw
            case .writeOnly: .wo
            }
    }
}

/// The words for `word-order:` in a spec.
enum WordOrderWord: String, CaseIterable {
    case highFirst = "high-first"
    case lowFirst = "low-first"

    var order: WordOrder { self == .highFirst ? .highWordFirst : .lowWordFirst }

    init(_ order: WordOrder) { self = order == .highWordFirst ? .highFirst : .lowFirst }
}
