import Foundation
import Testing

/// How `busbar serve` ends, and what it leaves when it does not come to that.
@Suite struct ServeEndTests {
    private func smallRack() throws -> Workplace {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        return place
    }

    /// `timeout` sends its signal to its child, then to the group of both, and SIGCONT behind each.
    @Test(arguments: [[SIGTERM, SIGINT], [SIGINT, SIGHUP], [SIGTERM, SIGCONT, SIGTERM, SIGCONT]])
    func `signals in close succession are one wish, and the report is written`(signals: [Int32]) throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "line=pty"])
        _ = try served.outputLine("ready bus=line at=/dev/pts/")
        for signal in signals.dropLast() { kill(served.process.processIdentifier, signal) }
        #expect(served.end(by: try #require(signals.last)) == 0)
        #expect(served.process.terminationReason == .exit)
        #expect(place.exists("out/report.html") && place.exists("out/result.json"))
    }

    @Test func `who does not want to wait any longer ends it at once, and is told what is there`() throws {
        let place = try smallRack()
        let process = try place.prepared(["serve", "small.yaml", "--out", "out", "--for", "60", "--bus", "line=pty"])
        // Standard output is a pipe that is full: the ready line hangs for ever.
        let full = Pipe()
        let descriptor = full.fileHandleForWriting.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let octets = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, octets, octets.count) > 0 {}
        _ = fcntl(descriptor, F_SETFL, 0)
        process.standardOutput = full
        try process.run()
        try Patience.wait { place.exists("out/events.jsonl") }
        try Patience.wait {
            if process.isRunning { kill(process.processIdentifier, SIGTERM) }
            return !process.isRunning
        }
        let call = try place.outcome(of: process)
        #expect(call.status == 130 && !call.trapped)
        #expect(call.error == "left at once; no report was written; out/events.jsonl has what happened so far\n")
        #expect(!place.exists("out/result.json"))
    }

    @Test func `events and frames stand in their files while it runs, and outlive a kill`() throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "line=pty", "--controller", "builtin"])
        _ = try served.outputLine("ready bus=line at=/dev/pts/")
        // The scenario's own event, a second after the start; by then the controller has asked for long.
        try Patience.wait { try place.text("out/events.jsonl").contains(#""subject":"shelf-1/psu-2""#) }
        try Patience.wait { try place.data("out/bus.pcapng").count > 10_000 }
        kill(served.process.processIdentifier, SIGKILL)
        served.process.waitUntilExit()
        let events = try place.text("out/events.jsonl")
        #expect(events.hasSuffix("}\n") && events.hasPrefix("{"))
    }

    @Test func `a second server does not take the link of one that lives, and each takes away its own alone`() throws {
        let place = try smallRack()
        let link = place.path("link")
        func target() -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: link) }
        let first = try Served(place, ["--bus", "line=pty:\(link)"])
        let terminal = try first.outputLine("ready bus=line at=")
        let second = try place.busbar("serve", "small.yaml", "--out", "second", "--bus", "line=pty:./link")
        #expect(second.status == 74 && !second.trapped && !place.exists("second"))
        #expect(
            second.error.hasPrefix(
                "bus line, ./link: cannot make a link there: process \(first.process.processIdentifier) ("))
        #expect(second.error.contains("serve small.yaml") && second.error.hasSuffix("name another path\n"))
        #expect(target() == terminal)

        // What a server left that is gone is replaced.
        kill(first.process.processIdentifier, SIGKILL)
        first.process.waitUntilExit()
        #expect(target() == terminal)
        let third = try Served(place, ["--bus", "line=pty:\(link)"])
        #expect(try third.outputLine("ready bus=line at=") == target())

        // Somebody else's by now.
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        #expect(third.end(by: SIGTERM) == 0)
        #expect(target() == "/dev/null")
    }
}
