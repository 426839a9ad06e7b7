internal import Units

/// Power and budget of the last minutes, one entry per column of the plot.
struct PowerHistory: Equatable {
    struct Entry: Equatable {
        /// The highest power that was seen, and the lowest budget.
        var power: Power
        var budget: Power?
    }

    /// Time on the wall per column: 70 columns are over two minutes. Arbitrary.
    static let column = Interval.seconds(2)
    /// No terminal is wider. Arbitrary.
    private static let capacity = 512

    private(set) var entries: [Entry] = []
    private var begunAt: Instant?

    mutating func take(power: Power?, budget: Power?, at now: Instant) {
        guard let power else { return }
        if let begunAt, now - begunAt < Self.column, let last = entries.indices.last {
            entries[last].power = max(entries[last].power, power)
            entries[last].budget = [entries[last].budget, budget].compactMap { $0 }.min()
            return
        }
        // Columns keep their time unless there was a pause.
        begunAt = begunAt.map { now - $0 < Self.column * 2 ? $0 + Self.column : now } ?? now
        entries.append(Entry(power: power, budget: budget))
        if entries.count > Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
    }
}
