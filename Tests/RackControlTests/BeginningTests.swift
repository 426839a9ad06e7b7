import RackControl
import Testing
import Units

/// A controller that begins in the middle of whatever goes on: after a restart, in another's place, or after it stood still.
@Suite struct BeginningTests {
    /// Four trays whose BMCs enforce 1700 W each, as somebody before told them.
    private static func bench(active: UInt16 = 1) -> Bench {
        var bench = Bench(trays: .equal(4))
        for tray in 0..<4 {
            bench.devices[bench.baseboard(tray)].registers[Address.appliedLimit] = 1700
            bench.devices[bench.baseboard(tray)].registers[Address.powerLimit] = 1700
            bench.devices[bench.baseboard(tray)].registers[Address.limitActive] = active
        }
        return bench
    }

    private static func caps(_ bench: Bench) -> [UInt16] {
        bench.writes.filter { $0.address == Address.powerLimit }.map(\.value)
    }

    @Test func `until it decides it gives no tray more than its BMC enforces`() {
        var bench = Self.bench()
        while bench.controller.isStartingUp, bench.now < .start + .seconds(5) { bench.run(.milliseconds(1)) }
        #expect(Self.caps(bench) == [1700, 1700, 1700, 1700])
        bench.run(.seconds(10))
        #expect(bench.controller.askedCap(tray: 0) > .watts(2500))
    }

    @Test func `a limit that is not in force holds nobody down`() {
        var bench = Self.bench(active: 0)
        while bench.controller.isStartingUp, bench.now < .start + .seconds(5) { bench.run(.milliseconds(1)) }
        #expect(Self.caps(bench).allSatisfy { $0 > 4000 } && !Self.caps(bench).isEmpty)
    }

    @Test func `after it stood still it begins anew, and feeds no watchdog before it has looked`() {
        var bench = Bench(trays: .equal(4))
        bench.run(.seconds(6))
        #expect(!bench.controller.isStartingUp)
        bench.writes = []
        bench.now += .seconds(4)
        bench.run(.milliseconds(1))
        #expect(bench.controller.isStartingUp && bench.writes.isEmpty)
        var heard = false
        while let event = bench.controller.nextEvent() {
            if case .stoodStill(let length) = event.kind { heard = length >= .seconds(3) }
        }
        #expect(heard)
        bench.run(.seconds(3))
        #expect(!bench.controller.isStartingUp)
        #expect((0..<4).allSatisfy { bench.controller.isOnline(device: bench.baseboard($0)) })
        #expect(bench.controller.workingSupplies == 6)
    }

    @Test func `a hiccup is no standstill`() {
        var bench = Bench(trays: .equal(4))
        bench.run(.seconds(6))
        bench.now += .milliseconds(900)
        bench.run(.milliseconds(1))
        #expect(!bench.controller.isStartingUp)
    }

    @Test func `a breaker that nobody has watched is taken to be about to trip`() {
        #expect(LoadConfiguration.heatAtTakeOver >= .percent(95) && LoadConfiguration.heatAtTakeOver < .whole)
    }
}
