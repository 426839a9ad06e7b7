/// Reduces the samples of many signals over a run of unknown length to a bounded number of buckets that keep the
/// extremes, so that a plot of an hour shows a spike of a tenth of a second.
///
/// Time is cut into buckets of equal width, counted from zero. When a sample falls behind the last bucket, neighbours
/// are merged and the width doubles, as often as it takes. Storage is allocated once; taking a sample allocates nothing.
/// Memory: 20 octets per signal and bucket, that is 6 MB for 500 signals at 600 buckets.
public struct SeriesReducer: Sendable {
    public let signals: [SignalDescription]
    /// Width of a bucket now, seconds.
    public private(set) var width: Double

    private let capacity: Int
    /// Buckets begun so far.
    private var used = 0
    /// Row by row: all signals of bucket 0, then all signals of bucket 1 …
    private var least: [Float]
    private var greatest: [Float]
    private var sum: [Double]
    private var count: [Int32]

    /// - Parameters:
    ///   - interval: seconds between two samples; the first buckets hold one sample each.
    ///   - capacity: the most buckets per signal; 600 are as many as a plot of usual width can show.
    public init(signals: [SignalDescription], interval: Double, capacity: Int = 600) {
        precondition(interval > 0, "the sampling interval must be above zero")
        precondition(capacity >= 2 && capacity.isMultiple(of: 2), "the capacity must be even, to merge in pairs")
        self.signals = signals
        self.width = interval
        self.capacity = capacity
        let cells = signals.count * capacity
        least = Array(repeating: .infinity, count: cells)
        greatest = Array(repeating: -.infinity, count: cells)
        sum = Array(repeating: 0, count: cells)
        count = Array(repeating: 0, count: cells)
    }

    /// One sample of every signal, in the order of `signals`. Values that are not finite are left out: the signal had
    /// no value then. Time never runs backwards.
    public mutating func take(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        precondition(values.count == signals.count, "one value per signal is expected")
        precondition(seconds >= 0 && seconds.isFinite, "a sample's time is at or after zero")
        var bucket = place(of: seconds)
        while bucket >= capacity {
            mergeNeighbours()
            bucket = place(of: seconds)
        }
        used = max(used, bucket + 1)
        let row = bucket * signals.count
        for signal in 0..<values.count {
            let value = values[signal]
            guard value.isFinite else { continue }
            let cell = row + signal
            let narrow = Float(value)
            least[cell] = min(least[cell], narrow)
            greatest[cell] = max(greatest[cell], narrow)
            sum[cell] += value
            count[cell] &+= 1
        }
    }

    /// Everything taken so far. Buckets without a value of a signal are left out of that signal's record.
    public func records() -> [SeriesRecord] {
        signals.indices.map { signal in
            var buckets: [SeriesBucket] = []
            buckets.reserveCapacity(used)
            for bucket in 0..<used {
                let cell = bucket * signals.count + signal
                guard count[cell] > 0 else { continue }
                let mean = sum[cell] / Double(count[cell])
                // The extremes are kept in single precision; the mean must not leave them for that.
                let low = min(Double(least[cell]), mean)
                let high = max(Double(greatest[cell]), mean)
                buckets.append(SeriesBucket(at: Double(bucket) * width, least: low, mean: mean, greatest: high))
            }
            return SeriesRecord(path: signals[signal].path, unit: signals[signal].unit, buckets: buckets)
        }
    }

    /// A sample at 0.3 s belongs to the fourth bucket of 0.1 s although 0.3 / 0.1 is a little below 3 in binary: hence
    /// the millionth of a bucket.
    private func place(of seconds: Double) -> Int {
        let position = seconds / width + 1e-6
        // Far beyond any capacity: merging brings it down, and the conversion must not trap.
        return position < 1e9 ? Int(position) : 1_000_000_000
    }

    private mutating func mergeNeighbours() {
        let columns = signals.count
        for bucket in 0..<capacity / 2 {
            for signal in 0..<columns {
                let target = bucket * columns + signal
                let first = 2 * bucket * columns + signal
                let second = first + columns
                least[target] = min(least[first], least[second])
                greatest[target] = max(greatest[first], greatest[second])
                sum[target] = sum[first] + sum[second]
                count[target] = count[first] + count[second]
            }
        }
        for cell in (capacity / 2 * columns)..<(capacity * columns) {
            least[cell] = .infinity
            greatest[cell] = -.infinity
            sum[cell] = 0
            count[cell] = 0
        }
        used = (used + 1) / 2
        width *= 2
    }
}
