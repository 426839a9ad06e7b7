import Testing
import Units

@testable import Simulation

/// What is drawn over the operator's budget, by the plant's truth.
@Suite struct OverdraftCheckTests {
    private func tray(_ power: Double, isCommanded: Bool = true, isSeen: Bool = true) -> OverdraftCheck.Tray {
        .init(power: power, floor: 500, isCommanded: isCommanded, isSeen: isSeen)
    }

    /// Whether drawing `watts` for so many seconds is told.
    private func isTold(_ check: inout OverdraftCheck, _ watts: Double, for seconds: Double) -> Bool {
        var found = false
        for _ in 0..<Int(seconds * 1000 + 0.5) { if check.draw(watts, for: 0.001) != nil { found = true } }
        return found
    }

    @Test func `energy over the budget is told when it is more than was agreed, and is paid back by drawing less`() {
        // 10 kJ, and a quarter of a second of 4 kW until caps take hold: 11 kJ.
        var check = OverdraftCheck(overdraft: .joules(10_000), room: 4000)
        check.owe([tray(1500), tray(1500)], .watts(3000))
        #expect(!isTold(&check, 4000, for: 10.9))
        #expect(!isTold(&check, 2000, for: 5))
        #expect(!isTold(&check, 4000, for: 5))
        #expect(check.greatest < 1)
        #expect(isTold(&check, 4000, for: 0.2))
        #expect(check.greatest > 1)
    }

    @Test func `where nothing is agreed only the time that caps take is borne`() {
        var check = OverdraftCheck(overdraft: nil, room: 4000)
        check.owe([tray(1500), tray(1500)], .watts(3000))
        #expect(!isTold(&check, 5000, for: 0.49))
        #expect(isTold(&check, 5000, for: 0.02))
        #expect(!check.isAgreed)
    }

    @Test func `nothing is saved beyond what may be drawn`() {
        var check = OverdraftCheck(overdraft: .joules(10_000), room: 0)
        check.owe([tray(1500)], .watts(3000))
        #expect(!isTold(&check, 0, for: 100))
        #expect(isTold(&check, 4000, for: 10.1))
    }

    @Test func `a budget that falls counts three seconds later`() {
        var check = OverdraftCheck(overdraft: nil, room: 400)
        check.owe([tray(1500), tray(1500)], .watts(3000))
        for _ in 0..<29 { check.owe([tray(1500), tray(1500)], .watts(2000)) }
        #expect(!isTold(&check, 3000, for: 1))
        check.owe([tray(1500), tray(1500)], .watts(2000))
        #expect(isTold(&check, 3000, for: 0.2))
    }

    @Test func `a tray out of reach counts as it is, and one of which nobody tells the truth not at all`() {
        func isOwed(_ trays: [OverdraftCheck.Tray], _ watts: Double) -> Bool {
            var check = OverdraftCheck(overdraft: nil, room: 400)
            check.owe(trays, .watts(2000))
            return isTold(&check, watts, for: 1)
        }
        // The other one owes its floor: 2.3 kW.
        #expect(!isOwed([tray(1800, isCommanded: false), tray(500)], 2300))
        #expect(isOwed([tray(1800, isCommanded: false), tray(800)], 2600))
        // A tray that is not seen may leave all of the budget to the other one.
        #expect(!isOwed([tray(1800, isCommanded: false, isSeen: false), tray(2000)], 3800))
        #expect(isOwed([tray(1800, isCommanded: false, isSeen: false), tray(2200)], 4000))
    }

    private func run(law: String) throws -> RackSimulation {
        let definition = try SmallRack.scenario(
            duration: "20 s", workload: "{step: {from: 40 %, to: 95 %, at: 8 s}}",
            controller: "{law: \(law), budget: 3.8 kW, overdraft: {energy: 2 kJ, to: 4.4 kW}}",
            safety: "{healed-by: 16 s, settles-within: 4 s}")
        let simulation = RackSimulation(definition)
        simulation.advance(to: 20)
        return simulation
    }

    @Test func `the law that keeps the account draws no more than was agreed, and without a law more is told`() throws {
        let kept = try run(law: "trip-curve")
        #expect(!kept.safetyFindings.map(\.rule).contains(.overdraft))
        let used = try #require(kept.safetyMargins?.overdraft)
        #expect(used > 0.5 && used < 1)
        let spent = try run(law: "none")
        #expect(spent.safetyFindings.map(\.rule).contains(.overdraft))
    }
}
