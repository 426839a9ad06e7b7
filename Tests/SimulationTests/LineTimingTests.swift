import Foundation
import RunRecords
import Scenario
import Testing

@testable import Simulation

/// When frames stand on a serial line, to the nanosecond, by the serial-line specification alone.
@Suite struct LineTimingTests {
    struct Line: Sendable, CustomTestStringConvertible {
        var baud: Int
        /// Eleven bits, rounded up to a nanosecond.
        var character: Int64
        var silence: Int64
        var testDescription: String { "\(baud) baud" }
    }

    static let lines = [
        Line(baud: 115_200, character: 95_487, silence: 1_750_000),
        // 38.5 bits at 19200 baud.
        Line(baud: 19_200, character: 572_917, silence: 2_005_209),
    ]
    /// Turnaround of monitors and fan controllers, by their specs.
    static let turnaround: Int64 = 2_000_000

    /// The frames of the tray line in order of time.
    private func frames(on line: Line, until seconds: Double) throws -> [RunLog.Frame] {
        let log = RunLog()
        let run = RackSimulation(try SmallRack.scenario(baud: line.baud, duration: "5 s"), recorder: log)
        run.advance(to: seconds)
        return log.frames.filter { $0.bus == 1 }.sorted { $0.at < $1.at }
    }

    @Test(arguments: lines)
    func `the first exchange stands on the line as the specification has it`(line: Line) throws {
        let frames = try frames(on: line, until: 0.2)
        // Read eight holding registers from 0x0040 of unit 16: the product name.
        #expect(frames[0].octets == [0x10, 0x03, 0x00, 0x40, 0x00, 0x08, 0x46, 0x99])
        #expect(frames[0].at == 0)
        let answerBegins = 8 * line.character + line.silence + Self.turnaround
        #expect(frames[1].octets.count == 21)
        #expect(frames[1].octets.starts(with: [0x10, 0x03, 0x10] + Array("BUSBAR-PM-1".utf8)))
        #expect(frames[1].at == answerBegins)
        #expect(frames[2].at == answerBegins + 21 * line.character + line.silence)
    }

    @Test(arguments: lines)
    func `every answer begins t3.5 and the turnaround after its request`(line: Line) throws {
        let frames = try frames(on: line, until: 3)
        #expect(frames.count > 200)
        for (request, answer) in zip(frames, frames.dropFirst()) where request.direction == .request {
            #expect(answer.direction == .response)
            let end = request.at + Int64(request.octets.count) * line.character
            #expect(answer.at == end + line.silence + Self.turnaround)
        }
    }

    @Test(arguments: lines)
    func `one talks at a time, and between two frames stand 3.5 characters of silence`(line: Line) throws {
        let frames = try frames(on: line, until: 3)
        var closest = Int64.max
        for (frame, next) in zip(frames, frames.dropFirst()) {
            let end = frame.at + Int64(frame.octets.count) * line.character
            #expect(next.at >= end + line.silence)
            if frame.direction == .response { closest = min(closest, next.at - end) }
        }
        // When there is much to do, no time is lost.
        #expect(closest == line.silence)
    }
}

@Suite struct ConnectionTests {
    private func frames(until seconds: Double) throws -> [RunLog.Frame] {
        let log = RunLog()
        let run = RackSimulation(try SmallRack.scenario(), recorder: log)
        run.advance(to: seconds)
        return log.frames.filter { $0.bus == 2 }
    }

    @Test func `a request takes the latency and up to the jitter to arrive`() throws {
        let frames = try frames(until: 3)
        var travels: [Int64] = []
        for answer in frames where answer.direction == .response {
            let request = try #require(
                frames.last { $0.direction == .request && $0.unit == answer.unit && $0.at < answer.at })
            // The BMC thinks for 5 ms, by its spec.
            travels.append(answer.at - request.at - 5_000_000)
        }
        #expect(travels.count > 40)
        #expect(travels.allSatisfy { (1_000_000..<1_500_000).contains($0) })
        let (least, greatest) = (travels.min() ?? 0, travels.max() ?? 0)
        #expect(greatest - least > 300_000)
    }

    @Test(arguments: [UInt8(48), 49])
    func `transaction identifiers count up on each connection, and an answer bears its request's`(unit: UInt8) throws {
        let frames = try frames(until: 2).filter { $0.unit == unit }.sorted { $0.at < $1.at }
        var identifier: UInt16 = 0
        #expect(frames.count > 20)
        for frame in frames {
            if frame.direction == .request { identifier += 1 }
            #expect(frame.octets[0...3] == [UInt8(identifier >> 8), UInt8(identifier & 0xFF), 0, 0])
            #expect(Int(frame.octets[4]) * 256 + Int(frame.octets[5]) == frame.octets.count - 6)
            #expect(frame.octets[6] == unit)
        }
    }

    @Test func `a time-out counts from sending, so that a slow network cannot be answered in time`() throws {
        let slow = SmallRack.lines.replacingOccurrences(of: "latency: 1 ms", with: "latency: 30 ms")
        let run = RackSimulation(try SmallRack.scenario(rack: SmallRack.rack(buses: slow)))
        run.advance(to: 1)
        // Twice 30 ms and 5 ms of turnaround are more than the time-out of 60 ms.
        #expect(run.counters[2].timeouts == run.counters[2].transactions)
        #expect(run.counters[2].transactions > 0)
    }
}
