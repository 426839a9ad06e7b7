import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// What the controller asks of the trays in a rack that gives it trouble.
@Suite struct CapTests {
    private static let troubled = [
        "{at: 5 s, for: 10 s, fail: shelf-1/psu-1}", "{at: 8 s, for: 3 s, bus: net, fault: no-reply, chance: 60 %}",
        "{at: 12 s, for: 5 s, set: {budget: 3.5 kW}}", "{at: 14 s, for: 1 s, bus: trays, fault: bad-crc}",
        "{at: 20 s, set: {demand: 40 %}}", "{at: 24 s, set: {demand: 100 %}}", "{at: 26 s, disconnect: tray-2/monitor}",
    ]

    @Test(arguments: UInt64(1)...3)
    func `caps lie between floor and ceiling, and together within the budget in force`(seed: UInt64) throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "30 s", workload: "{training: {period: 700 ms}}", events: Self.troubled),
            seed: seed)
        for step in 1...3000 {
            run.advance(to: Double(step) / 100)
            let caps = (0...1).map { run.controller.askedCap(tray: $0) }
            for cap in caps { #expect(cap >= .watts(1700) && cap <= .watts(2460)) }
            #expect(caps[0] + caps[1] <= run.controller.effectiveBudget || caps == [.watts(1700), .watts(1700)])
        }
        #expect(run.controller.counters.capsWritten > 50)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `caps rise no faster than the slew`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "30 s", workload: "{constant: 100 %}",
                controller: "{law: three-band, budget: 4.4 kW, uncap-slew: 60 W/s}",
                events: ["{at: 3 s, for: 5 s, set: {budget: 3.5 kW}}"]))
        run.advance(to: 7.9)
        let low = run.value(of: .rackCaps)
        #expect(low <= 3500)
        var latest = [low]
        for second in 1...20 {
            run.advance(to: 7.9 + Double(second))
            latest.append(run.value(of: .rackCaps))
            for earlier in latest.indices.dropLast() {
                let seconds = Double(latest.count - 1 - earlier)
                // Raises come once a second, so that one more than the time has seconds may lie in it.
                #expect(latest[latest.count - 1] - latest[earlier] <= 60 * (seconds + 1) + 0.01)
            }
        }
        #expect(latest[20] > low + 400)
    }

    @Test func `until the power has been low for the hold time caps rise no further than the target`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s", controller: "{law: three-band, budget: 4.4 kW, uncap-slew: 2 kW/s}",
                events: ["{at: 3 s, for: 2 s, set: {budget: 3.5 kW}}"]))
        run.advance(to: 4.9)
        let low = run.value(of: .rackCaps)
        run.advance(to: 7.9)
        // 95 % of 4.4 kW; the hold time ends at 8 s.
        #expect(run.value(of: .rackCaps) <= 4180)
        #expect(run.value(of: .rackCaps) > low + 200)
    }

    @Test(arguments: ["200 ms", "1 s", "5 s"])
    func `a slow scan cycle decides on fresh readings all the same`(period: String) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s",
                controller: "{law: three-band, budget: 4.4 kW, period: \(period), device-watchdog: 20 s}"
            ))
        run.advance(to: 20)
        #expect(run.controller.effectiveBudget == .watts(4400))
        #expect((run.controller.measuredPower.milliwatts - Int64(run.plant.rackPower * 1000)).magnitude < 60_000)
        #expect(run.plant.rackPower <= 4400)
        #expect(run.plant.rackPower > 4000)
    }

    @Test func `without a law nothing is written to monitors and BMCs, and the budget does not hold`() throws {
        let log = RunLog()
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "10 s", workload: "{constant: 100 %}", controller: "{law: none, budget: 4.4 kW}"),
            recorder: log)
        run.advance(to: 10)
        let written = log.frames.filter { frame in
            let function = frame.bus == 2 ? frame.octets[7] : frame.octets[1]
            return frame.direction == .request && frame.unit < 80 && (function == 6 || function == 16)
        }
        #expect(written.isEmpty)
        #expect(run.controller.counters.capsWritten == 0)
        #expect(run.plant.rackPower > 4500)
    }
}

/// The rack of the first scenario, with every accelerator at work when a supply fails.
@Suite struct FirstLightTests {
    private func result(law: String) throws -> RunResult {
        let scenario = try SmallRack.read(
            """
            # Full demand.
            rack: air-cooled-64
            duration: 8 s
            workload: {constant: 100 %}
            controller: {law: \(law), redundancy: N+1, budget: 27.5 kW}
            events:
              - {at: 4 s, fail: shelf-1/psu-3}
            expect:
              - always: rack.power <= rack.budget
                from: 3 s
                except: {after: any-event, for: 2 s}
              - {at: 4 s, within: 2 s, holds: rack.power <= 22 kW, for: 1 s}
            """)
        let run = RackSimulation(scenario)
        run.advance(to: 8)
        return run.result(wallSeconds: 0)
    }

    @Test func `without capping the budget is broken, and by how much is said`() throws {
        let result = try result(law: "none")
        #expect(result.outcomes.map(\.verdict) == [.failed, .failed])
        // 8 trays of 3.9 kW and more against 22 kW.
        #expect(result.outcomes[0].margin < -8000)
        #expect(result.outcomes[1].margin < -8000)
        #expect(result.outcomes[0].marginUnit == "W")
        #expect(!result.held)
    }

    @Test func `with the three-band law it holds`() throws {
        let result = try result(law: "three-band")
        #expect(result.outcomes.map(\.verdict) == [.held, .held])
        #expect(result.outcomes[0].margin > 0)
        #expect(result.held)
    }
}
