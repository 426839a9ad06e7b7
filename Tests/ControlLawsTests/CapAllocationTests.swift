import ControlLaws
import Testing
import Units

@Suite struct CapAllocationTests {
    private func tray(
        power: Int64, cap: Int64, floor: Int64 = 1000, ceiling: Int64 = 5000, priority: Int32 = 0, hungry: Bool = false
    ) -> TrayAllocation {
        TrayAllocation(
            power: .watts(power), demand: .watts(power), cap: .watts(cap), bound: .watts(cap), floor: .watts(floor),
            ceiling: .watts(ceiling), priority: priority, isHungry: hungry)
    }

    @Test func `a cut takes the lowest priority down to its floor before it touches the next`() {
        var trays = [tray(power: 3000, cap: 4000, priority: 2), tray(power: 3000, cap: 4000, priority: 1)]
        let rest = trays.cut(.watts(2500))
        #expect(rest == .zero)
        #expect(trays[1].cap == .watts(1000))
        #expect(trays[0].cap == .watts(2500))
    }

    @Test func `inside a group a cut is proportional to the power above the floor`() {
        var trays = [tray(power: 4000, cap: 4000), tray(power: 2000, cap: 4000), tray(power: 1000, cap: 4000)]
        _ = trays.cut(.watts(1000))
        #expect(trays.map(\.cap) == [.watts(3250), .watts(1750), .watts(4000)])
    }

    @Test func `what floors forbid to cut is returned`() {
        var trays = [tray(power: 1500, cap: 2000), tray(power: 1200, cap: 2000)]
        #expect(trays.cut(.watts(1000)) == .watts(300))
        #expect(trays.map(\.cap) == [.watts(1000), .watts(1000)])
    }

    @Test func `fitting takes idle cap before power that is drawn, whatever the priority`() {
        var trays = [tray(power: 1500, cap: 5000, priority: 9), tray(power: 4000, cap: 4000, priority: 1)]
        #expect(trays.fit(within: .watts(6000)) == .zero)
        #expect(trays.map(\.cap) == [.watts(2000), .watts(4000)])
    }

    @Test func `a tray that cannot be capped counts for its bound and stays as it is`() {
        var trays = [tray(power: 3000, cap: 3000), tray(power: 3000, cap: 2000)]
        trays[1].isControllable = false
        trays[1].bound = .watts(5000)
        #expect(trays.fit(within: .watts(7000)) == .zero)
        #expect(trays.map(\.cap) == [.watts(2000), .watts(2000)])
        #expect(trays.cut(.watts(5000)) == .watts(4000))
    }

    @Test func `a tray that ignores its cap is not counted on when power is cut`() {
        var trays = [tray(power: 4000, cap: 2000), tray(power: 3000, cap: 3000)]
        trays[0].obeys = false
        #expect(trays.cut(.watts(500)) == .zero)
        #expect(trays.map(\.cap) == [.watts(2000), .watts(2500)])
    }

    @Test func `raising serves held-back trays of the highest priority first`() {
        var trays = [
            tray(power: 2000, cap: 2000, priority: 1, hungry: true),
            tray(power: 4500, cap: 4500, priority: 2, hungry: true), tray(power: 1000, cap: 3000, priority: 3),
        ]
        #expect(trays.raise(by: .watts(800), within: .watts(20_000)) == .watts(800))
        #expect(trays.map(\.cap) == [.watts(2300), .watts(5000), .watts(3000)])
    }

    @Test func `room that a tray was asked to give up is not given away before its limit is down`() {
        var trays = [tray(power: 2000, cap: 2000, hungry: true), tray(power: 2000, cap: 2500)]
        trays[1].bound = .watts(4000)
        #expect(trays.raise(by: .watts(1000), within: .watts(6000)) == .zero)
        #expect(trays.raise(by: .watts(1000), within: .watts(6400)) == .watts(400))
    }

    @Test func `reclaiming takes slack for a held-back tray, and cap of lower priorities when slack does not do`() {
        var trays = [
            tray(power: 2000, cap: 2000, priority: 2, hungry: true), tray(power: 1500, cap: 1800, priority: 2),
            tray(power: 3000, cap: 3000, priority: 1, hungry: true),
        ]
        #expect(
            trays.reclaim(.watts(500), within: .watts(6800), lowerPriorityOnly: false)
                == .watts(500))
        #expect(trays.map(\.cap) == [.watts(2000), .watts(1500), .watts(2800)])
    }

    @Test func `levelling takes from those who have more than their equals, and only from them`() {
        var trays = [
            tray(power: 4000, cap: 4000, hungry: true), tray(power: 2000, cap: 2000, hungry: true),
            tray(power: 1000, cap: 4500), tray(power: 4500, cap: 4500, priority: 1, hungry: true),
        ]
        #expect(trays.level(by: .watts(300)) == .watts(300))
        #expect(trays.map(\.cap) == [.watts(3700), .watts(2000), .watts(4500), .watts(4500)])
        #expect(trays.level(by: .watts(5000)) == .watts(850))
        #expect(trays[0].cap == .watts(2850))
        trays[1].cap = .watts(2800)
        #expect(trays.level(by: .watts(5000)) == .zero)
    }

    @Test func `levelling leaves a tray alone that ignores its cap`() {
        var trays = [tray(power: 4800, cap: 4000, hungry: true), tray(power: 2000, cap: 2000, hungry: true)]
        trays[0].obeys = false
        #expect(trays.level(by: .watts(500)) == .zero)
    }

    @Test func `safe shares fit the budget and leave nobody below the floor`() {
        var trays = [tray(power: 0, cap: 0), tray(power: 0, cap: 0, floor: 2000, ceiling: 4000)]
        let fits = trays.divide(.watts(6000))
        #expect(fits)
        #expect(trays.map(\.wanted) == [.watts(3000), .watts(3000)])
        let fitsFloors = trays.divide(.watts(2500))
        #expect(!fitsFloors)
        #expect(trays.map(\.wanted) == [.watts(1000), .watts(2000)])
    }

    @Test func `allocations conserve the budget and keep floors and ceilings, whatever comes in`() {
        var random = SplitMix(state: 2024)
        for round in 0..<3000 {
            var trays = (0..<Int(random.next(1...27))).map { _ in random.tray() }
            let before = trays
            let floors = trays.reduce(Power.zero) { $0 + ($1.isControllable ? $1.floor : $1.bound) }
            let budget = Power.watts(random.next(0...120_000))
            _ = trays.cut(.watts(random.next(0...20_000)))
            let rest = trays.fit(within: budget)
            #expect(trays.totalClaim() - rest <= budget, "round \(round)")
            #expect(rest == max(.zero, floors - budget) || rest == .zero, "round \(round)")
            for (old, new) in zip(before, trays) {
                #expect(new.cap <= old.cap && new.cap >= min(old.cap, old.floor), "round \(round)")
            }
            let lowered = trays
            let boundBefore = trays.totalBound()
            let amount = Power.watts(random.next(0...10_000))
            let given = trays.raise(by: amount, within: budget)
            #expect(given >= .zero && given <= amount, "round \(round)")
            #expect(trays.totalBound() <= max(boundBefore, budget), "round \(round)")
            for (old, new) in zip(lowered, trays) {
                #expect(new.cap >= old.cap && new.cap <= max(old.cap, old.ceiling), "round \(round)")
                #expect(new.bound >= new.cap, "round \(round)")
            }
            if trays.divide(budget) {
                #expect(trays.totalWanted() <= budget, "round \(round)")
            }
        }
    }
}

/// The laws work on spans; here on the array that a test looks at.
extension [TrayAllocation] {
    mutating func cut(_ amount: Power) -> Power {
        var span = mutableSpan
        return CapAllocation.cut(amount, from: &span)
    }

    mutating func fit(within budget: Power) -> Power {
        var span = mutableSpan
        return CapAllocation.fit(&span, within: budget)
    }

    mutating func raise(by amount: Power, within budget: Power) -> Power {
        var span = mutableSpan
        return CapAllocation.raise(&span, by: amount, within: budget)
    }

    mutating func reclaim(_ amount: Power, within budget: Power, lowerPriorityOnly: Bool) -> Power {
        var span = mutableSpan
        return CapAllocation.reclaim(amount, from: &span, within: budget, lowerPriorityOnly: lowerPriorityOnly)
    }

    mutating func level(by amount: Power) -> Power {
        var span = mutableSpan
        return CapAllocation.level(&span, by: amount)
    }

    mutating func divide(_ budget: Power) -> Bool {
        var span = mutableSpan
        return SafeShare.divide(budget, among: &span)
    }

    func totalClaim() -> Power { reduce(.zero) { $0 + $1.claim } }
    /// What the rack would claim with every cap where a law wants it.
    func totalWanted() -> Power { reduce(.zero) { $0 + ($1.isControllable ? $1.wanted : $1.bound) } }
    func totalBound() -> Power { reduce(.zero) { $0 + $1.bound } }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seeded stream for property tests.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func next(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func tray() -> TrayAllocation {
        let floor = Power(rawValue: next(0...2_000_000))
        let ceiling = floor + Power(rawValue: next(0...4_000_000))
        let cap = floor + Power(rawValue: next(0...(ceiling - floor).rawValue))
        return TrayAllocation(
            power: Power(rawValue: next(0...7_000_000)), demand: Power(rawValue: next(0...7_000_000)), cap: cap,
            bound: cap + Power(rawValue: next(0...1_000_000)), floor: floor, ceiling: ceiling,
            priority: Int32(next(-1...3)), isControllable: next(0...9) > 0, obeys: next(0...9) > 0,
            isHungry: next(0...1) == 0)
    }
}
