import ControlLaws
import RackControl
import Testing
import Units

/// What the controller must not believe.
@Suite struct DoubtTests {
    @Test func `a BMC without a comms watchdog is not expected to fall back`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000)) { $0.deviceWatchdog = .zero }
        bench.run(.seconds(2))
        bench.demand = [5000, 500, 500, 500]
        bench.run(.seconds(14))
        let cap = bench.controller.askedCap(tray: 0)
        #expect(cap > .watts(3500))
        bench.devices[bench.monitor(0)].isSilent = true
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.run(.seconds(20))
        #expect(bench.controller.countedPower(tray: 0) == cap)
    }

    @Test func `a BMC that refuses its comms watchdog is not expected to fall back`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.devices[bench.baseboard(0)].refused = [Address.baseboardWatchdog]
        bench.run(.seconds(2))
        bench.demand = [5000, 500, 500, 500]
        bench.run(.seconds(14))
        let cap = bench.controller.askedCap(tray: 0)
        #expect(cap > .watts(3500))
        bench.devices[bench.monitor(0)].isSilent = true
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.run(.seconds(20))
        #expect(bench.controller.countedPower(tray: 0) == cap)
    }

    @Test func `a stranger in place of a BMC makes its tray count for its ceiling`() {
        var bench = Bench(trays: .equal(3), supplies: 0, budget: .watts(9000))
        bench.demand = [5000, 5000, 5000]
        bench.run(.seconds(4))
        let device = bench.baseboard(2)
        bench.devices[bench.monitor(2)].isSilent = true
        bench.devices[device].isSilent = true
        bench.run(.seconds(1))
        bench.devices[device].registers = [:]
        bench.devices[device].isSilent = false
        bench.run(.seconds(6))
        #expect(bench.controller.phase(device: device) == .misidentified)
        #expect(bench.controller.countedPower(tray: 2) == .watts(5000))
        let others = bench.controller.askedCap(tray: 0) + bench.controller.askedCap(tray: 1)
        #expect(others <= .watts(4000))
    }

    @Test func `the fallback caps follow the smallest cut of the budget`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        bench.controller.operatorBudget = .watts(11_950)
        bench.run(.seconds(2))
        let sum = (0..<4).reduce(0) {
            $0 + Int(bench.devices[bench.baseboard($1)].registers[Address.defaultLimit] ?? 0)
        }
        #expect(sum <= 11_950 * 99 / 100)
    }
}
