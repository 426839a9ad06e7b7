import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// The controller among every kind of trouble on every bus, one after the other.
@Suite struct TroubledBusTests {
    /// A second each on the tray line, half of its transactions; then the same on the network.
    static let events: [String] = {
        let anywhere = [
            "no-reply", "{delay: 20 ms}", "{delay: 100 ms}", "{byte-trickle: 500 us}", "{byte-trickle: 10 ms}",
            "{exception: busy}", "{exception: server-device-failure}", "wrong-unit", "wrong-function", "truncation",
            "{truncation: 3}", "{extra-bytes: 4}", "{fewer-registers: 1}", "disconnect",
        ]
        let kinds =
            (anywhere + ["bad-crc"]).map { ("trays", $0) } + (anywhere + ["wrong-transaction"]).map { ("net", $0) }
        return kinds.enumerated().map { index, kind in
            "{at: \(5 + index) s, for: 1 s, bus: \(kind.0), fault: \(kind.1), chance: 50 %}"
        }
    }()

    /// Below the budget the bands leave room for what power overshoots while half of the caps have to be written again.
    private static func scenario() throws -> ScenarioDefinition {
        try SmallRack.scenario(
            duration: "45 s", workload: "{inference: {trace: bursty, demand: 95 %}}",
            controller:
                "{law: three-band, budget: 4.4 kW, cap-threshold: 97 %, cap-target: 94 %, uncap-threshold: 88 %}",
            events: events,
            expect: [
                "{always: rack.power <= rack.budget, from: 5 s}", "{never: feed-a/breaker.tripped}",
                "{at: 36 s, within: 5 s, holds: tray-1.online}", "{at: 36 s, within: 5 s, holds: tray-2.online}",
            ])
    }

    @Test func `the budget holds through every kind of trouble, and no wrong frame is believed`() throws {
        let run = RackSimulation(try Self.scenario())
        run.advance(to: 45)
        let result = run.result(wallSeconds: 0)
        for outcome in result.outcomes { #expect(outcome.verdict == .held, "\(outcome.text): \(outcome.explanation)") }
        for check in result.checks { #expect(check.held, "\(check.name): \(check.explanation)") }
        // There was trouble of every sort, and everybody is back.
        let (trays, net) = (run.counters[1], run.counters[2])
        for bus in [trays, net] { #expect(bus.timeouts > 20 && bus.badFrames > 10 && bus.exceptions > 10) }
        for device in run.scenario.rack.devices.indices { #expect(run.controller.isOnline(device: device)) }
    }

    /// What the controller believes of a tray's power comes from registers. Every answer of a monitor that is well formed
    /// and wrong would show here, since the truth is known.
    @Test func `what the controller takes for the power of the rack stays near the truth`() throws {
        let run = RackSimulation(try Self.scenario())
        run.advance(to: 5)
        var least = Double.infinity
        while run.reachedSeconds < 35 {
            run.advance(bySeconds: 0.1)
            least = min(least, run.value(of: .measuredPower) / run.plant.rackPower)
        }
        // A tray that is not heard counts for its worst case, so that the sum may be above the truth and not far below.
        #expect(least > 0.7)
    }

    @Test func `a connection that was closed is known at once, and costs a connection's time`() throws {
        let log = RunLog()
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 2 s, bus: net, unit: 48, fault: disconnect, count: 1}"]),
            recorder: log)
        run.advance(to: 3)
        let frames = log.frames.filter { $0.unit == 48 && $0.at >= 1_999_000_000 }.sorted { $0.at < $1.at }
        // The first request after 2 s has no answer; another follows.
        let lost = try #require(
            zip(frames, frames.dropFirst()).first { $0.direction == .request && $1.direction == .request })
        let between = lost.1.at - lost.0.at
        // A way there, the BMC's 5 ms, a way back, and two for the new connection; each way takes 1 to 1.5 ms.
        #expect((9_000_000...11_000_000).contains(between), "\(between) ns")
        #expect(run.counters[2].timeouts == 1)
    }

    @Test func `a trickle that breaks a frame keeps the line until its client gives up, and no longer`() throws {
        let log = RunLog()
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 2 s, bus: trays, unit: 16, fault: {byte-trickle: 10 ms}, count: 1}"]),
            recorder: log)
        run.advance(to: 3)
        let frames = log.frames.filter { $0.bus == 1 && $0.at >= 1_990_000_000 }.sorted { $0.at < $1.at }
        // 60 ms for the answer, which begins 3.75 ms after the request: six octets at 10.095 ms each.
        let index = try #require(frames.firstIndex { $0.direction == .response && $0.octets.count == 6 })
        #expect(frames[index + 1].direction == .request)
        #expect((56_000_000...60_000_000).contains(frames[index + 1].at - frames[index].at))
        #expect(run.counters[1].badFrames == 1)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }
}
