internal import RegisterMaps

/// The raw values that a firmware takes for a point as it stands now: its settings and its place in the rack may narrow
/// what the map allows.
///
/// A firmware is asked for its verdict on a value and says no more, so the values are searched: one by one where the map
/// allows few, and otherwise from the present setting outwards, as limits are one range.
struct AcceptedValues: Equatable {
    private(set) var runs: [ClosedRange<Int64>] = []

    /// So many values are asked for one by one. Arbitrary: more than the states and actions of any map.
    private static let fewest: UInt64 = 64

    /// `accepts` says whether the firmware takes a raw value; `present` is what it has taken before.
    init(from lowest: Int64, to highest: Int64, present: Int64, accepts: (Int64) -> Bool) {
        guard lowest <= highest else { return }
        if UInt64(bitPattern: highest &- lowest) < Self.fewest {
            for value in lowest...highest where accepts(value) { add(value) }
            return
        }
        let present = min(max(present, lowest), highest)
        guard accepts(present) else { return }
        runs = [Self.end(from: present, towards: lowest, accepts)...Self.end(from: present, towards: highest, accepts)]
    }

    func contains(_ raw: Int64) -> Bool { runs.contains { $0.contains(raw) } }

    private mutating func add(_ value: Int64) {
        guard let last = runs.last, last.upperBound + 1 == value else { return runs.append(value...value) }
        runs[runs.count - 1] = last.lowerBound...value
    }

    /// The last value on the way that is accepted, where those accepted lie together.
    private static func end(from start: Int64, towards limit: Int64, _ accepts: (Int64) -> Bool) -> Int64 {
        if accepts(limit) { return limit }
        var (inside, outside) = (start, limit)
        while true {
            // Half of either, so that no sum leaves 64 bits; what rounding loses is the sum of both halves.
            let middle = inside / 2 + outside / 2 + (inside % 2 + outside % 2) / 2
            guard middle != inside, middle != outside else { return inside }
            if accepts(middle) { inside = middle } else { outside = middle }
        }
    }
}
