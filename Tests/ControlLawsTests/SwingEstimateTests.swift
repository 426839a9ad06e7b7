import ControlLaws
import Testing
import Units

@Suite struct SwingEstimateTests {
    /// Feeds a square wave between 12 and 33 kW; each step's length is `lengths` in milliseconds, 80 % of it high.
    private func learned(_ lengths: [Int64], scan: Int64 = 100, noise: Int64 = 0) -> SwingEstimate {
        var estimate = SwingEstimate()
        var random = SplitMix(state: 7)
        var clock: Int64 = 0
        var end: Int64 = 0
        for length in lengths {
            let start = end
            end += length
            while clock < end {
                let base: Int64 = clock - start < length * 8 / 10 ? 33_000 : 12_000
                let power = Power.watts(base + (noise > 0 ? random.next(-noise...noise) : 0))
                estimate.observe(power, least: .watts(1300), elapsed: .milliseconds(scan))
                clock += scan
            }
        }
        return estimate
    }

    private func jittered(_ period: Int64, count: Int, percent: Int64) -> [Int64] {
        var random = SplitMix(state: UInt64(period))
        return (0..<count).map { _ in period + period * random.next(-percent * 10...percent * 10) / 1000 }
    }

    /// At a scan cycle of 100 ms a trough of 60 ms would not be seen at all: the short ones need a faster one.
    @Test(arguments: [300, 500, 1000, 1500, 3000, 8000, 12_000, 20_000] as [Int64])
    func `periods between 0.3 s and 20 s are learned in five steps`(period: Int64) throws {
        let estimate = learned(Array(repeating: period, count: 6), scan: period < 1000 ? 20 : 100)
        let found = try #require(estimate.period).milliseconds
        #expect(abs(found - period) <= max(period / 20, 60))
    }

    @Test(arguments: [1500, 5000, 15_000] as [Int64])
    func `jitter of 5 % and noise do not hide it`(period: Int64) throws {
        let estimate = learned(jittered(period, count: 20, percent: 5), noise: 1500)
        let found = try #require(estimate.period).milliseconds
        #expect(abs(found - period) <= period / 10)
    }

    @Test func `one step that a checkpoint stretches does not unlearn it`() throws {
        let steps = Array(repeating: Int64(1500), count: 10) + [6500] + [1500]
        #expect(abs(try #require(learned(steps).period).milliseconds - 1500) <= 100)
    }

    @Test func `another period is learned within six steps`() throws {
        let steps = Array(repeating: Int64(1500), count: 10) + Array(repeating: 4000, count: 6)
        #expect(abs(try #require(learned(steps).period).milliseconds - 4000) <= 200)
    }

    @Test func `a load that stands still, or swings by less than matters, has no period`() {
        var estimate = SwingEstimate()
        var random = SplitMix(state: 3)
        for _ in 0..<5000 {
            estimate.observe(
                .watts(20_000 + random.next(-600...600)), least: .watts(1300), elapsed: .milliseconds(100))
        }
        #expect(estimate.period == nil)
    }

    @Test func `a period is forgotten when the swings end`() {
        var estimate = learned(Array(repeating: 1500, count: 10))
        #expect(estimate.period != nil)
        for _ in 0..<600 { estimate.observe(.watts(12_000), least: .watts(1300), elapsed: .milliseconds(100)) }
        #expect(estimate.period == nil)
    }

    @Test func `a peak counts for one window at least and for two at most`() {
        var window = PeakWindow()
        var forgottenAfter: Int?
        window.take(.watts(5000), window: .seconds(3), elapsed: .milliseconds(100))
        for cycle in 1...80 {
            window.take(.watts(1000), window: .seconds(3), elapsed: .milliseconds(100))
            if window.peak < .watts(5000), forgottenAfter == nil { forgottenAfter = cycle }
        }
        #expect((forgottenAfter ?? 0) >= 30 && (forgottenAfter ?? 99) <= 60)
    }
}
