import RegisterMaps

extension PointDefinition {
    /// The raw value to write for a signal, brought inside what the point takes. Rounded down when asked, as a cap must
    /// be: rounding to the nearest watt would let the caps of many trays add up to more than the budget.
    func writtenRaw(forSignal signal: Int64, roundingDown: Bool) -> Int64 {
        var raw = shownRaw(scale.raw(fromSignal: signal))
        if roundingDown, scale.signal(fromRaw: raw) > signal { raw = shownBelow(raw) }
        return min(max(raw, lowestRaw), highestRaw)
    }

    /// The next raw value below that the words can show. Of a float's neighbours the step grows with the value.
    private func shownBelow(_ raw: Int64) -> Int64 {
        guard encoding == .float else { return raw - 1 }
        // Half of what the last of its 24 digits counts, which is the distance to the neighbour below a power of two.
        let half = Int64(1) << Int64(max(0, 39 - raw.magnitude.leadingZeroBitCount))
        for distance in [half, 2 * half] {
            let (below, overflow) = raw.subtractingReportingOverflow(distance)
            let shown = shownRaw(below)
            if !overflow, shown < raw { return shown }
        }
        return raw
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
