/// Which delivery a rack waited for.
struct GateCause: Hashable, Sendable {
    var part: Int
    /// Index in the part's sources.
    var source: Int
}

/// Units of a part that become usable on a day.
struct Receipt: Sendable {
    var day: Int
    var quantity: Int
    var cause: GateCause
    /// The day on which they would have been usable without what they waited for: of an assembly, the arrival of the
    /// component that came last but one.
    var otherwise: Int
}

extension [Receipt] {
    /// In order of days; those of one day in the order of the bill.
    func inOrder() -> [Receipt] {
        guard count > 1 else { return self }
        return sorted { ($0.day, $0.cause.part, $0.cause.source) < ($1.day, $1.cause.part, $1.cause.source) }
    }
}

extension PartSource {
    /// What comes of an order.
    func receipts(toGet wanted: Int, leadTime: Int, usableFrom: Int, cause: GateCause) -> [Receipt] {
        var receipts: [Receipt] = []
        func receive(_ quantity: Int, on day: Int) {
            let day = max(day, usableFrom)
            receipts.append(Receipt(day: day, quantity: quantity, cause: cause, otherwise: 0))
        }
        if stock > 0 { receive(min(stock, wanted), on: 0) }
        let ordered = order(toGet: wanted)
        guard ordered > 0 else { return receipts }
        guard let lots, lots.size < ordered else {
            receive(ordered, on: leadTime)
            return receipts
        }
        // Lots beyond the need come too, and nobody waits for them.
        let needed = wanted - min(stock, wanted)
        for lot in 0..<(needed + lots.size - 1) / lots.size { receive(lots.size, on: leadTime + lot * lots.every) }
        return receipts
    }
}
