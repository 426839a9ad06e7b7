internal import RegisterMaps
internal import YAMLReading

/// The values of a point's mapping, fetched by key so that what is left over is unknown.
struct PointKeys {
    let name, at, type: YAMLValue?
    let words, wordOrder, table, access: YAMLValue?
    let scale, offset, range, initial, bits: YAMLValue?
    let signal, says, repetition: YAMLValue?

    init(_ mapping: YAMLMapping) {
        name = mapping.required("name")
        at = mapping.required("at")
        type = mapping.required("type")
        words = mapping.optional("words")
        wordOrder = mapping.optional("word-order")
        table = mapping.optional("table")
        access = mapping.optional("access")
        scale = mapping.optional("scale")
        offset = mapping.optional("offset")
        range = mapping.optional("range")
        initial = mapping.optional("default")
        bits = mapping.optional("bits")
        signal = mapping.optional("signal")
        says = mapping.optional("says")
        repetition = mapping.optional("repeat")
    }
}

/// What is known of a point before its values are read.
struct PointShape {
    var kind: PointKind
    var words: Int
    var table = RegisterTable.holdingRegisters
    var access = PointAccess.readOnly

    var bounds: ClosedRange<Int64> { PointKind.bounds(of: kind.encoding, words: words) }

    /// The raw value that the words show for one.
    func shown(_ raw: Int64) -> Int64 {
        PointDefinition(
            address: 0, wordCount: UInt8(words), table: table, encoding: kind.encoding, lowestRaw: raw, highestRaw: raw
        ).shownRaw(raw)
    }
}

/// `repeat: {count: 8, stride: 1}`.
struct Repetition {
    var count = 1
    var stride: Int?
    var stridePlace: YAMLValue?
    var isGiven = false

    static func read(_ value: YAMLValue, limit: Int) -> Repetition {
        var repetition = Repetition()
        repetition.isGiven = true
        guard let mapping = value.mapping("a mapping with \"count\" and, for gaps, \"stride\"") else {
            return repetition
        }
        repetition.count = mapping.required("count")?.integer(in: 1...limit) ?? 1
        repetition.stridePlace = mapping.optional("stride")
        repetition.stride = repetition.stridePlace?.integer(in: 1...65535)
        mapping.finish()
        return repetition
    }
}
