import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// What a person who watches a running rack is told.
@Suite struct LiveValuesTests {
    @Test func `looking at a rack at every moment does not change its run`() throws {
        let scenario = try SmallRack.scenario(duration: "3 s", events: ["{at: 1 s, fail: shelf-1/psu-1}"])
        let (watched, plain) = (RackSimulation(scenario), RackSimulation(scenario))
        var seen: [LiveValues] = []
        while watched.advance(bySeconds: 0.05) { seen.append(watched.liveValues) }
        while plain.advance(bySeconds: 0.05) {}
        #expect(watched.result(wallSeconds: 0).digest == plain.result(wallSeconds: 0).digest)
        #expect(seen.count > 50 && seen.first != seen.last)
    }

    @Test func `with the built-in controller the trays are online and hold their caps`() throws {
        let run = RackSimulation(try SmallRack.scenario())
        run.advance(to: 4)
        let values = run.liveValues
        #expect(values.trays.map(\.name) == ["tray-1", "tray-2"])
        #expect(values.trays.allSatisfy { $0.link == .online && $0.isPowered && !$0.isStale && !$0.isBraked })
        #expect(values.trays.allSatisfy { $0.heldCap == $0.askedCap && $0.demand ?? .zero > $0.floor })
        #expect(values.power <= values.budget && values.budget <= values.operatorBudget)
        #expect(values.cycles == 41 && values.lateCycles == 0 && values.faults.isEmpty)
        #expect(values.workingSupplies == 5 && values.installedSupplies == 5)
        #expect(values.buses.map(\.kind) == ["rtu 115200 8E1", "rtu 115200 8E1", "tcp"])
        #expect(values.buses.allSatisfy { $0.requests > 0 && $0.busy > .zero } && values.buses[2].channels == 2)
    }

    @Test func `without a controller nobody asks for caps, and the trays answer`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 1 s, reboot: tray-1/monitor}"]), seed: 1, version: "test",
            recorder: nil, hasController: false)
        run.advance(to: 1.01)
        #expect(run.liveValues.trays.map(\.link) == [.coming, .online])
        run.advance(to: 4)
        let values = run.liveValues
        #expect(values.trays.allSatisfy { $0.link == .online && $0.askedCap == nil && !$0.isStale && !$0.isInFailsafe })
        #expect(values.cycles == nil && values.lateCycles == nil)
    }

    @Test func `faults are told while they last`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(events: [
                "{at: 1 s, fail: shelf-1/psu-1}", "{at: 2 s, for: 1 s, bus: trays, fault: no-reply}",
                "{at: 4 s, restore: shelf-1/psu-1}",
            ]))
        func faults(at seconds: Double) -> [String] {
            run.advance(to: seconds)
            return run.liveValues.faults
        }
        #expect(faults(at: 0.5) == [])
        #expect(faults(at: 1.5) == ["shelf-1/psu-1 failed"])
        #expect(run.liveValues.workingSupplies == 4)
        let both = faults(at: 2.5)
        #expect(both.count == 2 && both[0] == "shelf-1/psu-1 failed" && both[1].contains("no-reply"))
        #expect(faults(at: 3.5) == ["shelf-1/psu-1 failed"])
        #expect(faults(at: 4.5) == [])
    }

    @Test func `a tray whose devices are cut off is lost and its power is stale`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(events: [
                "{at: 1 s, disconnect: tray-1/monitor}", "{at: 1 s, disconnect: tray-1/bmc}",
            ]))
        run.advance(to: 4.9)
        let values = run.liveValues
        #expect(values.trays[0].link == .lost && values.trays[0].isStale)
        #expect(values.trays[1].link == .online && !values.trays[1].isStale)
    }
}
