import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// How far power was above the budget, in watts and as a share.
@Suite struct OvershootFigureTests {
    /// Two trays of 2460 W at most, which boot with a kilowatt and more each time the feed comes back, some seconds before
    /// the controller knows; five supplies of 1.2 kW, of which a tenth is 600 W. Nobody caps.
    private func figures(load: String, budget: String, feedIsLost: Bool = false) throws -> [String: Double] {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", workload: "{constant: \(load)}", controller: "{law: none, budget: \(budget)}",
                events: feedIsLost ? ["{at: 7 s, for: 5 s, lose: feed-a}"] : []))
        run.advance(to: 20)
        let figures = run.result(wallSeconds: 0).figures
        return Dictionary(figures.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    @Test func `above a budget that tells something it is a share as well`() throws {
        let figures = try figures(load: "100 %", budget: "4 kW")
        let watts = try #require(figures["worst overshoot"])
        let share = try #require(figures["worst overshoot of the budget"])
        #expect(watts > 500)
        #expect(abs(share - 100 * watts / 4000) < 0.1)
    }

    @Test func `above the budget of a dark rack it is watts alone`() throws {
        let figures = try figures(load: "10 %", budget: "4.4 kW", feedIsLost: true)
        #expect(try #require(figures["worst overshoot"]) > 1000)
        #expect(figures["worst overshoot of the budget"] == nil)
    }

    @Test func `what a dark rack adds to the watts adds nothing to the share`() throws {
        let before = try figures(load: "100 %", budget: "4.4 kW")
        let after = try figures(load: "100 %", budget: "4.4 kW", feedIsLost: true)
        // Before the feed is lost and all the time: the power is a little higher once trays are warm.
        let shares = try [before, after].map { try #require($0["worst overshoot of the budget"]) }
        #expect(abs(shares[0] - shares[1]) < 0.1 && shares[1] > 5)
        #expect(try #require(after["worst overshoot"]) > before["worst overshoot"] ?? 0)
    }

    @Test func `power that was never above the budget is none of it`() throws {
        let figures = try figures(load: "10 %", budget: "4.4 kW")
        #expect(figures["worst overshoot"] == 0 && figures["worst overshoot of the budget"] == 0)
    }
}
