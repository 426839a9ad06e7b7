internal import Histogram
public import Units

/// Durations with their tail, at a fixed memory and without keeping samples.
///
/// The range and the precision are fixed at the start, so that recording allocates nothing: 1 ns to 60 s with three
/// significant digits, some 200 KiB. What is longer counts as the longest; what is negative as zero.
public struct LatencyHistogram: Sendable {
    private var histogram: Histogram<UInt64>
    /// Durations beyond the range, which stand in it as its end.
    public private(set) var beyondRange = 0

    /// 60 s: longer than any scan cycle may be.
    private static let longest: UInt64 = 60_000_000_000

    public init() {
        histogram = Histogram(highestTrackableValue: Self.longest, numberOfSignificantValueDigits: .three)
    }

    public mutating func record(_ duration: Interval) {
        let value = UInt64(max(0, duration.rawValue))
        if value > Self.longest { beyondRange += 1 }
        histogram.record(min(value, Self.longest))
    }

    /// 99 % of the durations so far are no longer; zero before the first. Allocates nothing.
    public var p99: Interval { percentile(99) }

    private func percentile(_ percent: Double) -> Interval {
        .nanoseconds(Int64(clamping: histogram.valueAtPercentile(percent)))
    }

    public var summary: LatencySummary {
        guard histogram.totalCount > 0 else { return LatencySummary() }
        return LatencySummary(
            count: Int(clamping: histogram.totalCount), median: percentile(50), p99: percentile(99),
            p999: percentile(99.9), greatest: .nanoseconds(Int64(clamping: histogram.max)))
    }
}

/// What a histogram says: within 0.1 % of the true durations.
public struct LatencySummary: Hashable, Sendable {
    public var count: Int
    public var median: Interval
    public var p99: Interval
    public var p999: Interval
    public var greatest: Interval

    public init(
        count: Int = 0, median: Interval = .zero, p99: Interval = .zero, p999: Interval = .zero,
        greatest: Interval = .zero
    ) {
        self.count = count
        self.median = median
        self.p99 = p99
        self.p999 = p999
        self.greatest = greatest
    }
}
