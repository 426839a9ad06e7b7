import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Answers that come after the controller has given up. The time-out is 60 ms.
@Suite struct LateReplyTests {
    private func run(_ event: String, until seconds: Double) throws -> (RackSimulation, RunLog) {
        let log = RunLog()
        let run = RackSimulation(try SmallRack.scenario(events: [event]), recorder: log)
        run.advance(to: seconds)
        return (run, log)
    }

    @Test func `a device on a line forgets an answer for which nobody waits any more`() throws {
        let (run, log) = try run("{at: 2 s, bus: trays, unit: 16, fault: delay, delay: 100 ms, count: 1}", until: 4)
        let frames = log.frames.filter { $0.bus == 1 }.sorted { $0.at < $1.at }
        let unanswered = frames.indices.dropLast().filter {
            frames[$0].direction == .request && frames[$0 + 1].direction == .request
        }
        #expect(unanswered.count == 1)
        let lost = try #require(unanswered.first)
        #expect(frames[lost].unit == 16)
        // Eight octets, then the time-out; the line is free at once.
        #expect(frames[lost + 1].at == frames[lost].at + 8 * 95_487 + 60_000_000)
        #expect(run.counters[1].timeouts == 1)
        #expect(run.counters[1].badFrames == 0)
    }

    @Test func `the controller hears out an answer that has begun too late to be whole`() throws {
        // It begins 59.75 ms after the request's end: 1.75 ms of t3.5, 2 ms of turnaround, 56 ms of delay.
        let (run, log) = try run("{at: 2 s, bus: trays, unit: 16, fault: delay, delay: 56 ms, count: 1}", until: 4)
        let frames = log.frames.filter { $0.bus == 1 }.sorted { $0.at < $1.at }
        let late = try #require(
            frames.indices.first { index in
                index > 0 && frames[index].direction == .response
                    && frames[index].at - frames[index - 1].at > 50_000_000
            })
        let end = frames[late].at + Int64(frames[late].octets.count) * 95_487
        #expect(frames[late + 1].direction == .request)
        #expect(frames[late + 1].at == end + 1_750_000)
        #expect(run.counters[1].timeouts == 1)
        #expect(run.counters[1].badFrames == 0)
    }

    @Test func `a late answer on a connection does not pass for that of the next request`() throws {
        let (run, log) = try run("{at: 2 s, bus: net, unit: 48, fault: delay, delay: 100 ms, count: 1}", until: 4)
        let frames = log.frames.filter { $0.unit == 48 }.sorted { $0.at < $1.at }
        let identifiers = frames.map { UInt16($0.octets[0]) << 8 | UInt16($0.octets[1]) }
        let late = try #require(
            frames.indices.first { index in
                frames[index].direction == .response
                    && frames[..<index].contains { $0.direction == .request && $0.at > frames[index].at - 90_000_000 }
                    && identifiers[..<index].contains { $0 > identifiers[index] }
            })
        // Others were asked and answered meanwhile.
        #expect(identifiers[late] < identifiers[..<late].max() ?? 0)
        #expect(run.counters[2].timeouts == 1)
        #expect(run.counters[2].badFrames == 0)
        #expect(try run.isOnline("tray-1/bmc"))
    }

    @Test func `a slow device does not hold up the others of its line`() throws {
        let (run, _) = try run("{at: 2 s, bus: trays, unit: 16, fault: delay, delay: 60 s}", until: 5)
        #expect(try run.isOnline("tray-1/monitor") == false)
        #expect(try run.isOnline("tray-2/monitor"))
        #expect(run.texts(of: "tray-2/monitor", after: 2).isEmpty)
        #expect(!run.controller.isInFailsafe(tray: 1))
    }

    @Test func `an answer that is late but in time is taken`() throws {
        let (run, _) = try run("{at: 2 s, bus: net, fault: delay, delay: 40 ms}", until: 5)
        #expect(run.counters[2].timeouts == 0)
        #expect(try run.isOnline("tray-1/bmc"))
        #expect(run.plant.rackPower <= 4400)
    }
}
