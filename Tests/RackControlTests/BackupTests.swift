import ControlLaws
import RackControl
import Testing
import Units

/// Batteries in the controller's budget.
@Suite struct BackupTests {
    private func bench(units: Int = 2, budget: Int64 = 30_000, rideThrough: Int64 = 0) -> Bench {
        Bench(trays: .equal(8), budget: .watts(budget), backups: units) {
            $0.recharge = .watts(1500)
            $0.rideThrough = .seconds(rideThrough)
        }
    }

    private func limit(_ bench: borrowing Bench, _ slot: Int) -> Int {
        Int(bench.devices[bench.backup(slot)].registers[Address.chargeLimit] ?? 0)
    }

    private func hold(_ bench: inout Bench, units: Int, charge: UInt16) {
        for slot in 0..<units {
            bench.devices[bench.backup(slot)].registers[Address.backupState] = 5
            bench.devices[bench.backup(slot)].registers[Address.inputGood] = 0
            bench.devices[bench.backup(slot)].registers[Address.backupCharge] = charge
        }
    }

    private func loseSupplies(_ bench: inout Bench) {
        for supply in 0..<6 { bench.devices[supply].registers[Address.outputVoltage] = 0 }
    }

    @Test func `full batteries cost nothing of the budget`() {
        var bench = bench()
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        #expect(bench.controller.effectiveBudget == .watts(27_500))
        #expect(limit(bench, 0) == 0)
    }

    @Test func `charging has a slice of the budget, and begins only when the trays have made room for it`() {
        var bench = bench()
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        for slot in 0..<2 { bench.devices[bench.backup(slot)].registers[Address.backupCharge] = 500 }
        var wasOver = false
        var began = false
        bench.run(.seconds(5)) { bench in
            let charging = limit(bench, 0) + limit(bench, 1)
            if charging > 0 {
                began = true
                wasOver = wasOver || bench.totalPower + charging > 27_500
            }
        }
        #expect(began && !wasOver)
        #expect(bench.controller.effectiveBudget == .watts(26_000))
        #expect(limit(bench, 0) == 750 && limit(bench, 1) == 750)
        for slot in 0..<2 { bench.devices[bench.backup(slot)].registers[Address.backupCharge] = 1000 }
        bench.run(.seconds(2))
        #expect(bench.controller.effectiveBudget == .watts(27_500))
        #expect(limit(bench, 0) == 0)
    }

    @Test func `a budget that falls takes the charging away before the trays have followed`() {
        var bench = bench()
        bench.demand = Array(repeating: 3000, count: 8)
        for slot in 0..<2 { bench.devices[bench.backup(slot)].registers[Address.backupCharge] = 500 }
        bench.run(.seconds(5))
        #expect(limit(bench, 0) == 750)
        bench.controller.operatorBudget = .watts(20_000)
        var wasTakenAway = false
        var isWithin = true
        bench.run(.seconds(1)) { bench in
            let charging = limit(bench, 0) + limit(bench, 1)
            if charging == 0 { wasTakenAway = true }
            if bench.totalPower > 18_500, wasTakenAway { isWithin = isWithin && charging == 0 }
        }
        #expect(wasTakenAway && isWithin)
        bench.run(.seconds(5))
        #expect(limit(bench, 0) == 750)
    }

    @Test func `when all supplies are gone the batteries that hold are the source`() {
        var bench = bench(units: 6)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        _ = bench.events()
        loseSupplies(&bench)
        hold(&bench, units: 6, charge: 1000)
        var least = Power.watts(30_000)
        bench.run(.seconds(10)) { least = min(least, $0.controller.effectiveBudget) }
        // Six less the one whose loss is to be survived.
        #expect(least == .watts(27_500))
        #expect(bench.events().contains(.bridgeBegan))
        for supply in 0..<6 { bench.devices[supply].registers[Address.outputVoltage] = 5000 }
        for slot in 0..<6 { bench.devices[bench.backup(slot)].registers[Address.backupState] = 1 }
        bench.run(.seconds(2)) { least = min(least, $0.controller.effectiveBudget) }
        #expect(bench.events().contains(.bridgeEnded))
        #expect(least == .watts(27_500))
    }

    @Test func `batteries that do not hold are no source`() {
        var bench = bench(units: 6)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        loseSupplies(&bench)
        bench.run(.seconds(5))
        #expect(bench.controller.effectiveBudget == .zero)
        #expect(bench.totalPower == 8000)
    }

    @Test func `a promised time makes the budget what the batteries can give for so long`() {
        var bench = bench(units: 6, rideThrough: 240)
        bench.demand = Array(repeating: 5000, count: 8)
        bench.run(.seconds(5))
        loseSupplies(&bench)
        hold(&bench, units: 6, charge: 650)
        bench.run(.seconds(1))
        // Half of 7.92 MJ, 92 % of it, over 239 s or so.
        let budget = bench.controller.effectiveBudget
        #expect(budget > .watts(15_100) && budget < .watts(15_400), "\(budget)")
        bench.run(.seconds(3))
        #expect(bench.totalPower < 15_500)
    }

    @Test func `a law that does not smooth leaves the units alone, and smooth moves their box`() {
        var plain = bench()
        plain.run(.seconds(5))
        #expect(plain.devices[plain.backup(0)].registers[Address.backupCommand] == 0)
        var bench = Bench(trays: .equal(8), budget: .watts(30_000), backups: 2) {
            $0.law = .smooth(SmoothingLaw(ramp: .watts(1000)))
        }
        bench.demand = Array(repeating: 2000, count: 8)
        bench.devices[bench.backup(0)].registers[Address.backupCharge] = 600
        bench.devices[bench.backup(1)].registers[Address.backupCharge] = 600
        // Long enough to forget what the trays counted for before they were read.
        bench.run(.seconds(60))
        let registers = bench.devices[bench.backup(1)].registers
        #expect(registers[Address.backupCommand] == 1)
        let floor = Int(registers[Address.backupFloor + 1] ?? 0)
        let ceiling = Int(registers[Address.backupCeiling + 1] ?? 0)
        #expect((15_800...16_000).contains(floor), "\(floor)")
        #expect((16_000...16_200).contains(ceiling), "\(ceiling)")
        #expect(limit(bench, 1) == 0)
    }
}
