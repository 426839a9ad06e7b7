import ControlLaws
import Testing
import Units

@Suite struct CappingLawTests {
    private func tray(
        power: Int64, cap: Int64, demand: Int64? = nil, floor: Int64 = 1000, ceiling: Int64 = 5000,
        priority: Int32 = 0, hungry: Bool = false
    ) -> TrayAllocation {
        TrayAllocation(
            power: .watts(power), demand: .watts(demand ?? power), cap: .watts(cap), bound: .watts(cap),
            floor: .watts(floor), ceiling: .watts(ceiling), priority: priority, isHungry: hungry)
    }

    @Test func `every law answers an order that fits the budget, and only no law answers none`() {
        let situation = PowerSituation(power: .watts(9000), budget: .watts(10_000))
        for law in CappingLaw.allForTests {
            var law = law
            var trays = [tray(power: 4000, cap: 5000), tray(power: 5000, cap: 5000, hungry: true)]
            let order = law.order(situation, breaker: nil, in: &trays)
            #expect((order == nil) == !law.isCapping)
            #expect(order.map { $0.capLimit <= .watts(10_000) && $0.target <= .watts(10_000) } ?? true)
        }
    }

    // MARK: Static

    @Test func `static shares do not depend on what the trays draw`() {
        let situation = PowerSituation(power: .watts(9000), budget: .watts(10_000))
        var busy = [tray(power: 5000, cap: 5000, hungry: true), tray(power: 1000, cap: 1000)]
        var idle = [tray(power: 0, cap: 1000), tray(power: 4000, cap: 1000)]
        var law = CappingLaw.fixed(StaticCapLaw())
        _ = law.order(situation, breaker: nil, in: &busy)
        _ = law.order(situation, breaker: nil, in: &idle)
        #expect(busy.map(\.wanted) == [.watts(4950), .watts(4950)])
        #expect(idle.map(\.wanted) == busy.map(\.wanted))
    }

    // MARK: Proportional

    @Test func `proportional caps shrink by the overload and open in a trough`() {
        var law = CappingLaw.proportional(ProportionalLaw())
        var trays = [tray(power: 4000, cap: 4000), tray(power: 3000, cap: 3000, floor: 2500)]
        let over = PowerSituation(power: .watts(10_000), budget: .watts(5000))
        #expect(law.order(over, breaker: nil, in: &trays)?.distribution == .adopt)
        #expect(trays.map(\.wanted) == [.watts(2000), .watts(2500)])
        let trough = PowerSituation(power: .watts(1000), budget: .watts(5000))
        _ = law.order(trough, breaker: nil, in: &trays)
        #expect(trays.map(\.wanted) == [.watts(5000), .watts(5000)])
        let dark = PowerSituation(power: .zero, budget: .kilowatts(3000))
        _ = law.order(dark, breaker: nil, in: &trays)
        #expect(trays.map(\.wanted) == [.watts(5000), .watts(5000)])
    }

    // MARK: Three bands

    @Test func `three bands lower above 99 %, raise below 90 %, and hold between`() {
        var law = CappingLaw.threeBand(.typical)
        var none: [TrayAllocation] = []
        func band(_ power: Int64) -> PowerBand? {
            law.order(PowerSituation(power: .watts(power), budget: .watts(10_000)), breaker: nil, in: &none)?.band
        }
        #expect(band(9901) == .lower)
        #expect(band(9900) == .hold)
        #expect(band(9000) == .hold)
        #expect(band(8999) == .raise)
    }

    // MARK: Water-filling

    @Test func `small demands are met in full and the others get the same`() {
        var law = CappingLaw.waterFilling(WaterFillingLaw(capShare: .whole))
        var trays = [
            tray(power: 1500, cap: 2000), tray(power: 4000, cap: 2000), tray(power: 4500, cap: 2000),
            tray(power: 2500, cap: 2500, hungry: true),
        ]
        _ = law.order(PowerSituation(power: .watts(9000), budget: .watts(9000)), breaker: nil, in: &trays)
        #expect(trays.map(\.wanted) == [.watts(1500), .watts(2500), .watts(2500), .watts(2500)])
    }

    @Test func `a higher priority is met in full before a lower one gets more than its floor`() {
        var law = CappingLaw.waterFilling(WaterFillingLaw(capShare: .whole))
        var trays = [
            tray(power: 4000, cap: 2000, priority: 2), tray(power: 4000, cap: 2000), tray(power: 4000, cap: 2000),
        ]
        _ = law.order(PowerSituation(power: .watts(9000), budget: .watts(6500)), breaker: nil, in: &trays)
        #expect(trays.map(\.wanted) == [.watts(4000), .watts(1250), .watts(1250)])
    }

    @Test func `what is left when all demands are met lies above them`() {
        var law = CappingLaw.waterFilling(WaterFillingLaw(capShare: .whole))
        var trays = [tray(power: 1500, cap: 2000), tray(power: 2500, cap: 2000)]
        _ = law.order(PowerSituation(power: .watts(4000), budget: .watts(8000)), breaker: nil, in: &trays)
        #expect(trays.map(\.wanted) == [.watts(4000), .watts(4000)])
    }

    @Test func `filling is max-min fair and uses the whole budget, whatever comes in`() {
        var random = SplitMix(state: 99)
        for round in 0..<1000 {
            var trays = (0..<Int(random.next(1...27))).map { _ in random.tray() }
            let budget = Power.watts(random.next(0...120_000))
            var law = CappingLaw.waterFilling(WaterFillingLaw(capShare: .whole))
            _ = law.order(PowerSituation(power: .zero, budget: budget), breaker: nil, in: &trays)
            let own = trays.filter(\.isControllable)
            let least = trays.reduce(Power.zero) { $0 + ($1.isControllable ? $1.floor : $1.bound) }
            let most = trays.reduce(Power.zero) { $0 + ($1.isControllable ? $1.ceiling : $1.bound) }
            let sum = trays.totalWanted()
            #expect(sum <= max(budget, least), "round \(round)")
            #expect(sum >= min(max(budget, least), most) - .watts(1), "round \(round)")
            for tray in own {
                #expect(tray.wanted >= tray.floor && tray.wanted <= tray.ceiling, "round \(round)")
                // Whoever is short of its demand has no less than any equal that has more than its floor.
                guard tray.wanted < min(tray.isHungry ? tray.ceiling : tray.demand, tray.ceiling) else { continue }
                for other in own where other.wanted > other.floor + .watts(1) {
                    #expect(other.priority >= tray.priority, "round \(round)")
                    guard other.priority == tray.priority else { continue }
                    #expect(other.wanted <= tray.wanted + .milliwatts(1), "round \(round)")
                }
            }
        }
    }

    // MARK: Trip curve

    @Test func `a cool breaker is overdrawn, a hot one is paid back, and supplies and operator are never exceeded`() {
        var law = CappingLaw.tripCurve(TripCurveLaw())
        var estimate = BreakerEstimate(
            curve: .veryInverse(timeMultiplier: .whole), fastEdge: .percent(80), cooling: .seconds(300))
        let situation = PowerSituation(
            power: .watts(10_000), budget: .watts(10_000), supplyLimit: .watts(13_000), breakerLimit: .watts(10_000))
        var none: [TrayAllocation] = []
        func limit() -> Power { law.order(situation, breaker: estimate, in: &none)?.capLimit ?? .zero }
        #expect(limit() == .watts(12_870))
        while estimate.share < .percent(45) { estimate.carry(.perMille(1300), for: .milliseconds(100)) }
        #expect(limit() == .watts(9900))
        while estimate.share > .percent(25) { estimate.carry(.whole, for: .seconds(1)) }
        #expect(limit() == .watts(9900))
        while estimate.share > .percent(20) { estimate.carry(.whole, for: .seconds(1)) }
        #expect(limit() > .watts(11_000))
    }

    @Test func `what gives up at once beyond a multiple is never asked for more`() {
        var law = CappingLaw.tripCurve(TripCurveLaw())
        let inverter = BreakerEstimate(
            curve: .definite(time: .seconds(30)), fastEdge: .whole, cooling: .seconds(300), most: .perMille(1250))
        let situation = PowerSituation(
            power: .watts(10_000), budget: .watts(10_000), supplyLimit: .watts(20_000), breakerLimit: .watts(10_000))
        var none: [TrayAllocation] = []
        #expect(law.order(situation, breaker: inverter, in: &none)?.capLimit == .watts(12_375))
    }

    @Test func `where no breaker binds the trip curve changes nothing`() {
        var law = CappingLaw.tripCurve(TripCurveLaw())
        var none: [TrayAllocation] = []
        let situation = PowerSituation(power: .watts(8000), budget: .watts(10_000))
        #expect(law.order(situation, breaker: nil, in: &none)?.capLimit == .watts(9900))
    }

    @Test func `supplies that are left bear more the sooner caps come down, and none is overloaded while all work`() {
        let peak = SupplyPeak(power: .watts(8800), time: .seconds(10))
        func bearable(_ mode: SupplyRedundancy, _ working: Int64, within seconds: Int64) -> Power {
            mode.bearableLoad(workingSupplies: working, rating: .watts(5500), peak: peak, reaction: .seconds(seconds))
        }
        // Half of 3.3 kW for 10 s, spread over the reaction: 5 * (5.5 kW + 0.33 kW).
        #expect(bearable(.oneSpare, 6, within: 50) == .watts(29_150))
        #expect(bearable(.oneSpare, 6, within: 5) == .watts(33_000))
        #expect(bearable(.oneSpare, 2, within: 5) == .watts(8800))
        #expect(bearable(.oneSpare, 1, within: 5) == .zero)
        #expect(bearable(.none, 6, within: 5) == .watts(33_000))
    }

    @Test func `an overdraft lets through what it can pay for, and no more than was agreed`() {
        var account = EnergyAccount(allowance: .joules(60_000), most: .watts(15_000))
        #expect(account.excess == .watts(15_000))
        account.draw(.watts(120_000), budget: .watts(105_000), for: .seconds(3))
        #expect(account.used == .joules(45_000))
        #expect(account.excess == .watts(7500))
        account.draw(.watts(95_000), budget: .watts(105_000), for: .seconds(2))
        #expect(account.used == .joules(25_000))
        account.draw(.zero, budget: .watts(105_000), for: .seconds(60))
        #expect(account.used == .zero)
        account.draw(.watts(175_000), budget: .watts(105_000), for: .seconds(1))
        #expect(account.excess == .zero)
    }

    @Test func `the trip curve draws what supplies and operator bear for a while where no breaker binds`() {
        var law = CappingLaw.tripCurve(TripCurveLaw())
        var none: [TrayAllocation] = []
        let situation = PowerSituation(
            power: .watts(9000), budget: .watts(10_000), supplyLimit: .watts(12_000), breakerLimit: .watts(20_000))
        #expect(law.order(situation, breaker: nil, in: &none)?.capLimit == .watts(11_880))
    }

    // MARK: Ramp

    @Test func `the allowance rises by the ramp while more is demanded, and sinks when less is`() {
        var law = CappingLaw.ramp(RampLaw(rise: .watts(500), hold: .seconds(2)))
        func limit(_ demand: Int64, cycles: Int = 1) -> Power {
            var limit = Power.zero
            for _ in 0..<cycles {
                var trays = [tray(power: 0, cap: 2000, demand: demand), tray(power: 0, cap: 2000, demand: 2000)]
                let situation = PowerSituation(power: .watts(3000), budget: .watts(6000), elapsed: .milliseconds(100))
                limit = law.order(situation, breaker: nil, in: &trays)?.capLimit ?? .zero
            }
            return limit
        }
        #expect(limit(1500) == .watts(3550))
        #expect(limit(4500, cycles: 40) == .watts(5550))
        // One tray that its cap holds back is enough: what the other leaves unused does not count against it.
        #expect(limit(4500, cycles: 100) == .watts(5940))
        #expect(limit(1500, cycles: 19) == .watts(5940))
        #expect(limit(1500, cycles: 200) <= .watts(3550))
        // Two floors and what the second demands: no lower cap can be asked for.
        #expect(limit(0, cycles: 200) >= .watts(3000))
    }

    // MARK: Predictive

    @Test func `only the predictive law learns swings, and forgets other demands sooner`() {
        for law in CappingLaw.allForTests {
            var isPredictive = false
            if case .predictive = law { isPredictive = true }
            #expect(law.learnsSwings == isPredictive)
            #expect((law.demandMemory ?? .seconds(5)) == (isPredictive ? PredictiveLaw.patience : .seconds(5)))
        }
    }

    // MARK: Bringing caps there

    @Test func `caps go down at once and up by no more than the amount and the room`() {
        var trays = [tray(power: 4000, cap: 4000), tray(power: 2000, cap: 2000), tray(power: 2000, cap: 2000)]
        for (index, wanted) in [3000, 4000, 3000].enumerated() { trays[index].wanted = .watts(Int64(wanted)) }
        #expect(trays.approach(by: .watts(1500), within: .watts(20_000)) == .watts(1500))
        #expect(trays.map(\.cap) == [.watts(3000), .watts(3000), .watts(2500)])
        // The first tray's bound is still 4 kW: 9.6 kW leave 0.1 kW.
        #expect(trays.approach(by: .watts(1500), within: .watts(9600)) == .watts(100))
        #expect(trays.totalBound() == .watts(9600))
    }

    @Test func `the whole of a rack of 3 MW can be shared out`() {
        var trays = (0..<600).map { _ in tray(power: 4000, cap: 1000, hungry: true) }
        var law = CappingLaw.waterFilling(WaterFillingLaw())
        let situation = PowerSituation(power: .kilowatts(2400), budget: .kilowatts(3000))
        let order = law.order(situation, breaker: nil, in: &trays)
        _ = trays.approach(by: .kilowatts(3000), within: order?.capLimit ?? .zero)
        #expect(trays.totalClaim() <= .kilowatts(2970))
        #expect(trays.totalClaim() >= .kilowatts(2969))
        var proportional = CappingLaw.proportional(ProportionalLaw())
        _ = proportional.order(situation, breaker: nil, in: &trays)
        #expect(trays[0].wanted == .watts(5000))
    }

    @Test func `N+N counts what is left without the feed that carries most`() {
        let mode = SupplyRedundancy.twoFeeds
        #expect(mode.capacity(workingSupplies: 48, onLargestFeed: 24, rating: .watts(5500)) == .watts(132_000))
        #expect(mode.capacity(workingSupplies: 47, onLargestFeed: 24, rating: .watts(5500)) == .watts(126_500))
        // One feed is gone: the other cannot be spared any more.
        #expect(mode.capacity(workingSupplies: 24, onLargestFeed: 24, rating: .watts(5500)) == .watts(132_000))
    }
}

extension CappingLaw {
    fileprivate static var allForTests: [CappingLaw] {
        [
            .none, .fixed(StaticCapLaw()), .proportional(ProportionalLaw()), .threeBand(.typical),
            .waterFilling(WaterFillingLaw()), .tripCurve(TripCurveLaw()), .predictive(PredictiveLaw()),
            .ramp(RampLaw(rise: .watts(500))),
        ]
    }

    fileprivate mutating func order(
        _ situation: PowerSituation, breaker: BreakerEstimate?, in trays: inout [TrayAllocation]
    ) -> PowerOrder? {
        var span = trays.mutableSpan
        return order(situation, breaker: breaker, &span)
    }
}

extension [TrayAllocation] {
    fileprivate mutating func approach(by amount: Power, within budget: Power) -> Power {
        var span = mutableSpan
        return CapAllocation.approach(&span, by: amount, within: budget)
    }
}
