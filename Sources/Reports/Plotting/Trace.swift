internal import RunRecords

/// One signal on the time grid of the run, in columns, in recorded units. A bucket without a value holds not-a-number.
struct Trace: Sendable {
    var path: String
    var unit: String
    var at: [Double]
    var least: [Double]
    var mean: [Double]
    var greatest: [Double]

    init(_ record: SeriesRecord) {
        path = record.path
        unit = record.unit
        // A bucket with a value that is not finite, or beyond any rack's, has none: it would break the scales.
        let buckets = record.buckets.filter { $0.at.isFinite }
        func column(_ value: (SeriesBucket) -> Double) -> [Double] {
            buckets.map { [$0.least, $0.mean, $0.greatest].allSatisfy { $0.magnitude < 1e15 } ? value($0) : .nan }
        }
        at = buckets.map(\.at)
        least = column(\.least)
        mean = column(\.mean)
        greatest = column(\.greatest)
    }

    init(path: String, unit: String, at: [Double], least: [Double], mean: [Double], greatest: [Double]) {
        self.path = path
        self.unit = unit
        self.at = at
        self.least = least
        self.mean = mean
        self.greatest = greatest
    }

    /// `tray-3` of `tray-3.power`.
    var subject: String { path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path }

    /// `power` of `tray-3.power`.
    var quantity: String { path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? "" }

    /// The same values at the places of `grid`; where this trace has no bucket there, not-a-number.
    func placed(on grid: [Double]) -> Trace {
        guard at != grid else { return self }
        var placed = Trace(path: path, unit: unit, at: grid, least: [], mean: [], greatest: [])
        var next = 0
        for time in grid {
            while next < at.count && at[next] < time { next += 1 }
            let isHere = next < at.count && at[next] == time
            placed.least.append(isHere ? least[next] : .nan)
            placed.mean.append(isHere ? mean[next] : .nan)
            placed.greatest.append(isHere ? greatest[next] : .nan)
        }
        return placed
    }

    /// Without what lies above. A cap or a capacity that is far above all power limits nothing; drawn, it would press the
    /// power to the floor of the plot.
    func shown(below limit: Double) -> Trace {
        var shown = self
        for index in mean.indices where mean[index] > limit { shown.mean[index] = .nan }
        return shown
    }

    /// Without the buckets in which `presence`, on the same grid, was not above zero throughout.
    func shown(where presence: Trace) -> Trace {
        var shown = self
        for index in mean.indices where !(presence.least[index] > 0) {
            (shown.least[index], shown.mean[index], shown.greatest[index]) = (.nan, .nan, .nan)
        }
        return shown
    }

    /// For numbers that stand for words: a bucket that saw two of them holds the one that was not there before, and never
    /// a number between them.
    var stepped: Trace {
        var stepped = self
        var last = Double.nan
        for index in mean.indices where mean[index].isFinite {
            last = greatest[index] == last ? least[index] : greatest[index]
            stepped.mean[index] = last
        }
        return stepped
    }

    /// At most `count` buckets, each the union of neighbours.
    func reduced(to count: Int) -> Trace {
        let group = (at.count + count - 1) / max(1, count)
        guard group > 1 else { return self }
        var reduced = Trace(path: path, unit: unit, at: [], least: [], mean: [], greatest: [])
        for start in stride(from: 0, to: at.count, by: group) {
            let end = min(start + group, at.count)
            var low = Double.infinity
            var high = -Double.infinity
            var sum = 0.0
            var number = 0.0
            for index in start..<end where mean[index].isFinite {
                low = min(low, least[index])
                high = max(high, greatest[index])
                sum += mean[index]
                number += 1
            }
            reduced.at.append(at[start])
            reduced.least.append(number > 0 ? low : .nan)
            reduced.mean.append(number > 0 ? sum / number : .nan)
            reduced.greatest.append(number > 0 ? high : .nan)
        }
        return reduced
    }

    /// The greatest value and when; nil where there is none.
    var peak: (value: Double, at: Double)? {
        var best: (value: Double, at: Double)?
        for index in at.indices where greatest[index].isFinite && greatest[index] > best?.value ?? -.infinity {
            best = (greatest[index], at[index])
        }
        return best
    }

    /// The least value and when; nil where there is none.
    var trough: (value: Double, at: Double)? { trough(after: -.infinity) }

    /// The same without what was at or before an instant.
    func trough(after start: Double) -> (value: Double, at: Double)? {
        var best: (value: Double, at: Double)?
        for index in at.indices
        where at[index] > start && least[index].isFinite && least[index] < best?.value ?? .infinity {
            best = (least[index], at[index])
        }
        return best
    }

    /// The mean over all buckets that have a value.
    var average: Double? {
        let values = mean.filter(\.isFinite)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
