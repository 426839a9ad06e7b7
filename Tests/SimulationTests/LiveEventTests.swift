import Plant
import RackControl
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// Events that nobody planned.
@Suite struct LiveEventTests {
    private func run(_ events: [String] = []) throws -> RackSimulation {
        RackSimulation(try SmallRack.scenario(duration: "20 s", events: events))
    }

    private func inject(_ text: String, into run: RackSimulation) throws -> Int {
        let (events, problems) = LiveEventReader(run.scenario).read(text)
        try #require(problems.isEmpty, "\(problems)")
        return run.inject(events)
    }

    @Test func `a live event does what the scenario's would have done at that instant`() throws {
        let planned = try run(["{at: 2 s, for: 3 s, bus: trays, fault: {exception: busy}, chance: 40 %}"])
        let live = try run()
        live.advance(to: 2)
        _ = try inject("{for: 3 s, bus: trays, fault: {exception: busy}, chance: 40 %}", into: live)
        for run in [planned, live] { run.advance(to: 10) }
        #expect(planned.counters[1].exceptions == live.counters[1].exceptions)
        #expect(planned.result(wallSeconds: 0).digest == live.result(wallSeconds: 0).digest)
        #expect(live.texts(of: "live") == ["bus trays exception busy", "end of: bus trays exception busy"])
    }

    @Test func `numbers count up, and an event that was ended stays ended`() throws {
        let run = try run()
        run.advance(to: 1)
        #expect(try inject("{fail: shelf-1/psu-3, for: 2 s}", into: run) == 1)
        #expect(try inject("{bus: trays, unit: 16, fault: no-reply}", into: run) == 2)
        run.advance(to: 2)
        #expect(run.liveEvents().map(\.number) == [1, 2])
        #expect(run.liveEvents()[1].hits ?? 0 > 0)
        #expect(run.endInjection(1))
        #expect(!run.endInjection(1))
        #expect(!run.endInjection(7))
        run.advance(to: 8)
        #expect(run.texts(of: "live").count { $0 == "end of: fail shelf-1/psu-3" } == 1)
        #expect(run.liveEvents().map(\.text) == ["bus trays unit 16 no-reply"])
        #expect(run.endInjection(2))
        run.advance(to: 12)
        #expect(run.liveEvents().isEmpty)
        #expect(try run.isOnline("tray-1/monitor"))
    }

    @Test func `a fault that has hit often enough is over`() throws {
        let run = try run()
        run.advance(to: 1)
        _ = try inject("{bus: trays, fault: no-reply, count: 3, for: 10 s}", into: run)
        run.advance(to: 15)
        #expect(run.counters[1].timeouts == 3)
        #expect(run.liveEvents().isEmpty)
        #expect(run.texts(of: "live") == ["bus trays no-reply", "end of: bus trays no-reply"])
    }

    @Test func `a budget that ends gives way to the one that began before it`() throws {
        let run = try run(["{at: 4 s, set: {budget: 3.8 kW}}"])
        run.advance(to: 2)
        _ = try inject("{set: {budget: 4 kW, inlet: 30 degC}}", into: run)
        run.advance(to: 3)
        #expect(run.controller.operatorBudget == .watts(4000))
        run.advance(to: 5)
        #expect(run.controller.operatorBudget == .watts(3800))
        #expect(run.liveEvents().map(\.text) == ["set budget 4 kW, set inlet 30 degC"])
        // The scenario's began later and stays.
        #expect(run.endInjection(1))
        #expect(run.controller.operatorBudget == .watts(3800))
        _ = try inject("{set: {budget: 4.2 kW}, for: 1 s}", into: run)
        #expect(run.controller.operatorBudget == .watts(4200))
        run.advance(to: 7)
        #expect(run.controller.operatorBudget == .watts(3800))
    }

    @Test func `what failed twice works again with the end of the last event`() throws {
        let run = try run()
        run.advance(to: 1)
        _ = try inject("{fail: shelf-1/psu-3, for: 2 s}", into: run)
        _ = try inject("{disconnect: tray-1/bmc, for: 2 s}", into: run)
        let failure = try inject("{fail: shelf-1/psu-3}", into: run)
        let cut = try inject("{disconnect: tray-1/bmc}", into: run)
        run.advance(to: 6)
        #expect(run.plant.supplyHasFailed(shelf: 0, slot: 2))
        #expect(run.devices[try run.device("tray-1/bmc")].isDisconnected)
        #expect(run.endInjection(failure) && run.endInjection(cut))
        run.advance(to: 7)
        #expect(!run.plant.supplyHasFailed(shelf: 0, slot: 2))
        #expect(!run.devices[try run.device("tray-1/bmc")].isDisconnected)
    }

    @Test func `what was repaired is not held by the failure before`() throws {
        let run = try run([
            "{at: 1 s, fail: shelf-1/psu-3}", "{at: 2 s, restore: shelf-1/psu-3}",
            "{at: 3 s, fail: shelf-1/psu-3, for: 1 s}",
        ])
        run.advance(to: 5)
        #expect(!run.plant.supplyHasFailed(shelf: 0, slot: 2))
    }

    @Test func `what only happens is not in force afterwards`() throws {
        let run = try run()
        run.advance(to: 2)
        #expect(try inject("{reboot: tray-1/monitor}", into: run) == 1)
        #expect(run.liveEvents().isEmpty)
        run.advance(to: 3)
        #expect(run.texts(of: "live") == ["reboot tray-1/monitor"])
    }

    @Test func `a fault draws from a stream that its words name, whatever else happens`() throws {
        func hits(_ others: [String]) throws -> Int {
            let fault = "{at: 2 s, bus: net, fault: {exception: busy}, chance: 30 %}"
            let run = try run(others + [fault])
            run.advance(to: 6)
            return run.counters[2].exceptions
        }
        let alone = try hits([])
        #expect(alone > 10)
        // Events that touch neither the network nor what is asked on it.
        #expect(try hits(["{at: 1 s, for: 1 ms, sensor: tray-1/monitor.temperature, gain: 100 %}"]) == alone)
        #expect(try hits(["{at: 1 s, bus: shelf, unit: 208, function: 99, fault: no-reply, chance: 10 %}"]) == alone)
    }
}
