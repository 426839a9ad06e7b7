public import Units

extension RegisterMap {
    /// Writes `count` words (or bits, as 0 and 1) from `address` on, all of them or none.
    ///
    /// First every point is checked: mapped, writable and covered whole, or `.illegalDataAddress`. Then the values, in
    /// the order of addresses: in the point's range, or `.illegalDataValue`, and welcome to the firmware, or what its
    /// verdict says. Only then is anything written, in the order of addresses. `word` yields the words to write,
    /// counted from 0; it is asked more than once.
    @inlinable public func write<Sink: SignalSink>(
        _ table: RegisterTable, address: UInt16, count: Int, word: (Int) -> UInt16, to sink: inout Sink,
        stored: UnsafeMutableBufferPointer<UInt16>, at now: Instant
    ) throws(RegisterAccessError) {
        let span = try writableSpan(table, address: address, count: count)
        for index in span {
            let point = points[index]
            guard point.encoding != .text else { continue }
            let start = Int(point.address) &- Int(address)
            guard let raw = point.writtenRaw(fromWords: { word(start &+ $0) }) else { throw .illegalDataValue }
            guard point.isBound else { continue }
            let verdict = sink.verdict(onWriting: point.signal, value: point.scale.signal(fromRaw: raw))
            if let refusal = verdict.accessError { throw refusal }
        }
        for index in span {
            let point = points[index]
            let start = Int(point.address) &- Int(address)
            if point.isBound {
                let raw = point.raw { word(start &+ $0) }
                sink.write(point.signal, value: point.scale.signal(fromRaw: raw), at: now)
            } else {
                for place in 0..<Int(point.wordCount) where Int(point.storageOffset) + place < stored.count {
                    stored[Int(point.storageOffset) + place] = word(start &+ place)
                }
            }
        }
    }

    /// The points of a span in which every point is writable and none is cut.
    public func writableSpan(
        _ table: RegisterTable, address: UInt16, count: Int
    ) throws(RegisterAccessError) -> Range<Int> {
        guard count > 0, Int(address) + count <= 0x1_0000, let first = index(covering: address, in: table) else {
            throw .illegalDataAddress
        }
        var next = Int(address)
        let end = next + count
        var index = first
        while next < end {
            guard index < points.count, points[index].table == table, Int(points[index].address) == next,
                points[index].access != .readOnly, points[index].addresses.upperBound <= end
            else { throw .illegalDataAddress }
            next = points[index].addresses.upperBound
            index += 1
        }
        return first..<index
    }
}

extension PointDefinition {
    /// The raw value of words to be written, or `nil` when it is outside the point's range.
    @inlinable func writtenRaw(fromWords word: (Int) -> UInt16) -> Int64? {
        // Plain storage wider than a raw value has no range.
        if wordCount > 4, !isBound { return 0 }
        guard areNumber(word) else { return nil }
        let raw = raw(fromWords: word)
        return raw >= lowestRaw && raw <= highestRaw ? raw : nil
    }
}
