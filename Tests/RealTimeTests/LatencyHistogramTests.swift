import RealTime
import Testing
import Units

struct LatencyHistogramTests {
    @Test func `percentiles are within a thousandth of the true ones`() {
        var histogram = LatencyHistogram()
        for microseconds in 1...10_000 { histogram.record(.microseconds(Int64(microseconds))) }
        let summary = histogram.summary
        #expect(summary.count == 10_000)
        #expect(near(summary.median, .microseconds(5_000)))
        #expect(near(summary.p99, .microseconds(9_900)))
        #expect(near(summary.p999, .microseconds(9_990)))
        #expect(near(summary.greatest, .microseconds(10_000)))
    }

    private func near(_ found: Interval, _ expected: Interval) -> Bool {
        (found - expected).rawValue.magnitude * 1000 <= expected.rawValue.magnitude
    }

    @Test func `what lies outside the range is counted at its ends`() {
        var histogram = LatencyHistogram()
        histogram.record(.nanoseconds(-5))
        histogram.record(.seconds(100_000))
        #expect(histogram.summary.count == 2)
        #expect(near(histogram.summary.greatest, .seconds(60)))
        #expect(histogram.beyondRange == 1)
    }

    @Test func `without a record everything is zero`() {
        #expect(LatencyHistogram().summary == LatencySummary())
    }
}
