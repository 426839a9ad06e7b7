import Foundation
import Testing

/// `busbar serve` from its first line to its report. In the small rack of `Texts` the bus `line` is serial, with the
/// power monitor as unit 16, and `net` is TCP with one BMC, unit 48.
@Suite struct ServeTests {
    /// Function 8, return query data, to unit 16; the CRC is that of the specification's algorithm.
    private static let echo: [UInt8] = [16, 8, 0, 0, 0xA5, 0x37, 0xD9, 0xCC]

    private func smallRack(_ more: String = "") throws -> Workplace {
        let place = try Workplace()
        try place.write(Texts.scenario() + more, as: "small.yaml")
        return place
    }

    /// Devices boot for a moment: asks until the answer is there.
    private func expectEcho(on descriptor: Int32, _ octets: [UInt8] = echo) throws {
        for _ in 0..<600 {
            Wire.write(octets, to: descriptor)
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 100) == 1 else { continue }
            // A machine under load may answer the first two at once.
            let answers = try Wire.read(descriptor, count: octets.count)
            #expect(Array(answers.prefix(octets.count)) == octets)
            return
        }
        Issue.record("no answer for a minute")
    }

    @Test func `a serial device is served, its loss is told and recorded, and it is served again when it is back`()
        throws
    {
        let place = try smallRack()
        let device = place.path("device")
        let first = try TerminalPair()
        try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: first.path)
        let served = try Served(place, ["--bus", "line=rtu:\(device)", "--bus", "net=tcp:0"])
        #expect(try served.outputLine("ready bus=line at=") == device)
        let port = try #require(UInt16(try served.outputLine("ready bus=net at=127.0.0.1:")))
        try expectEcho(on: first.near)

        try FileManager.default.removeItem(atPath: device)
        close(first.near)
        let gone = try served.errorLine { $0.contains("s bus line, device \(device): is gone; ") }
        #expect(gone.prefixMatch(of: #/t=\d+\.\d{3}s bus line/#) != nil, "\(gone)")
        let bystander = try #require(Wire.connect(port))
        defer { close(bystander) }
        try expectEcho(on: bystander, [0, 1, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2])

        let second = try TerminalPair()
        defer { close(second.near) }
        try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: second.path)
        _ = try served.errorLine { $0.hasSuffix("s bus line, device \(device): is back") }
        try expectEcho(on: second.near)
        #expect(served.end(by: SIGTERM) != 74)
        let events = try place.text("out/events.jsonl")
        #expect(events.contains(#""source":"server","subject":"line""#))
        #expect(events.contains("device is gone") && events.contains("device is back"))
    }

    @Test func `what a client left unread on a pseudo-terminal is not the next one's`() throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "line=pty:\(place.path("line"))"])
        _ = try served.outputLine("ready bus=line at=")
        let first = open(place.path("line"), O_RDWR | O_NOCTTY)
        try expectEcho(on: first)
        // Another echo, two hundred times.
        let other: [UInt8] = [16, 8, 0, 0, 0x11, 0x22, 0x6F, 0x03]
        Wire.write((0..<200).flatMap { _ in other }, to: first)
        _ = try Wire.read(first, count: 8)
        close(first)
        let second = open(place.path("line"), O_RDWR | O_NOCTTY)
        defer { close(second) }
        try expectEcho(on: second)
        try expectEcho(on: second)
        #expect(served.end(by: SIGTERM) == 0)
    }

    @Test func `a thousand clients come to a pseudo-terminal one after the other, and each is answered`() throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "line=pty:\(place.path("line"))"])
        _ = try served.outputLine("ready bus=line at=")
        let first = open(place.path("line"), O_RDWR | O_NOCTTY)
        try expectEcho(on: first)
        close(first)
        for _ in 0..<1000 {
            let client = open(place.path("line"), O_RDWR | O_NOCTTY)
            defer { close(client) }
            Wire.write(Self.echo, to: client)
            #expect(try Wire.read(client, count: Self.echo.count) == Self.echo)
        }
        #expect(served.end(by: SIGTERM) == 0)
    }

    @Test func `who ends it by hand after the scenario's duration gets its verdicts, whatever --for asked for`() throws
    {
        let place = try smallRack()
        let early = try Served(place, ["--bus", "line=pty"])
        _ = try early.outputLine("ready bus=line at=")
        #expect(early.end(by: SIGTERM) == 0)
        #expect(try place.text("out/result.json").contains("undecided"))

        let late = try Served(place, ["--bus", "line=pty", "--status", "0.1s"])
        _ = try late.errorLine("t=3.")
        _ = late.end(by: SIGTERM)
        #expect(try !place.text("out/result.json").contains("undecided"))
    }

    @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
    func `a signal ends it with its report`(signal: Int32) throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "line=pty"])
        _ = try served.outputLine("ready bus=line at=/dev/pts/")
        let status = served.end(by: signal)
        #expect(served.process.terminationReason == .exit)
        #expect(status == 0)
        #expect(place.exists("out/report.html") && place.exists("out/result.json"))
    }

    @Test func `a port in use leaves an earlier report as it was`() throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "net=tcp:0"])
        let port = try served.outputLine("ready bus=net at=127.0.0.1:")
        try FileManager.default.createDirectory(atPath: place.path("earlier"), withIntermediateDirectories: true)
        try place.write("what was before", as: "earlier/report.html")
        let call = try place.busbar(
            "serve", "small.yaml", "--out", "earlier", "--for", "1", "--bus", "line=pty:\(place.path("link"))", "--bus",
            "net=tcp:\(port)")
        #expect(call.status == 74 && !call.trapped)
        #expect(call.output.isEmpty)
        #expect(
            call.error.hasPrefix("bus net, 127.0.0.1:\(port): cannot listen: Address already in use; end the program"))
        #expect(try place.text("earlier/report.html") == "what was before")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path("earlier")) == ["report.html"])
        #expect(!place.exists("link"))
        #expect(served.end(by: SIGTERM) == 0)
    }

    @Test func `an output folder that cannot be made closes what was opened`() throws {
        let place = try smallRack()
        try place.write("", as: "occupied")
        let call = try place.busbar(
            "serve", "small.yaml", "--out", "occupied/deeper", "--bus", "line=pty:\(place.path("link"))")
        #expect(call.status == 74 && !call.trapped)
        #expect(call.error.hasPrefix("cannot create the folder occupied: there is a file of that name"))
        #expect(!place.exists("link"))
    }

    @Test func `places come from the scenario, and a bus of the command line replaces its own`() throws {
        let place = try smallRack("serve: {net: [tcp:0, rtu-over-tcp:0], line: pty}\n")
        let call = try place.busbar("serve", "small.yaml", "--out", "out", "--for", "0.5", "--bus", "net=tcp:[::1]:0")
        #expect(call.status == 0)
        let ready = call.outputLines.filter { $0.hasPrefix("ready") }
        #expect(ready.count == 2)
        #expect(ready.first?.hasPrefix("ready bus=net at=[::1]:") == true)
        #expect(ready.last?.hasPrefix("ready bus=line at=/dev/pts/") == true)
    }

    @Test func `without a place there is nothing to serve`() throws {
        let place = try smallRack()
        let call = try place.busbar("serve", "small.yaml", "--out", "out")
        #expect(call.status == 64)
        #expect(
            call.error.contains("nothing to serve: give at least one of the rack's buses (line, net) a place, such as ")
        )
        #expect(call.error.contains("--bus line=tcp:127.0.0.1:1502"))
        #expect(!place.exists("out"))
    }

    @Test func `every malformed place and address is told in one pass`() throws {
        let place = try smallRack()
        let call = try place.busbar(
            "serve", "small.yaml", "--out", "out", "--bus", "line=rtu:/dev/x,9601", "--bus", "net=udp:1", "--bus",
            "line=pty,pace=slow", "--allow", "10.1.2.3/8", "--allow", "here")
        #expect(call.status == 64)
        for words in [
            "--bus line=rtu:/dev/x,9601: expected a baud rate", "--bus net=udp:1: expected one of tcp:HOST:PORT",
            "--bus line=pty,pace=slow: expected pace=unlimited or pace=line", "--allow 10.1.2.3/8: ", "--allow here: ",
        ] {
            #expect(call.error.contains(words))
        }
    }

    @Test func `every place that does not suit its bus is told in one pass`() throws {
        let place = try smallRack()
        let call = try place.busbar(
            "serve", "small.yaml", "--out", "out", "--bus", "net=rtu:/dev/x", "--bus", "lane=pty", "--bus",
            "net=tcp:1502,pace=line", "--bus", "line=tcp:1502")
        #expect(call.status == 65)
        #expect(call.errorLines.count == 4)
        for (line, words) in zip(
            call.errorLines,
            [
                "has no line settings; give them", "has no bus \"lane\"; it has line, net", "leave \"pace=line\" out",
                "is taken",
            ])
        {
            #expect(line.contains(words))
        }
        #expect(!place.exists("out"))
    }

    @Test func `a serial device that is missing is told with bus and remedy, and nothing is written`() throws {
        let place = try smallRack()
        let call = try place.busbar("serve", "small.yaml", "--out", "out", "--bus", "line=rtu:no-such-device")
        #expect(call.status == 74 && !call.trapped)
        #expect(call.error.hasPrefix("bus line, device no-such-device: cannot open it: No such file or directory; "))
        #expect(!place.exists("out"))
    }

    @Test func `clients whose address is not allowed are closed as they come, and counted`() throws {
        let place = try smallRack()
        let served = try Served(place, ["--bus", "net=tcp:0", "--allow", "10.0.0.0/8", "--allow", "::1"])
        let port = try #require(UInt16(try served.outputLine("ready bus=net at=127.0.0.1:")))
        let client = try #require(Wire.connect(port))
        defer { close(client) }
        #expect(Wire.read(client) == nil)
        #expect(served.end(by: SIGTERM) == 0)
        #expect(try served.outputLine("served 0 requests on 0 connections").contains("turned away 1 "))
    }

    @Test func `a port that others can reach is warned of, unless it is known who may come`() throws {
        let place = try smallRack()
        let open = try place.busbar("serve", "small.yaml", "--out", "out", "--for", "0.3", "--bus", "net=tcp:0.0.0.0:0")
        #expect(open.status == 0)
        #expect(open.error.hasPrefix("warning: whoever reaches 0.0.0.0:"))
        let closed = try place.busbar(
            "serve", "small.yaml", "--out", "out", "--for", "0.3", "--bus", "net=tcp:0.0.0.0:0", "--allow", "127.0.0.1")
        #expect(closed.status == 0 && closed.error.isEmpty)
        let local = try place.busbar("serve", "small.yaml", "--out", "out", "--for", "0.3", "--bus", "net=tcp:0")
        #expect(local.status == 0 && local.error.isEmpty)
    }
}
