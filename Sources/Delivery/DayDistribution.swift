/// How often something fell on which day.
public struct DayDistribution: Sendable {
    /// The day of the first count.
    private var first = 0
    private var counts: [Int] = []
    public private(set) var total = 0

    public init() {}

    public mutating func add(_ day: Int) {
        if counts.isEmpty { first = day }
        if day < first {
            counts.insert(contentsOf: repeatElement(0, count: first - day), at: 0)
            first = day
        }
        if day - first >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: day - first - counts.count + 1))
        }
        counts[day - first] += 1
        total += 1
    }

    /// The least day by which at least this share has fallen, in per cent, 1...100; `nil` when nothing was counted.
    public func day(atPercent percent: Int) -> Int? {
        guard total > 0 else { return nil }
        let wanted = (total * percent + 99) / 100
        var seen = 0
        for (offset, count) in counts.enumerated() {
            seen += count
            if seen >= wanted { return first + offset }
        }
        return first + counts.count - 1
    }

    /// The share that has fallen by the end of a day, 0...1.
    public func share(by day: Int) -> Double {
        guard total > 0, day >= first else { return 0 }
        let seen = counts.prefix(day - first + 1).reduce(0, +)
        return Double(seen) / Double(total)
    }

    public var mean: Double? {
        guard total > 0 else { return nil }
        var sum = 0
        for (offset, count) in counts.enumerated() { sum += (first + offset) * count }
        return Double(sum) / Double(total)
    }

    public var earliest: Int? { counts.firstIndex { $0 > 0 }.map { first + $0 } }
    public var latest: Int? { counts.lastIndex { $0 > 0 }.map { first + $0 } }
}
