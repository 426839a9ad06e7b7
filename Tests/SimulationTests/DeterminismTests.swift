import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Same scenario, same seed, same version: the same run, bit for bit.
@Suite struct DeterminismTests {
    private static let events = [
        "{at: 1 s, for: 4 s, bus: trays, fault: bad-crc, chance: 20 %}", "{at: 2 s, fail: shelf-1/psu-1}",
        "{at: 3 s, reboot: tray-1/monitor}", "{at: 3500 ms, bus: net, fault: delay, delay: 70 ms, chance: 10 %}",
    ]

    private func scenario(_ more: [String] = []) throws -> ScenarioDefinition {
        try SmallRack.scenario(
            duration: "8 s", workload: "{inference: {trace: bursty, demand: 90 %}}", events: Self.events + more)
    }

    private func digest(seed: UInt64 = 1, recorder: RunLog? = nil, slice: Double = 8) throws -> String {
        let run = RackSimulation(try scenario(), seed: seed, recorder: recorder)
        while run.advance(bySeconds: slice) {}
        #expect(run.reachedSeconds == 8)
        return run.result(wallSeconds: 0).digest
    }

    @Test func `the same seed gives the same digest again, and another seed another`() throws {
        let first = try digest()
        #expect(try digest() == first)
        #expect(try digest(seed: 2) != first)
    }

    @Test(arguments: [0.001, 0.1, 0.1234, 1])
    func `in how many slices a run is cut does not matter`(slice: Double) throws {
        #expect(try digest(slice: slice) == digest())
    }

    @Test func `a recorder sees the run and does not change it`() throws {
        let log = RunLog()
        #expect(try digest(recorder: log) == digest())
        #expect(log.sampleCount == 80)
        #expect(log.frames.count > 500)
        #expect(log.events.count > 20)
    }

    @Test func `two recorded runs have the same frames and events`() throws {
        let logs = [RunLog(), RunLog()]
        for log in logs { _ = try digest(recorder: log) }
        #expect(logs[0].frames.map(\.octets) == logs[1].frames.map(\.octets))
        #expect(logs[0].frames.map(\.at) == logs[1].frames.map(\.at))
        #expect(logs[0].events.map(\.text) == logs[1].events.map(\.text))
    }

    @Test(arguments: ["{at: 7500 ms, bus: net, fault: no-reply, chance: 50 %}", "{at: 7500 ms, stall: tray-1/fans.1}"])
    func `an event to come does not disturb what happens before it`(event: String) throws {
        let (plain, more) = (RackSimulation(try scenario()), RackSimulation(try scenario([event])))
        for run in [plain, more] { run.advance(to: 7.4) }
        #expect(plain.digest == more.digest)
        #expect(plain.plant.rackPower == more.plant.rackPower)
        for run in [plain, more] { run.advance(to: 8) }
        #expect(plain.digest != more.digest)
    }

    @Test func `a device more leaves the converter errors of the others as they were`() throws {
        func readings(trays: Int) throws -> [Int64] {
            let run = RackSimulation(
                try SmallRack.scenario(
                    rack: SmallRack.rack(trays: trays), workload: "{constant: 0 %}",
                    controller: "{law: three-band, budget: 5.5 kW, redundancy: N}"))
            run.advance(to: 0.05)
            // Before the controller writes anything, every tray idles and draws the same.
            return try ["tray-1/monitor", "tray-2/monitor"].map { path in
                run.devices[try run.device(path)].signal(PowerMonitorSignal.power.identifier)
            }
        }
        let (two, three) = (try readings(trays: 2), try readings(trays: 3))
        #expect(two[0] != two[1])
        // The third tray's current lowers the voltage by a little.
        for (before, after) in zip(two, three) { #expect((before - after).magnitude < 500) }
    }
}
