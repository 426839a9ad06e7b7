extension RegisterMap {
    /// Yields the words (or the bits, as 0 and 1) of any span of addresses, all of which must be mapped and readable.
    ///
    /// Signals are encoded as they are now; a value beyond what its words can hold shows as the nearest that they can.
    /// Part of a point may be read. Words may have been yielded when an error is thrown: the caller drops them.
    @inlinable public func read<Source: SignalSource>(
        _ table: RegisterTable, address: UInt16, count: Int, signals: borrowing Source,
        stored: UnsafeBufferPointer<UInt16>, into sink: (UInt16) -> Void
    ) throws(RegisterAccessError) {
        guard count > 0, Int(address) + count <= 0x1_0000, var index = index(covering: address, in: table) else {
            throw .illegalDataAddress
        }
        var next = Int(address)
        let end = next + count
        while true {
            let point = points[index]
            // Most points are one word; those that are memory and nothing else need no more than this.
            if point.isStoredWord, Int(point.address) == next, point.table == table {
                let position = Int(point.storageOffset)
                sink(position < stored.count ? stored[position] : 0)
                next &+= 1
                if next == end { return }
                index &+= 1
                guard index < points.count else { throw .illegalDataAddress }
                continue
            }
            guard point.table == table, Int(point.address) <= next, point.access != .writeOnly else {
                throw .illegalDataAddress
            }
            let first = next &- Int(point.address)
            next = min(end, Int(point.address) &+ Int(point.wordCount))
            let behind = next &- Int(point.address)
            if point.isBound {
                let raw = point.saturatedRaw(fromSignal: signals.value(of: point.signal))
                for place in first..<behind { sink(point.word(place, ofRaw: raw)) }
            } else if point.access == .readOnly {
                for place in first..<behind { sink(initialWord(place, of: point)) }
            } else {
                let position = Int(point.storageOffset)
                for place in first..<behind {
                    sink(position &+ place < stored.count ? stored[position &+ place] : 0)
                }
            }
            if next == end { return }
            index &+= 1
            guard index < points.count else { throw .illegalDataAddress }
        }
    }

    /// Whether `read` would yield the whole span.
    public func canRead(_ table: RegisterTable, address: UInt16, count: Int) -> Bool {
        guard count > 0, Int(address) + count <= 0x1_0000, var index = index(covering: address, in: table) else {
            return false
        }
        var next = Int(address)
        while next < Int(address) + count {
            guard index < points.count, points[index].table == table, Int(points[index].address) <= next,
                points[index].access != .writeOnly
            else { return false }
            next = points[index].addresses.upperBound
            index += 1
        }
        return true
    }
}
