import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Controllers that are killed, paused and cut off.
@Suite struct ControllerLossTests {
    private static let shared = "{law: three-band, budget: 4.4 kW, standby: {takes-over-after: 1 s}}"

    private static func value(_ path: String, _ run: RackSimulation) throws -> Double {
        let index = try #require(run.observation.catalogue.index(of: path))
        return run.value(of: run.observation.sources[index])
    }

    private static func masters(_ run: RackSimulation) throws -> CheckOutcome {
        try #require(run.result(wallSeconds: 0).checks.first { $0.name == "never two masters act" })
    }

    @Test func `a stopped controller asks nothing, and the devices fall back`() throws {
        let log = RunLog()
        let run = RackSimulation(
            try SmallRack.scenario(duration: "12 s", events: ["{at: 5 s, for: 4 s, stop: controller}"]), recorder: log)
        run.advance(to: 8.9)
        // What was on a line is sent to its end.
        #expect(!log.frames.contains { $0.direction == .request && $0.at > 5_020_000_000 })
        #expect(try Self.value("controller.state", run) == 0)
        #expect(try Self.value("tray-1.cap", run) == SmallRack.safeShare)
        #expect(try !run.isOnline(device: run.device("tray-1/bmc")))
        run.advance(to: 12)
        #expect(try Self.value("controller.state", run) == Double(2))
        #expect(try run.isOnline("tray-1/bmc"))
        #expect(run.texts(of: "controller").contains("starts, and knows nothing"))
    }

    @Test func `a controller that was killed in an overload fits the caps when it is back`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s",
                events: ["{at: 5 s, fail: shelf-1/psu-2}", "{at: 5010 ms, for: 6 s, stop: controller}"]))
        run.advance(to: 10)
        #expect(run.plant.rackPower > 3700)
        run.advance(to: 16)
        #expect(run.plant.rackPower <= 3600)
        run.advance(to: 20)
        for check in run.result(wallSeconds: 0).checks { #expect(check.held, "\(check.name): \(check.explanation)") }
    }

    @Test func `the operator's last word is heard by a controller that begins anew`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s", events: ["{at: 4 s, set: {budget: 4 kW}}", "{at: 5 s, restart: controller}"]))
        run.advance(to: 12)
        #expect(run.controllerGeneration == 2)
        #expect(run.controller.effectiveBudget == .watts(4000))
    }

    @Test func `the standby acts when the controller is killed, and goes on when it is back`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: Self.shared, events: ["{at: 5 s, for: 5 s, stop: controller}"]))
        run.advance(to: 4.9)
        #expect(run.actingNumber == 1)
        run.advance(to: 6.5)
        #expect(run.actingNumber == 2)
        run.advance(to: 20)
        #expect(run.actingNumber == 2)
        #expect(try run.isOnline("tray-1/bmc"))
        let outcome = try Self.masters(run)
        #expect(outcome.held, "\(outcome.explanation)")
        #expect(outcome.explanation.hasPrefix("1 handovers"))
    }

    @Test func `a paused controller that goes on does not act`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: Self.shared, events: ["{at: 5033 ms, for: 5 s, pause: controller}"]))
        run.advance(to: 20)
        #expect(run.actingNumber == 2)
        #expect(try Self.masters(run).held)
        #expect(run.texts(of: "controller").contains("lease of term 1 ran out; acts no more"))
    }

    @Test func `a pause shorter than the lease changes nobody`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s", controller: Self.shared, events: ["{at: 5033 ms, for: 300 ms, pause: controller}"]))
        run.advance(to: 12)
        #expect(run.actingNumber == 1)
        #expect(run.controllerGeneration == 0)
        #expect(try run.isOnline("tray-1/bmc"))
    }

    @Test(arguments: ["lease", "buses", "both"])
    func `a controller that is cut off hands over, whatever it is cut off from`(reach: String) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: Self.shared,
                events: ["{at: 5 s, for: 10 s, partition: controller, from: \(reach)}"]))
        run.advance(to: 12)
        #expect(run.actingNumber == 2)
        run.advance(to: 20)
        #expect(try Self.masters(run).held)
        #expect(try run.isOnline("tray-1/bmc"))
    }

    @Test func `two that speak at once are told from their octets`() {
        var check = MasterCheck(lease: .seconds(2))
        check.requested(by: 0, from: .start, to: .start + .milliseconds(5))
        check.requested(by: 0, from: .start + .milliseconds(6), to: .start + .milliseconds(9))
        check.requested(by: 1, from: .start + .milliseconds(109), to: .start + .milliseconds(112))
        #expect(check.outcome.held)
        check.requested(by: 0, from: .start + .milliseconds(211), to: .start + .milliseconds(215))
        #expect(!check.outcome.held)
    }

    @Test func `a run with two controllers and their trouble repeats itself`() throws {
        func digest() throws -> String {
            let run = RackSimulation(
                try SmallRack.scenario(
                    duration: "12 s", controller: Self.shared,
                    events: ["{at: 3 s, for: 2 s, stop: controller}", "{at: 7 s, for: 2 s, pause: standby}"]))
            run.advance(to: 12)
            return run.digestText
        }
        #expect(try digest() == digest())
    }
}
