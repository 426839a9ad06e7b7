import RegisterMaps

extension PointDefinition {
    /// The raw value to write for a signal, brought inside what the point takes. Rounded down when asked, as a cap must
    /// be: rounding to the nearest watt would let the caps of many trays add up to more than the budget.
    func writtenRaw(forSignal signal: Int64, roundingDown: Bool) -> Int64 {
        var raw = scale.raw(fromSignal: signal)
        if roundingDown, scale.signal(fromRaw: raw) > signal { raw -= 1 }
        return min(max(raw, lowestRaw), highestRaw)
    }
}

extension RegisterWords {
    /// The words of a point for a raw value that it can hold; a number has at most four.
    init(ofRaw raw: Int64, for point: PointDefinition) {
        let count = min(Int(point.wordCount), 4)
        var packed: UInt64 = 0
        for index in 0..<count { packed = packed << 16 | UInt64(point.word(index, ofRaw: raw)) }
        self.init(count: count, packed: packed)
    }
}
