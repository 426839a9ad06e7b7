import ControlLaws
import RackControl
import Testing
import Units

/// Who gets what inside the band.
@Suite struct FairnessTests {
    @Test func `equal trays that all want more end up with equal caps`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        // Two trays are busy when the cut comes, and the others join them later.
        bench.demand = [5000, 5000, 1500, 1500]
        bench.run(.seconds(20))
        bench.demand = [5000, 5000, 5000, 5000]
        bench.run(.seconds(40))
        let caps = (0..<4).map { bench.controller.askedCap(tray: $0) }
        #expect(caps.max()! - caps.min()! <= .watts(200))
        #expect(bench.totalPower >= 11_300)
    }

    @Test func `caps leave a guard below the budget for trays that draw a little too much`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(1))
        #expect(bench.totalPower <= 27_225)
        bench.demand = Array(repeating: 1500, count: 8)
        bench.run(.seconds(60))
        bench.demand = Array(repeating: 5000, count: 8)
        var highest = 0
        bench.run(.seconds(2)) { highest = max(highest, $0.totalPower) }
        #expect(highest <= 27_225)
    }

    @Test func `after a recovery caps rise to the target and not only to the lower edge of the band`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(3))
        bench.controller.operatorBudget = .watts(20_000)
        bench.run(.seconds(3))
        bench.controller.operatorBudget = .watts(27_500)
        bench.run(.seconds(60))
        #expect(bench.totalPower >= 26_000)
        #expect(bench.totalPower <= 27_225)
    }
}
