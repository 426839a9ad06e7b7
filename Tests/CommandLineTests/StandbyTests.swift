import Foundation
import Testing

/// `busbar control --standby`: a second controller of this machine for one rack.
@Suite struct StandbyTests {
    /// The shipped rack with all its places at one port, and a budget.
    private static func words(_ place: Workplace, at port: UInt16) throws -> [String] {
        let rack = try String(contentsOfFile: "\(Workplace.packageRoot)/Racks/air-cooled-64.yaml", encoding: .utf8)
        try place.write(rack.replacing(/127\.0\.0\.1:150\d/, with: "127.0.0.1:\(port)"), as: "rack.yaml")
        return ["control", "rack.yaml", "--budget", "27.5kW", "--for", "60s", "--no-view"]
    }

    @Test func `a standby touches nothing while it waits, and takes the place of a controller that was killed`() throws
    {
        let (place, port) = (try Workplace(), try SilentPort())
        let words = try Self.words(place, at: port.number)
        let first = try Served(place, calling: words)
        _ = try first.outputLine("ready rack=")
        let standby = try Served(place, calling: words + ["--standby"])
        #expect(
            try standby.errorLine("standby: 127.0.0.1:\(port.number): waits; ").hasPrefix(
                "process \(first.process.processIdentifier) ("))
        // Some may come from whoever runs the tests; those to the rack are not among them yet.
        let waiting = try sockets(of: standby)
        #expect(try sockets(of: first) > waiting)

        _ = first.end(by: SIGKILL)
        #expect(
            try standby.errorLine("standby: takes over from ").hasPrefix(
                "process \(first.process.processIdentifier) ("))
        _ = try standby.outputLine("ready rack=")
        #expect(try sockets(of: standby) > waiting)
        _ = standby.end(by: SIGKILL)
    }

    /// How many sockets a process has open, by the system's word.
    private func sockets(of served: Served) throws -> Int {
        let folder = "/proc/\(served.process.processIdentifier)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).count { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            return target?.hasPrefix("socket:") == true
        }
    }

    @Test func `of two standbys one takes over, and the other waits for that one`() throws {
        let (place, port) = (try Workplace(), try SilentPort())
        let words = try Self.words(place, at: port.number)
        let first = try Served(place, calling: words)
        _ = try first.outputLine("ready rack=")
        let standbys = try (0..<2).map { _ in try Served(place, calling: words + ["--standby"]) }
        for standby in standbys { _ = try standby.errorLine("standby: 127.0.0.1:\(port.number): waits; ") }
        _ = first.end(by: SIGKILL)
        // Whoever does not take over says for whom it waits from now on.
        let old = "process \(first.process.processIdentifier) ("
        let lines = try standbys.map { standby in
            try standby.errorLine(where: {
                $0.hasPrefix("standby: takes over from \(old)") || $0.contains(": waits; ") && !$0.contains(old)
            })
        }
        let takers = standbys.indices.filter { lines[$0].hasPrefix("standby: takes over") }
        try #require(takers.count == 1, "\(lines)")
        #expect(lines[1 - takers[0]].contains(": waits; process \(standbys[takers[0]].process.processIdentifier) ("))
        for standby in standbys { _ = standby.end(by: SIGKILL) }
    }

    @Test func `a standby takes a served rack over, caps it, and leaves it in the safe state`() throws {
        let place = try Workplace()
        let scenario = Texts.scenario().replacing("events: [{at: 1 s, fail: shelf-1/psu-2}]\n", with: "")
        try place.write(scenario, as: "small.yaml")
        let served = try Served(place, ["--bus", "line=tcp:0", "--bus", "net=tcp:0"])
        let line = try served.outputLine("ready bus=line at=")
        let net = try served.outputLine("ready bus=net at=")
        let text = scenario.replacing("name: line, rtu:", with: "name: line, at: \"tcp:\(line)\", rtu:")
            .replacing("name: net, tcp:", with: "name: net, at: \"tcp:\(net)\", tcp:")
        try place.write(text, as: "rack.yaml")
        let words = ["control", "rack.yaml", "--status", "0.2s", "--no-view", "--for", "60s"]
        let first = try Served(place, calling: words)
        func isWell(_ line: String) -> Bool {
            line.hasPrefix("t=") && line.contains(" trays=1/1 ") && line.contains(" state=normal")
        }
        _ = try first.errorLine(where: isWell)
        let standby = try Served(place, calling: words + ["--standby"])
        _ = try standby.errorLine("standby: \(line)")
        _ = first.end(by: SIGKILL)
        _ = try standby.errorLine(where: isWell)
        #expect(standby.end(by: SIGTERM) == 0, "every device took the safe state from it")
        #expect(served.end(by: SIGTERM) != 74)
        let folder = try #require(
            try FileManager.default.contentsOfDirectory(atPath: place.path("runs")).first { $0.hasSuffix("-standby") })
        let events = try place.text("runs/\(folder)/events.jsonl")
        #expect(events.contains("took over from process \(first.process.processIdentifier) ("))
    }

    @Test func `a controller that stands still keeps the rack, and the standby says so`() throws {
        let (place, port) = (try Workplace(), try SilentPort())
        let words = try Self.words(place, at: port.number)
        let first = try Served(place, calling: words)
        _ = try first.outputLine("ready rack=")
        kill(first.process.processIdentifier, SIGSTOP)
        let standby = try Served(place, calling: words + ["--standby"])
        let stopped = "process \(first.process.processIdentifier) "
        #expect(try standby.errorLine("standby: \(stopped)").contains("kill -9 \(first.process.processIdentifier)"))
        #expect(standby.end(by: SIGTERM) == 0, "nothing was touched")
        #expect(
            try standby.errorLine("standby: ended while ") == "another controller has the rack; nothing was touched")
        #expect(!place.exists("runs/control-air-cooled-64-standby"))
        _ = first.end(by: SIGKILL)
    }

    @Test func `a standby that finds the rack free begins at once, and one that would only look is wrong usage`() throws
    {
        let (place, port) = (try Workplace(), try SilentPort())
        let words = try Self.words(place, at: port.number)
        let standby = try Served(place, calling: words + ["--standby"])
        #expect(try standby.errorLine("standby: nobody has the rack; ") == "begins at once")
        _ = try standby.outputLine("ready rack=")
        _ = standby.end(by: SIGKILL)
        let process = try place.prepared(words + ["--standby", "--dry-run"])
        try process.run()
        let call = try place.outcome(of: process)
        #expect(call.status == 64 && call.error.contains("--dry-run writes nothing"))
    }
}
