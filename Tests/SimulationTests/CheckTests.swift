import ModbusWire
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Checkers that cannot fail would be worth nothing: each is shown a run that breaks its rule.
@Suite struct CheckTests {
    private func line() -> BusChannel {
        BusChannel(
            bus: 0, device: nil, line: .serial(SerialLineTiming(baud: 115_200)),
            jitterStream: SeededStream(seed: 1, name: "check test"))
    }

    @Test func `a request inside the silence of t3.5 is seen`() {
        let line = line()
        var check = LineCheck(busCount: 1)
        line.lineBusyUntil = .start + .milliseconds(10)
        check.transaction(on: line, begunAt: .start)
        check.transaction(on: line, begunAt: .start + .microseconds(11_750))
        #expect(check.outcome.held)
        line.lineBusyUntil = .start + .milliseconds(20)
        check.transaction(on: line, begunAt: .start + .microseconds(11_750))
        check.transaction(on: line, begunAt: .start + .microseconds(21_749))
        #expect(!check.outcome.held)
        #expect(check.outcome.explanation == "1 of 4 transactions began before t3.5 of silence")
    }

    @Test(arguments: [BusReply.badFrame, .mismatch])
    func `an answer that was misread without a fault is seen, and one with a fault is excused`(reply: BusReply) {
        var check = FrameCheck()
        check.transaction(.registers, isDisturbed: false)
        check.transaction(reply, isDisturbed: true)
        #expect(check.outcome.held)
        check.transaction(reply, isDisturbed: false)
        #expect(!check.outcome.held)
    }

    @Test func `a controller outside may misread as many answers as faults fell on, and not one more`() {
        var check = FrameCheck()
        for isDisturbed in [false, true, false] { check.outsideAsked(isDisturbed: isDisturbed) }
        #expect(check.outcome(misreadOutside: 1).held)
        let outcome = check.outcome(misreadOutside: 2)
        #expect(!outcome.held)
        #expect(outcome.explanation == "of 3 transactions with the outside 1 were disturbed and 2 misread")
    }

    @Test func `a cap below its floor is seen`() throws {
        var check = CapCheck(try SmallRack.scenario(), hasController: true)
        check.caps = [.watts(1700), .watts(1700)]
        check.judge(capacity: .watts(3600), at: 6)
        #expect(check.outcome.held)
        check.caps = [.watts(1698), .watts(1700)]
        check.judge(capacity: .watts(3600), at: 7)
        #expect(!check.outcome.held)
    }

    @Test func `caps above what the supplies carry are seen`() throws {
        var check = CapCheck(try SmallRack.scenario(), hasController: true)
        check.caps = [.watts(1800), .watts(1800)]
        check.judge(capacity: .watts(3600), at: 6)
        #expect(check.outcome.held)
        check.caps = [.watts(1800), .watts(1803)]
        check.judge(capacity: .watts(3600), at: 7)
        #expect(!check.outcome.held)
    }

    @Test func `a cap that somebody else writes into a BMC is seen`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "12 s"))
        run.advance(to: 8.35)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
        // Write 4000 W? The ceiling is 2460 W, and both trays at their ceiling are above 4.8 kW.
        for tray in 1...2 { try write([0x06, 0x00, 0x40, 0x09, 0x9C], to: "tray-\(tray)/bmc", of: run) }
        run.advance(to: 8.45)
        let checks = run.result(wallSeconds: 0).checks.filter { !$0.held }
        #expect(checks.map(\.name) == ["caps fit floors and surviving supplies"])
    }

    @Test func `a watchdog that somebody switches off is seen`() throws {
        let run = RackSimulation(try SmallRack.scenario())
        run.advance(to: 3.2)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
        // The controller looks at it once a second, next at 4.07 s.
        try write([0x06, 0x00, 0x47, 0x00, 0x00], to: "tray-1/bmc", of: run)
        run.advance(to: 3.3)
        let checks = run.result(wallSeconds: 0).checks.filter { !$0.held }
        #expect(checks.map(\.name) == ["watchdogs are armed"])
        // The controller sees it too, and arms the BMC again.
        run.advance(to: 5)
        #expect(run.texts(of: "tray-1/bmc", after: 3) == ["restarted; armed again", "identified", "online"])
    }

    @Test func `watchdogs that the scenario switches off are not missed`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(controller: "{law: three-band, budget: 4.4 kW, device-watchdog: 0 s}"))
        run.advance(to: 5)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `energy that was drawn and not delivered is seen`() throws {
        let run = RackSimulation(try SmallRack.scenario())
        run.advance(to: 5)
        let drawn = run.plant.energyOut
        func check(_ drawn: Double, _ stored: Double) -> Bool {
            var check = EnergyCheck(drawn: drawn, scenario: run.scenario, plant: run.plant)
            check.storedAtStart = stored
            return check.outcome.held
        }
        // Five stores of a fiftieth of a second at 1.2 kW.
        let stored = 120.0
        #expect(check(drawn, stored))
        #expect(!check(drawn * 1.002, stored))
        #expect(!check(drawn * 0.998, stored))
        // Energy that the stores would have had to give.
        #expect(!check(drawn, stored + 100))
        #expect(!check(drawn, stored - 100))
    }

    @Test(arguments: [
        "{at: 2 s, for: 1 s, lose: feed-a}", "{at: 2 s, for: 15 ms, lose: feed-a}", "{at: 2 s, fail: shelf-1/psu-1}",
    ])
    func `energy is conserved through hold-up and collapse`(event: String) throws {
        let more = (2...4).map { "{at: 1500 ms, fail: shelf-1/psu-\($0)}" }
        let run = RackSimulation(
            try SmallRack.scenario(
                workload: "{constant: 100 %}", controller: "{law: none, budget: 4.4 kW}",
                events: [event] + (event.contains("lose") ? [] : more)))
        run.advance(to: 5)
        #expect(run.texts(of: "busbar").isEmpty == event.contains("15 ms"))
        let check = EnergyCheck(drawn: run.plant.energyOut, scenario: run.scenario, plant: run.plant)
        #expect(check.outcome.held, "\(check.outcome.explanation)")
    }

    /// A write that the controller knows nothing of.
    private func write(_ pdu: [UInt8], to path: String, of run: RackSimulation) throws {
        var reply = FrameBuffer()
        run.devices[try run.device(path)].respond(to: pdu.span, at: run.now, reply: &reply)
        #expect(reply.count == pdu.count)
    }
}

/// A run that is ended before its time.
@Suite struct InterruptionTests {
    @Test func `a run that was cut short says so, and what it cannot know is undecided`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "10 s",
                expect: [
                    "{always: rack.power <= 6 kW}", "{at: 1 s, within: 1 s, holds: tray-1.online}",
                    "{at: 5 s, within: 1 s, holds: tray-2.online}", "{always: rack.power <= 1 kW}",
                ]))
        run.advance(to: 3)
        let result = run.result(wallSeconds: 0)
        #expect(result.interrupted)
        #expect(result.reached == 3)
        #expect(result.duration == 10)
        #expect(result.outcomes.map(\.verdict) == [.undecided, .held, .undecided, .failed])
        #expect(!result.held)
        #expect(!result.series.isEmpty)
    }

    @Test func `a result can be taken in mid-run, and the run goes on as if nothing had been asked`() throws {
        let (asked, left) = (RackSimulation(try SmallRack.scenario()), RackSimulation(try SmallRack.scenario()))
        asked.advance(to: 2)
        _ = asked.result(wallSeconds: 0)
        for run in [asked, left] { run.advance(to: 5) }
        let (result, other) = (asked.result(wallSeconds: 0), left.result(wallSeconds: 0))
        #expect(!result.interrupted)
        #expect(result.digest == other.digest)
    }

    @Test func `a finished run goes no further`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "1 s"))
        #expect(!run.advance(bySeconds: 5))
        #expect(run.reachedSeconds == 1)
        #expect(!run.advance(bySeconds: 5))
        #expect(run.plantSteps == 1000)
    }
}
