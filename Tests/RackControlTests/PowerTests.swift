import ControlLaws
import RackControl
import Testing
import Units

@Suite struct PowerTests {
    @Test func `an oversubscribed rack is kept inside the budget`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.run(.seconds(2))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        var highest = 0
        bench.run(.seconds(20)) { highest = max(highest, $0.totalPower) }
        #expect(highest <= 27_500)
        #expect(highest > 25_000)
    }

    @Test func `asked caps never add up to more than the budget, whatever the trays want`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.run(.seconds(1))
        var worst = Power.zero
        for round in 0..<20 {
            for tray in 0..<8 { bench.demand[tray] = 500 + (round * 7 + tray * 3) % 10 * 500 }
            bench.run(.seconds(2)) { bench in
                var sum = Power.zero
                for tray in 0..<8 { sum += bench.controller.askedCap(tray: tray) }
                worst = max(worst, sum)
            }
        }
        #expect(worst <= .watts(27_500))
    }

    @Test func `a supply that drops out shrinks the budget within one period of its reading`() {
        var bench = Bench(trays: .equal(8), budget: .watts(30_000))
        bench.run(.seconds(2))
        #expect(bench.controller.effectiveBudget == .watts(27_500))
        bench.devices[0].registers[Address.outputVoltage] = 0
        // One poll of the supply, its transaction, and one scan cycle.
        bench.run(.milliseconds(200 + 4 + 100 + 1))
        #expect(bench.controller.effectiveBudget == .watts(22_000))
        #expect(bench.controller.workingSupplies == 5)
        #expect(bench.events().contains(.supplyLost(device: 0)))
    }

    @Test func `a converter failure alarm counts as a lost supply`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(1))
        bench.devices[2].registers[Address.generalAlarms] = 0x0200
        bench.run(.milliseconds(400))
        #expect(bench.controller.workingSupplies == 5)
    }

    @Test func `a silent supply counts as lost once its reading is stale`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(1))
        bench.devices[1].isSilent = true
        bench.run(.seconds(1))
        #expect(bench.controller.workingSupplies == 5)
        bench.devices[1].isSilent = false
        bench.run(.seconds(4))
        #expect(bench.controller.workingSupplies == 6)
    }

    @Test func `caps follow a smaller budget at once`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.run(.seconds(2))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        bench.controller.operatorBudget = .watts(20_000)
        bench.run(.milliseconds(300))
        #expect(bench.totalPower <= 20_000)
    }

    @Test func `uncapping obeys the slew`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.run(.seconds(2))
        bench.controller.operatorBudget = .watts(16_000)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        bench.controller.operatorBudget = .watts(27_500)
        let before = bench.totalPower
        bench.run(.seconds(10))
        #expect(bench.totalPower > before)
        #expect(bench.totalPower <= before + 500 * 10)
    }

    @Test func `lowering writes go out before raising ones`() {
        var trays = [ControllerTray].equal(4)
        trays[0].priority = 5
        var bench = Bench(trays: trays, supplies: 0, budget: .watts(10_000), serial: true)
        bench.run(.seconds(2))
        bench.demand = [500, 5000, 5000, 5000]
        bench.run(.seconds(20))
        bench.demand = [5000, 5000, 5000, 5000]
        var held = (0..<4).map { bench.devices[bench.baseboard($0)].registers[Address.powerLimit] ?? 0 }
        var highest = 0
        var hasRaised = false
        bench.run(.seconds(40)) { bench in
            for tray in 0..<4 {
                let value = bench.devices[bench.baseboard(tray)].registers[Address.powerLimit] ?? 0
                if value > held[tray] { hasRaised = true }
                held[tray] = value
            }
            highest = max(highest, held.reduce(0) { $0 + Int($1) })
        }
        #expect(hasRaised)
        #expect(highest <= 10_000)
        #expect(bench.controller.askedCap(tray: 0) == .watts(5000))
    }

    @Test func `the lowest priority gives way first and nobody goes below the floor`() {
        var trays = [ControllerTray].equal(4)
        trays[3].priority = 0
        var bench = Bench(trays: trays, supplies: 0, budget: .watts(20_000))
        bench.demand = [4000, 4000, 4000, 4000]
        bench.run(.seconds(3))
        bench.controller.operatorBudget = .watts(14_000)
        bench.run(.seconds(2))
        #expect(bench.power(3) < 1500)
        #expect(bench.power(0) == 4000)
        bench.controller.operatorBudget = .watts(3000)
        bench.run(.seconds(2))
        for tray in 0..<4 { #expect(bench.power(tray) == 1000) }
        #expect(bench.events().contains { if case .budgetBelowFloors = $0 { true } else { false } })
    }

    @Test func `without a law nothing is capped and fans are still driven`() {
        var bench = Bench(trays: .equal(8), budget: .watts(10_000)) { $0.law = .none }
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        #expect(bench.totalPower == 40_000)
        #expect(bench.controller.measuredPower == .watts(40_000))
        #expect(bench.writes.allSatisfy { $0.address == Address.dutyCommand })
        #expect(!bench.writes.isEmpty)
    }

    @Test func `training swings do not make the caps hunt`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(14_000))
        for _ in 0..<10 {
            bench.demand = Array(repeating: 4500, count: 4)
            bench.run(.milliseconds(1500))
            bench.demand = Array(repeating: 1800, count: 4)
            bench.run(.milliseconds(700))
        }
        let before = (0..<4).map { bench.controller.askedCap(tray: $0) }
        for _ in 0..<10 {
            bench.demand = Array(repeating: 4500, count: 4)
            bench.run(.milliseconds(1500))
            bench.demand = Array(repeating: 1800, count: 4)
            bench.run(.milliseconds(700))
        }
        #expect((0..<4).map { bench.controller.askedCap(tray: $0) } == before)
    }

    @Test func `a late scan cycle is counted and keeps its place in the period`() {
        let bench = Bench(trays: .equal(1))
        bench.controller.step(at: .start + .milliseconds(7))
        #expect(bench.controller.nextDeadline == .start + .milliseconds(107))
        bench.controller.step(at: .start + .milliseconds(50))
        bench.controller.step(at: .start + .milliseconds(357))
        #expect(bench.controller.counters.lateCycles == 1)
        #expect(bench.controller.nextDeadline == .start + .milliseconds(407))
    }
}
