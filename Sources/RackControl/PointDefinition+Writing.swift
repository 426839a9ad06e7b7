import ModbusWire
import RegisterMaps

/// Between the register words of a point and its signal in base units.
enum PointDecoding {
    /// The signal in the block, the point's first word being at `offset`. The words must be there.
    static func signal(of point: PointDefinition, in block: borrowing RegisterBlock, at offset: Int) -> Int64 {
        point.scale.signal(fromRaw: raw(of: point, in: block, at: offset))
    }

    static func raw(of point: PointDefinition, in block: borrowing RegisterBlock, at offset: Int) -> Int64 {
        let count = Int(point.wordCount)
        var bits: UInt64 = 0
        if point.wordOrder == .highWordFirst {
            for index in 0..<count { bits = bits << 16 | UInt64(block[offset + index]) }
        } else {
            for index in 0..<count { bits = bits << 16 | UInt64(block[offset + count - 1 - index]) }
        }
        guard point.encoding == .signed, count < 4 else { return Int64(truncatingIfNeeded: bits) }
        let unused = UInt64(64 - 16 * count)
        return Int64(truncatingIfNeeded: bits << unused) >> Int64(unused)
    }

    /// The raw value for a signal, inside what the point takes. Rounded down when asked, as a cap must be: rounding to
    /// the nearest watt would let the caps of many trays add up to more than the budget.
    static func raw(of signal: Int64, for point: PointDefinition, roundingDown: Bool) -> Int64 {
        var raw = point.scale.raw(fromSignal: signal)
        if roundingDown, point.scale.signal(fromRaw: raw) > signal { raw -= 1 }
        return min(max(raw, point.lowestRaw), point.highestRaw)
    }

    /// The raw value in words that were made by `words(ofRaw:for:)`.
    static func raw(of words: RegisterWords, for point: PointDefinition) -> Int64 {
        var block = RegisterBlock()
        for index in 0..<words.count { block.append(words[index]) }
        return raw(of: point, in: block, at: 0)
    }

    static func words(ofRaw raw: Int64, for point: PointDefinition) -> RegisterWords {
        let count = min(Int(point.wordCount), 4)
        let bits = UInt64(bitPattern: raw)
        guard point.wordOrder == .lowWordFirst else { return RegisterWords(count: count, packed: bits) }
        var reversed: UInt64 = 0
        for index in 0..<count { reversed = reversed << 16 | (bits >> UInt64(16 * index) & 0xFFFF) }
        return RegisterWords(count: count, packed: reversed)
    }
}
