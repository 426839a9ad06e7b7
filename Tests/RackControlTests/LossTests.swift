import RackControl
import Testing
import Units

@Suite struct LossTests {
    @Test func `a silent monitor makes its tray count at the BMC's reading`() {
        var bench = Bench(trays: .equal(2))
        bench.demand = [2200, 2000]
        bench.run(.seconds(2))
        bench.devices[bench.monitor(0)].isSilent = true
        bench.demand = [2700, 2000]
        bench.run(.seconds(2))
        #expect(bench.controller.countedPower(tray: 0) == .watts(2700))
    }

    @Test func `a tray without any reading counts for its cap, then for what its BMC falls back to`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        // A quarter of 99 % of the budget.
        #expect(bench.controller.askedCap(tray: 0) == .watts(2970))
        bench.demand = [5000, 500, 500, 500]
        bench.run(.seconds(14))
        let cap = bench.controller.askedCap(tray: 0)
        #expect(cap > .watts(3500))
        bench.devices[bench.monitor(0)].isSilent = true
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.run(.milliseconds(1500))
        #expect(bench.controller.countedPower(tray: 0) == cap)
        bench.run(.seconds(12))
        #expect(bench.controller.countedPower(tray: 0) == .watts(2970))
    }

    @Test func `a tray that never answered counts for its ceiling`() {
        var bench = Bench(trays: .equal(3), supplies: 0, budget: .watts(9000))
        bench.devices[bench.monitor(2)].isSilent = true
        bench.devices[bench.baseboard(2)].isSilent = true
        bench.run(.seconds(8))
        #expect(bench.controller.countedPower(tray: 2) == .watts(5000))
        let others = bench.controller.askedCap(tray: 0) + bench.controller.askedCap(tray: 1)
        #expect(others <= .watts(4000))
    }

    @Test func `a returned BMC gets its arming and its cap again`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(6))
        let device = bench.baseboard(3)
        bench.devices[device].isSilent = true
        bench.run(.seconds(4))
        bench.restartBaseboard(3)
        bench.devices[device].isSilent = false
        bench.run(.seconds(4))
        #expect(bench.controller.isOnline(device: device))
        #expect(bench.devices[device].registers[Address.limitActive] == 1)
        #expect(bench.devices[device].registers[Address.baseboardWatchdog] == 500)
        let asked = bench.controller.askedCap(tray: 3)
        #expect(bench.devices[device].registers[Address.powerLimit] == UInt16(asked.milliwatts / 1000))
        #expect(bench.controller.confirmedCap(tray: 3) == .watts(asked.milliwatts / 1000))
    }

    @Test func `a BMC that restarts between two polls is noticed and capped again`() {
        var bench = Bench(trays: .equal(8), budget: .watts(27_500))
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(6))
        bench.uptimeOffset = 0
        for tray in 0..<8 { bench.restartBaseboard(tray) }
        #expect(bench.totalPower < 27_500)
        bench.run(.milliseconds(1500))
        #expect(bench.totalPower <= 27_500)
        #expect(bench.events().contains(.restarted(device: bench.baseboard(0))))
        for tray in 0..<8 { #expect(bench.devices[bench.baseboard(tray)].registers[Address.limitActive] == 1) }
    }

    @Test func `a cap that was overwritten behind the controller's back is written again`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        bench.devices[bench.baseboard(1)].registers[Address.powerLimit] = 6000
        bench.run(.milliseconds(1200))
        let asked = bench.controller.askedCap(tray: 1)
        #expect(bench.devices[bench.baseboard(1)].registers[Address.powerLimit] == UInt16(asked.milliwatts / 1000))
        #expect(bench.events().contains(.capContradicted(tray: 1, readBack: .watts(6000))))
    }

    @Test func `caps are refreshed before the watchdog of the BMC expires`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(2))
        bench.writes = []
        bench.run(.seconds(10))
        let refreshed = bench.writes.filter { $0.device == bench.baseboard(0) && $0.address == Address.powerLimit }
        #expect(refreshed.count >= 5)
        #expect(bench.writes.filter { $0.device == bench.monitor(0) }.count >= 5)
    }

    @Test func `a fallback cap follows the budget`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        #expect(bench.devices[bench.baseboard(0)].registers[Address.defaultLimit] == 2970)
        bench.controller.operatorBudget = .watts(8000)
        bench.run(.seconds(2))
        #expect(bench.devices[bench.baseboard(0)].registers[Address.defaultLimit] == 1980)
    }
}
