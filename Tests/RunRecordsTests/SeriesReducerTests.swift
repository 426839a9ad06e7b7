import RunRecords
import Testing

private let signals = [
    SignalDescription(path: "rack.power", unit: "W"), SignalDescription(path: "tray-1.duty", unit: "%"),
]

private func reducer(capacity: Int, samples: [(at: Double, power: Double, duty: Double)]) -> SeriesReducer {
    var reducer = SeriesReducer(signals: signals, interval: 0.1, capacity: capacity)
    for sample in samples {
        [sample.power, sample.duty].withUnsafeBufferPointer { reducer.take(at: sample.at, values: $0) }
    }
    return reducer
}

@Suite struct SeriesReducerTests {
    @Test func `each sample has its own bucket while there is room`() {
        let records = reducer(capacity: 4, samples: (0..<4).map { (Double($0) / 10, Double($0), 50) }).records()
        #expect(records.map(\.path) == ["rack.power", "tray-1.duty"])
        #expect(records.map(\.unit) == ["W", "%"])
        #expect(records[0].buckets.map(\.mean) == [0, 1, 2, 3])
        #expect(records[0].buckets.map(\.at) == [0, 0.1, 0.2, 0.1 * 3])
        #expect(records[1].buckets.allSatisfy { $0.least == 50 && $0.mean == 50 && $0.greatest == 50 })
    }

    @Test func `a full reducer doubles the width and keeps extremes and means`() {
        let full = reducer(
            capacity: 4,
            samples: [(0, 10, 1), (0.1, 30, 1), (0.2, 8, 1), (0.3, 2, 1), (0.4, 100, 1)])
        #expect(full.width == 0.2)
        let power = full.records()[0].buckets
        #expect(power.map(\.least) == [10, 2, 100])
        #expect(power.map(\.mean) == [20, 5, 100])
        #expect(power.map(\.greatest) == [30, 8, 100])
    }

    @Test func `an hour at 10 Hz stays within its buckets and loses no spike`() {
        var reducer = SeriesReducer(signals: [signals[0]], interval: 0.1)
        for sample in 0..<36_000 {
            [sample == 20_123 ? 99_000 : 1_000].withUnsafeBufferPointer {
                reducer.take(at: Double(sample) / 10, values: $0)
            }
        }
        let buckets = reducer.records()[0].buckets
        #expect(buckets.count == 563 && reducer.width == 6.4)
        let spike = buckets.filter { $0.greatest == 99_000 }
        #expect(spike.count == 1)
        #expect(spike.allSatisfy { $0.at <= 2_012.3 && 2_012.3 < $0.at + reducer.width })
    }

    @Test func `a long silence leaves a gap and no empty bucket`() {
        let gap = reducer(capacity: 4, samples: [(0, 5, 1), (1.5, 7, 1)])
        let power = gap.records()[0].buckets
        #expect(gap.width == 0.4)
        #expect(power.map(\.at) == [0, 3 * 0.4])
        #expect(power.map(\.mean) == [5, 7])
    }

    @Test func `values that are not finite are left out of their signal alone`() {
        let records = reducer(capacity: 4, samples: [(0, .nan, 1), (0.1, .infinity, 2), (0.2, 4, 3)]).records()
        #expect(records[0].buckets.map(\.mean) == [4])
        #expect(records[1].buckets.map(\.mean) == [1, 2, 3])
    }

    @Test func `the extremes enclose the mean although they are kept in single precision`() {
        let bucket = reducer(capacity: 4, samples: [(0, 27_500.0001, 0.1)]).records()[0].buckets[0]
        #expect(bucket.least <= bucket.mean && bucket.mean <= bucket.greatest)
        #expect(bucket.mean == 27_500.0001)
    }
}
