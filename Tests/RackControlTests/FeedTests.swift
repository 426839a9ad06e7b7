import ControlLaws
import RackControl
import Testing
import Units

/// Feeds, their breakers, and what the redundancy mode promises of them.
@Suite struct FeedTests {
    private func bench(
        feeds: Int, redundancy: SupplyRedundancy, budget: Int64 = 33_000, law: CappingLaw = .threeBand(.typical)
    ) -> Bench {
        Bench(
            trays: .equal(8), budget: .watts(budget), feeds: Array(repeating: .bench, count: feeds)
        ) {
            $0.redundancy = redundancy
            $0.law = law
        }
    }

    private func lose(feed: Int, of bench: inout Bench) {
        for supply in stride(from: feed, to: 6, by: 2) { bench.devices[supply].registers[Address.outputVoltage] = 0 }
    }

    @Test func `a breaker that carries less than the supplies sets the budget`() {
        var bench = bench(feeds: 1, redundancy: .none)
        bench.run(.seconds(2))
        #expect(bench.controller.breakerLimit == .watts(14_000))
        #expect(bench.controller.effectiveBudget == .watts(14_000))
    }

    @Test func `two feeds share the load by the supplies that work behind each`() {
        var bench = bench(feeds: 2, redundancy: .none)
        bench.run(.seconds(2))
        #expect(bench.controller.breakerLimit == .watts(28_000))
        bench.devices[0].registers[Address.outputVoltage] = 0
        bench.run(.milliseconds(400))
        // Feed 2 carries three fifths of the whole: 14 kW * 5 / 3.
        #expect(bench.controller.breakerLimit == .milliwatts(23_333_333))
    }

    @Test func `supplies that come and go do not keep alive what N+N promised when all were there`() {
        var bench = bench(feeds: 2, redundancy: .twoFeeds)
        bench.run(.seconds(2))
        #expect(bench.controller.effectiveBudget > .watts(11_000))
        bench.devices[0].registers[Address.outputVoltage] = 0
        let on = bench.devices[2].registers[Address.outputVoltage]
        for round in 0..<10 {
            bench.devices[2].registers[Address.outputVoltage] = round.isMultiple(of: 2) ? 0 : on
            bench.run(.milliseconds(500))
        }
        // Two of the feed's three at the most: three and two less the three, 5.5 kW each.
        #expect(bench.controller.effectiveBudget <= .watts(11_000))
    }

    @Test func `with N+N the caps fit what either feed carries alone, before and after it is lost`() {
        var bench = bench(feeds: 2, redundancy: .twoFeeds)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(10))
        #expect(bench.controller.capacity == .watts(16_500))
        #expect(bench.controller.effectiveBudget == .watts(14_000))
        _ = bench.events()
        lose(feed: 0, of: &bench)
        var highest = 0
        var least = Power.watts(14_000)
        bench.run(.seconds(5)) { bench in
            highest = max(highest, bench.totalPower)
            least = min(least, bench.controller.effectiveBudget)
        }
        // Its supplies are found lost one by one, and return so: the budget stands still meanwhile.
        for supply in stride(from: 0, to: 6, by: 2) {
            bench.devices[supply].registers[Address.outputVoltage] = 5000
            bench.run(.milliseconds(300)) { least = min(least, $0.controller.effectiveBudget) }
        }
        bench.run(.seconds(3)) { least = min(least, $0.controller.effectiveBudget) }
        #expect(least == .watts(14_000))
        #expect(highest <= 14_000)
        let lowered = bench.events().contains { if case .capLowered = $0 { true } else { false } }
        #expect(!lowered)
    }

    @Test func `with N+1 the loss of a feed takes the budget to what the other carries`() {
        var bench = bench(feeds: 2, redundancy: .oneSpare)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        #expect(bench.controller.effectiveBudget == .watts(27_500))
        lose(feed: 1, of: &bench)
        bench.run(.seconds(3))
        // Three supplies are left, of which one may fail.
        #expect(bench.controller.effectiveBudget == .watts(11_000))
        #expect(bench.totalPower <= 11_000)
    }

    @Test func `a burst over the breaker's rating heats its estimate, and the trip curve pays it back`() {
        var bench = bench(feeds: 1, redundancy: .none, budget: 20_000, law: .tripCurve(TripCurveLaw()))
        bench.demand = Array(repeating: 1200, count: 8)
        bench.run(.seconds(60))
        bench.demand = Array(repeating: 2400, count: 8)
        var highest = 0
        var hottest = PerMille.zero
        bench.run(.seconds(60)) { bench in
            highest = max(highest, bench.totalPower)
            hottest = max(hottest, bench.controller.tripHeat)
        }
        #expect(highest > 16_000)
        #expect(hottest > .percent(40))
        #expect(hottest < .percent(55))
        // What was spent is being paid back; readings lag a little behind.
        #expect(bench.totalPower <= 14_000)
        let before = bench.controller.tripHeat
        bench.run(.seconds(60))
        #expect(bench.controller.tripHeat < before)
    }

    @Test(
        arguments: [
            CappingLaw.fixed(StaticCapLaw()), .threeBand(.typical), .waterFilling(WaterFillingLaw()),
            .tripCurve(TripCurveLaw()), .predictive(PredictiveLaw()), .ramp(RampLaw(rise: .watts(2000))),
        ])
    func `every law that claims it keeps an oversubscribed rack inside the budget`(law: CappingLaw) {
        var bench = Bench(trays: .equal(8), budget: .watts(24_000)) { $0.law = law }
        bench.run(.seconds(2))
        bench.demand = [5000, 5000, 4000, 4000, 3000, 3000, 1000, 1000]
        bench.run(.seconds(5))
        var highest = 0
        bench.run(.seconds(30)) { highest = max(highest, $0.totalPower) }
        #expect(highest <= 24_000)
        // Fixed shares leave unused what the small ones do not want.
        #expect(highest > 19_000)
        bench.controller.operatorBudget = .watts(18_000)
        bench.run(.milliseconds(300))
        #expect(bench.totalPower <= 18_000)
    }

    @Test func `the proportional law has no sum of caps, so a peak after a trough runs over the budget`() {
        var bench = Bench(trays: .equal(8), budget: .watts(24_000)) { $0.law = .proportional(ProportionalLaw()) }
        bench.demand = Array(repeating: 1500, count: 8)
        bench.run(.seconds(5))
        bench.demand = Array(repeating: 5000, count: 8)
        var highest = 0
        bench.run(.milliseconds(300)) { highest = max(highest, $0.totalPower) }
        #expect(highest > 30_000)
        bench.run(.seconds(3))
        #expect(bench.totalPower <= 24_500)
    }

    @Test func `what one tray gives up, an equal gets within a second, and the sum rises no faster than the slew`() {
        var bench = Bench(trays: .equal(8), budget: .watts(24_000)) { $0.law = .waterFilling(WaterFillingLaw()) }
        bench.demand = [5000, 5000, 5000, 5000, 1000, 1000, 1000, 1000]
        bench.run(.seconds(30))
        bench.demand = [1000, 1000, 1000, 1000, 5000, 5000, 5000, 5000]
        // The peak detector forgets a tray's demand with 5 s.
        bench.run(.seconds(12))
        #expect(bench.power(4) >= 4000)
        bench.controller.operatorBudget = .watts(10_000)
        bench.run(.seconds(2))
        bench.controller.operatorBudget = .watts(24_000)
        let before = (0..<8).reduce(Power.zero) { $0 + bench.controller.askedCap(tray: $1) }
        bench.run(.seconds(4))
        let after = (0..<8).reduce(Power.zero) { $0 + bench.controller.askedCap(tray: $1) }
        #expect(after > before)
        #expect(after - before <= .watts(500 * 4 + 200))
    }
}
