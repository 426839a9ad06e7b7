internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// Reads one entry of `points:`, which is one point or, with `repeat:`, a family of them.
struct PointReader {
    let deviceClass: DeviceClass?
    /// False when the class word itself was wrong: then signals are not judged.
    let classIsKnown: Bool

    /// A repeat of more than this many points is a slip of the keyboard; no rack part has so many of anything.
    private static let repeatLimit = 1024

    func points(from value: YAMLValue) -> [PlacedPoint] {
        guard
            let mapping = value.mapping(
                "a point such as {name: power, at: 0x02, type: u32, scale: 1 mW, signal: power}")
        else { return [] }
        let keys = PointKeys(mapping)
        mapping.finish()
        let repetition = keys.repetition.map { Repetition.read($0, limit: Self.repeatLimit) } ?? Repetition()
        let name = keys.name.flatMap { pattern($0, repetition: repetition) }
        let address = keys.at?.integer(in: 0...65535)
        let kind = keys.type?.choice(of: PointKind.self)
        let words = kind.flatMap { wordCount(of: $0, keys: keys) }
        let signal = keys.signal.flatMap { signalReference($0, repetition: repetition) }
        guard let kind else { return [] }

        var shape = PointShape(kind: kind, words: words ?? 1)
        shape.table = table(of: kind, place: keys.table, point: value)
        shape.access = keys.access?.choice(of: AccessWord.self)?.access ?? .readOnly
        judgeAccess(shape, keys: keys, signal: signal)
        judgeSignal(of: kind, signal: signal, place: keys.signal)
        let values = PointValues.read(keys, shape: shape, signal: signal?.description, point: value)
        if kind.isNumber, let signal, let place = keys.scale, values.isScaleKnown {
            SignalReach.judge(values.scale, shape: shape, signal: signal.description, place: place)
        }
        let order = wordOrder(keys.wordOrder, kind: kind, words: shape.words)

        let stride = stride(of: repetition, words: shape.words)
        return (1...repetition.count).compactMap { number -> PlacedPoint? in
            let first = (address ?? 0) + (number - 1) * stride
            guard fits(first, words: shape.words, keys: keys) else { return nil }
            let definition = PointDefinition(
                address: UInt16(first), wordCount: UInt8(shape.words), table: shape.table, encoding: kind.encoding,
                wordOrder: order, access: shape.access, scale: values.scale, lowestRaw: values.lowestRaw,
                highestRaw: values.highestRaw, initialRaw: values.initialRaw,
                signal: signal?.identifier(number: number) ?? .none)
            let point = SpecifiedPoint(
                name: (name ?? "").replacingNumber(number), definition: definition, unit: values.unit,
                bits: values.bits, text: values.text, says: (keys.says?.scalarText ?? "").replacingNumber(number))
            return PlacedPoint(
                point: point, namePlace: keys.name ?? value, addressPlace: keys.at ?? value,
                isComparable: name != nil && address != nil && words != nil)
        }
    }

    // MARK: Parts

    private func pattern(_ value: YAMLValue, repetition: Repetition) -> String? {
        guard let text = value.scalarText else {
            value.expected("a name of \(SpecName.rule)")
            return nil
        }
        if repetition.isGiven, !text.contains("{n}") {
            value.expected("a name with {n} for the number of the repeated point, such as \"fan-{n}-speed\"")
            return nil
        }
        guard SpecName.isValid(repetition.isGiven ? text.replacingNumber(1) : text) else {
            value.expected("a name of \(SpecName.rule)")
            return nil
        }
        return text
    }

    private func wordCount(of kind: PointKind, keys: PointKeys) -> Int? {
        if let fixed = kind.fixedWords {
            keys.words?.problem("expected no \"words\" for type \(kind.rawValue), which has \(fixed), found it")
            return fixed
        }
        guard kind == .text else { return keys.words.map { $0.integer(in: 1...4) } ?? 1 }
        guard let place = keys.words else {
            keys.type?.problem("expected the key \"words\" beside type text, found none; two characters fit a word")
            return nil
        }
        return place.integer(in: 1...125)
    }

    private func table(of kind: PointKind, place: YAMLValue?, point: YAMLValue) -> RegisterTable {
        guard let place else {
            if kind == .bit {
                point.problem("expected \"table: coil\" or \"table: discrete\" for a point of type bit, found none")
                return .coils
            }
            return .holdingRegisters
        }
        guard let word = place.choice(of: TableWord.self) else { return kind == .bit ? .coils : .holdingRegisters }
        let holdsBits = word == .coil || word == .discrete
        if holdsBits != (kind == .bit) {
            place.expected(
                kind == .bit
                    ? "\"coil\" or \"discrete\" for a point of type bit"
                    : "\"holding\" or \"input\" for a point of type \(kind.rawValue)")
        }
        return word.table
    }

    private func judgeAccess(_ shape: PointShape, keys: PointKeys, signal: SignalReference?) {
        guard shape.access != .readOnly, let place = keys.access else { return }
        if shape.table == .inputRegisters || shape.table == .discreteInputs {
            place.expected(
                "\"ro\" in a table that clients can only read; use \"holding\" or \"coil\" to let them write")
        } else if shape.kind == .text {
            place.expected("\"ro\" for a text, which devices hold in read-only memory")
        } else if let signal, !signal.description.isWritable {
            place.expected("\"ro\" for the signal \"\(signal.text)\", which only the device itself sets")
        }
    }

    private func judgeSignal(of kind: PointKind, signal: SignalReference?, place: YAMLValue?) {
        guard let signal, let place else { return }
        let unit = signal.description.unit
        switch kind {
        case .text:
            place.problem("expected no signal for a point of type text, found \(place.found); signals are numbers")
        case .flags where unit != .flags:
            place.problem("expected a signal that is a set of flags for type flags, found \(place.found)")
        case .bit where unit != .count:
            place.problem("expected a signal that is a count for type bit, found \(place.found)")
        case .u16, .s16, .u32, .s32, .u64, .f32:
            guard unit == .flags else { return }
            place.problem(
                "expected type flags for \(place.found), which is a set of flags, found type \(kind.rawValue)")
        case .flags, .bit: break
        }
    }

    private func wordOrder(_ place: YAMLValue?, kind: PointKind, words: Int) -> WordOrder {
        guard let place, let word = place.choice(of: WordOrderWord.self) else { return .highWordFirst }
        if words == 1 || kind == .text {
            place.problem("expected no \"word-order\" for a \(kind == .text ? "text" : "single word"), found it")
        }
        return word.order
    }

    private func stride(of repetition: Repetition, words: Int) -> Int {
        guard let stride = repetition.stride else { return words }
        if stride < words, let place = repetition.stridePlace {
            place.expected("a stride of at least \(words), the words of one of these points")
            return words
        }
        return stride
    }

    /// Complains when a point would run beyond the end of its table.
    private func fits(_ first: Int, words: Int, keys: PointKeys) -> Bool {
        if first + words - 1 <= 65535 { return true }
        let whose = keys.repetition == nil ? "" : " of a repeated point"
        keys.at?.expected("addresses up to 0xFFFF; the last\(whose) would lie beyond")
        return false
    }
}

extension String {
    fileprivate func replacingNumber(_ number: Int) -> String {
        split(separator: "{n}", omittingEmptySubsequences: false).joined(separator: "\(number)")
    }
}
