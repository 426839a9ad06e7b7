import ControlLaws
import RackControl
import Testing
import Units

@Suite struct SafeStateTests {
    private func progress(_ bench: Bench) -> [SafeStateProgress] {
        (0..<bench.devices.count).map { bench.controller.safeState(device: $0) }
    }

    @Test func `every tray gets its share of the budget, as its cap and as what it falls back to`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.demand = [5000, 500, 500, 500]
        bench.run(.seconds(16))
        #expect(bench.controller.askedCap(tray: 0) > .watts(3500))
        bench.controller.holdSafeState(at: bench.now)
        bench.run(.milliseconds(200))
        for tray in 0..<4 {
            // A quarter of 99 % of the budget.
            #expect(bench.controller.confirmedCap(tray: tray) == .watts(2970))
            #expect(bench.devices[bench.baseboard(tray)].registers[Address.powerLimit] == 2970)
            #expect(bench.devices[bench.baseboard(tray)].registers[Address.defaultLimit] == 2970)
            #expect(bench.controller.safeState(device: bench.baseboard(tray)) == .taken)
            #expect(bench.controller.safeState(device: bench.fans(tray)) == .taken)
            #expect(bench.controller.safeState(device: bench.monitor(tray)) == .notAsked)
            #expect(bench.controller.askedDuty(tray: tray) >= .percent(75))
        }
        #expect(bench.totalPower <= 12_000)
    }

    @Test func `nothing is decided until the safe state is left`() {
        var bench = Bench(trays: .equal(4), supplies: 0, budget: .watts(12_000))
        bench.run(.seconds(2))
        bench.controller.holdSafeState(at: bench.now)
        bench.demand = [5000, 500, 500, 500]
        bench.run(.seconds(20))
        #expect(bench.controller.askedCap(tray: 0) == .watts(2970))
        #expect(bench.controller.isInFailsafe(tray: 0))
        bench.controller.leaveSafeState(at: bench.now)
        bench.run(.seconds(20))
        #expect(bench.controller.askedCap(tray: 0) > .watts(3500))
        #expect(!bench.controller.isInFailsafe(tray: 0))
        let kinds = bench.events()
        #expect(kinds.filter { $0 == .safeStateEntered }.count == 1)
        #expect(kinds.filter { $0 == .safeStateLeft }.count == 1)
    }

    @Test func `a device that does not acknowledge is pending, then out of reach`() {
        var bench = Bench(trays: .equal(2), supplies: 0, budget: .watts(6_000))
        bench.demand = [4000, 500]
        bench.run(.seconds(12))
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.controller.holdSafeState(at: bench.now)
        #expect(bench.controller.safeState(device: bench.baseboard(0)) == .pending)
        bench.run(.milliseconds(400))
        #expect(bench.controller.safeState(device: bench.baseboard(0)) == .outOfReach)
        #expect(bench.controller.safeState(device: bench.baseboard(1)) == .taken)
    }

    @Test func `a device that comes back meanwhile gets the safe cap`() {
        var bench = Bench(trays: .equal(2), supplies: 0, budget: .watts(6_000))
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.run(.seconds(6))
        bench.controller.holdSafeState(at: bench.now)
        bench.devices[bench.baseboard(0)].isSilent = false
        bench.run(.seconds(4))
        #expect(bench.controller.safeState(device: bench.baseboard(0)) == .taken)
        #expect(bench.controller.confirmedCap(tray: 0) == bench.controller.safeCap(tray: 0))
    }

    @Test func `a controller that never caps leaves the caps alone and drives the fans`() {
        var bench = Bench(trays: .equal(2), supplies: 0, budget: .watts(6_000)) { $0.law = .none }
        bench.run(.seconds(2))
        bench.controller.holdSafeState(at: bench.now)
        bench.run(.milliseconds(300))
        #expect(bench.controller.safeState(device: bench.baseboard(0)) == .notAsked)
        #expect(bench.controller.safeState(device: bench.fans(0)) == .taken)
        #expect(bench.writes.allSatisfy { $0.device == bench.fans(0) || $0.device == bench.fans(1) })
    }

    @Test func `in a dry run no reading contradicts what was never written`() {
        var bench = Bench(trays: .equal(2), supplies: 0, budget: .watts(6_000)) { $0.isDryRun = true }
        // The bench does write; then everything is lost behind the controller's back.
        bench.run(.seconds(2))
        bench.restartBaseboard(0)
        bench.run(.seconds(5))
        let kinds = bench.events()
        #expect(!kinds.contains(.restarted(device: bench.baseboard(0))))
        #expect(!kinds.contains { if case .capContradicted = $0 { true } else { false } })
    }

    @Test func `aligned polls fall due with the scan cycle`() {
        var bench = Bench(trays: .equal(2), supplies: 2) { $0.alignsPolls = true }
        bench.run(.seconds(3))
        // A supply is read and never written to.
        let channel = bench.controller.channel(ofDevice: 0)
        var phases: Set<Int64> = []
        let controller = bench.controller
        bench.run(.seconds(2)) { _ in
            let due = controller.nextTransactionTime(channel: channel)
            if due != .never, due != .start { phases.insert(due.milliseconds % 100) }
        }
        #expect(phases == [0])
    }
}
