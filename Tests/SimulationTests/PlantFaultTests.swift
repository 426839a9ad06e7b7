import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Supplies, feeds and fans that fail.
@Suite struct PlantFaultTests {
    /// A poll of the supplies every 200 ms, a scan cycle every 100 ms, and some milliseconds on the line.
    private static let pollAndCycle = 0.31

    @Test(arguments: [3.0, 3.033, 3.071, 3.119, 3.188])
    func `a supply that fails shrinks the budget within a poll and a scan cycle`(failure: Double) throws {
        let at = Int((failure * 1000).rounded())
        let run = RackSimulation(try SmallRack.scenario(events: ["{at: \(at) ms, fail: shelf-1/psu-2}"]))
        run.advance(to: failure)
        #expect(run.controller.effectiveBudget == .watts(4400))
        run.advance(to: failure + Self.pollAndCycle)
        #expect(run.controller.effectiveBudget == .watts(3600))
        // The caps come down with it, and the accelerators follow within their lag.
        run.advance(to: failure + 1)
        #expect(run.plant.rackPower <= 3600)
        #expect(run.plant.rackPower > 3300)
    }

    @Test func `a supply that comes back gives the budget back, and power returns slowly`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "20 s", events: ["{at: 3 s, for: 2 s, fail: shelf-1/psu-2}"]))
        run.advance(to: 5)
        let low = run.plant.rackPower
        // The new module boots for 0.4 s, in which it is given up, and is probed again 2 s later.
        run.advance(to: 8.5)
        #expect(run.texts(of: "shelf-1/psu-2", after: 5.4).last == "working")
        #expect(run.controller.effectiveBudget == .watts(4400))
        #expect(run.plant.rackPower <= low + 100)
        run.advance(to: 20)
        #expect(run.plant.rackPower > low + 400)
    }

    @Test func `a dip of the feed shorter than the hold-up is ridden through`() throws {
        let run = RackSimulation(try SmallRack.scenario(events: ["{at: 3 s, for: 10 ms, lose: feed-a}"]))
        run.advance(to: 5)
        #expect(run.texts(of: "busbar").isEmpty)
        #expect(run.plant.rackPower > 3000)
    }

    @Test func `a lost feed stops the rack, and after its return every device is controlled again`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "75 s", events: ["{at: 3 s, for: 2 s, lose: feed-a}"]))
        run.advance(to: 4)
        #expect(run.texts(of: "busbar", after: 3).first == "collapsed, all trays off")
        #expect(run.plant.rackPower == 0)
        #expect(run.controller.effectiveBudget == .zero)
        // What hangs on the busbar is dead with it; the supplies' own controllers are not.
        for device in run.devices {
            let isOfTray = device.definition.path.hasPrefix("tray")
            #expect(device.answers(at: run.now) == !isOfTray, "\(device.definition.path)")
        }
        run.advance(to: 75)
        // The BMC has forgotten its uptime: it booted again.
        #expect(run.texts(of: "tray-1/bmc", after: 3).first == "lost")
        #expect(run.texts(of: "tray-1/bmc", after: 3).last == "online")
        for device in run.scenario.rack.devices.indices { #expect(run.controller.isOnline(device: device)) }
        #expect(run.controller.effectiveBudget == .watts(4400))
        #expect(run.plant.rackPower > 3000)
        #expect(run.plant.rackPower <= 4400)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `a fan that stands still puts its tray into failsafe, and only its tray`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "60 s", events: ["{at: 20 s, for: 15 s, stall: tray-2/fans.3}"]))
        run.advance(to: 20)
        #expect(!run.controller.isInFailsafe(tray: 1))
        let before = run.plant.fanDuty(1)
        run.advance(to: 30)
        #expect(run.plant.fanSpeed(1, 2) < 100)
        #expect(run.controller.isInFailsafe(tray: 1))
        #expect(!run.controller.isInFailsafe(tray: 0))
        #expect(run.plant.fanDuty(1) >= 0.75)
        #expect(before < 0.75)
        run.advance(to: 45)
        #expect(!run.controller.isInFailsafe(tray: 1))
    }
}

/// Settings that the scenario changes for a time.
@Suite struct SettingTests {
    @Test func `a demand that was set for a time goes back`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "6 s", workload: "{constant: 60 %}",
                events: ["{at: 1 s, for: 2 s, set: {demand: 10 %}}"]))
        run.advance(to: 2)
        #expect((run.plant.trayLoad(0) - 0.1).magnitude < 1e-9)
        run.advance(to: 4)
        #expect((run.plant.trayLoad(0) - 0.6).magnitude < 1e-9)
    }

    @Test func `a budget that ends leaves another one in force that has not ended`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "6 s",
                events: [
                    "{at: 1 s, for: 4 s, set: {budget: 4 kW}}", "{at: 2 s, for: 1 s, set: {budget: 3.6 kW}}",
                ]))
        run.advance(to: 2.5)
        #expect(run.controller.operatorBudget == .watts(3600))
        run.advance(to: 3.5)
        #expect(run.controller.operatorBudget == .watts(4000))
        run.advance(to: 5.5)
        #expect(run.controller.operatorBudget == .watts(4400))
    }
}
