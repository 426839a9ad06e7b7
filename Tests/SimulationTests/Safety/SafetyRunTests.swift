import RunRecords
import Testing

@testable import Simulation

/// The safety checks in whole runs of the small rack.
struct SafetyRunTests {
    private func run(law: String = "three-band", safety: String = "{healed-by: 8 s, settles-within: 4 s}") throws
        -> RackSimulation
    {
        let definition = try SmallRack.scenario(
            duration: "14 s", controller: "{law: \(law), budget: 4.4 kW}",
            events: ["{at: 7.5 s, for: 400 ms, disconnect: tray-1/monitor}"], safety: safety)
        let simulation = RackSimulation(definition)
        simulation.advance(to: 14)
        return simulation
    }

    @Test func `the rack under its controller breaks no rule`() throws {
        let simulation = try run()
        #expect(simulation.safetyFindings == [])
        let margins = try #require(simulation.safetyMargins)
        #expect(try #require(margins.settle) < 4)
        #expect(margins.room > 0)
        #expect(
            simulation.result(wallSeconds: 0).checks.count { SafetyRule(rawValue: $0.name) != nil }
                == SafetyRule.allCases.count)
    }

    @Test func `without a law the caps do not fit, and the report says so`() throws {
        let simulation = try run(law: "none")
        #expect(simulation.safetyFindings.map(\.rule).contains(.capsFit))
        let failed = simulation.result(wallSeconds: 0).checks.filter { !$0.held }.map(\.name)
        #expect(failed.contains(SafetyRule.capsFit.rawValue))
    }

    @Test func `where safety is not owed nothing of it is judged`() throws {
        let simulation = try run(law: "none", safety: "")
        #expect(simulation.safetyMargins == nil)
        #expect(simulation.result(wallSeconds: 0).checks.allSatisfy { SafetyRule(rawValue: $0.name) == nil })
    }
}
