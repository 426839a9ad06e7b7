import Testing
import RunRecords
import Units
import Scenario
import RackControl
import Plant
@testable import Simulation

@Suite struct ScratchTests {
    @Test func `the small rack runs as shown`() throws {
        let sim = RackSimulation(try SmallRack.scenario(duration: "20 s", events: ["{at: 10 s, fail: shelf-1/psu-2}"]))
        let clock = ContinuousClock()
        let begin = clock.now
        for step in 1...40 {
            sim.advance(to: Double(step) / 2)
            print(sim.reachedSeconds, sim.plant.rackPower, sim.controller.measuredPower, sim.controller.effectiveBudget,
                sim.controller.askedCap(tray: 0), sim.controller.askedCap(tray: 1), sim.value(of: .trayCap(tray: 0)), sim.controller.workingSupplies)
        }
        print("wall", clock.now - begin)
        for mark in sim.marks { print(mark.at, mark.source, mark.subject, mark.text) }
        let result = sim.result(wallSeconds: 0)
        for check in result.checks { print(check) }
        for bus in result.buses { print(bus) }
        for figure in result.figures { print(figure.name, figure.value, figure.unit) }
        #expect(result.held)
    }
}
