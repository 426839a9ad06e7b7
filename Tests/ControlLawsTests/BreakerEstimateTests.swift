import ControlLaws
import Testing
import Units

@Suite struct BreakerEstimateTests {
    /// Time in which a cool estimate reaches the trip heat at a constant multiple, in steps of 10 ms.
    private func timeToTrip(_ curve: OverloadCurve, fastEdge: PerMille, multiple: PerMille) -> Double {
        var estimate = BreakerEstimate(curve: curve, fastEdge: fastEdge, cooling: .seconds(300))
        var steps = 0
        while estimate.share < .whole, steps < 1_000_000 {
            estimate.carry(multiple, for: .milliseconds(10))
            steps += 1
        }
        return Double(steps) * 0.01
    }

    @Test(arguments: [1050, 1100, 1300, 1450, 2000, 3000, 6000] as [Int64])
    func `a constant overload trips in the time of IEC 60255 on the fast edge`(multiple: Int64) {
        let m = Double(multiple) / 1000
        let very = timeToTrip(
            .veryInverse(timeMultiplier: .whole), fastEdge: .percent(80), multiple: .perMille(multiple))
        let expectedVery = 13.5 / (m - 1) * 0.8
        // One part in a hundred, and the step in which it trips.
        #expect(abs(very - expectedVery) <= expectedVery * 0.01 + 0.011)
        let extremely = timeToTrip(
            .extremelyInverse(timeMultiplier: .perMille(500)), fastEdge: .percent(90), multiple: .perMille(multiple))
        let expectedExtremely = 80 / (m * m - 1) * 0.5 * 0.9
        #expect(abs(extremely - expectedExtremely) <= expectedExtremely * 0.01 + 0.011)
    }

    @Test func `a curve known by one time trips in that time at any overload`() {
        for multiple in [1030, 1500, 9000] as [Int64] {
            let time = timeToTrip(
                .definite(time: .seconds(60)), fastEdge: .percent(80), multiple: .perMille(multiple))
            #expect(abs(time - 48) < 0.5)
        }
    }

    @Test func `below the pick-up it cools, more slowly than an exponential, at any scan cycle`() {
        for step in [10, 100, 1000, 60_000] as [Int64] {
            var estimate = hot(.percent(60))
            for _ in 0..<(120_000 / step) { estimate.carry(.whole, for: .milliseconds(step)) }
            // After two time constants of 60 s e^-2 = 13.5 % of 60 % are left.
            #expect(estimate.share.perMille >= 81)
            #expect(estimate.share.perMille < 210)
        }
    }

    @Test func `what may flow for a while uses up the allowance and no more`() {
        for start in [0, 10, 30, 49] as [Int64] {
            var estimate = hot(.percent(start))
            let multiple = estimate.allowedMultiple(for: .seconds(10), limit: .percent(50), most: .perMille(4000))
            #expect(multiple >= .whole)
            for _ in 0..<100 { estimate.carry(multiple, for: .milliseconds(100)) }
            #expect(estimate.share <= .percent(50))
            #expect(estimate.share >= .perMille(497) || multiple <= .perMille(1021))
        }
        let spent = hot(.percent(50)).allowedMultiple(for: .seconds(10), limit: .percent(50), most: .perMille(4000))
        #expect(spent == .whole)
    }

    @Test func `absurd currents and pauses do not overflow it`() {
        for curve in [
            OverloadCurve.veryInverse(timeMultiplier: .zero), .extremelyInverse(timeMultiplier: .zero),
            .definite(time: .zero),
        ] {
            var estimate = BreakerEstimate(curve: curve, fastEdge: .percent(80), cooling: .zero)
            estimate.carry(PerMille(rawValue: .max), for: .seconds(1000))
            #expect(estimate.share == .whole)
            estimate.carry(.zero, for: .seconds(100_000))
            #expect(estimate.share < .whole)
        }
    }

    private func hot(_ share: PerMille) -> BreakerEstimate {
        var estimate = BreakerEstimate(
            curve: .veryInverse(timeMultiplier: .whole), fastEdge: .percent(80), cooling: .seconds(60))
        while estimate.share < share { estimate.carry(.perMille(1500), for: .milliseconds(10)) }
        return estimate
    }
}
