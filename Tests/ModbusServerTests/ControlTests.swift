import Foundation
import NIOCore
import NIOEmbedded
import RunRecords
import Scenario
import ScenarioFiles
import Simulation
import Testing
import Units

@testable import ModbusServer

/// The control socket's words, on an event loop whose time the test moves.
@Suite struct ControlTests {
    private struct Desk {
        let rack: ServedRack
        let channel: EmbeddedChannel

        init() throws {
            rack = try ServedRack()
            let reader = LiveEventReader(rack.scenario)
            let session = ControlSession(rack.pump) { text in
                let (events, problems) = reader.read(text)
                return problems.isEmpty ? .events(events) : .refused(problems.map { "\($0)" })
            }
            channel = EmbeddedChannel(loop: rack.loop)
            try channel.pipeline.syncOperations.addHandler(ControlConnection(session))
            try channel.connect(to: SocketAddress(unixDomainSocketPath: "/control")).wait()
        }

        func send(_ text: String) throws { _ = try channel.writeInbound(ByteBuffer(string: text)) }

        func answer() throws -> [String] {
            var text = ""
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
            return text.split(separator: "\n").map(String.init)
        }

        func ask(_ line: String) throws -> [String] {
            try send(line + "\n")
            return try answer()
        }
    }

    @Test func `a fault is put on, listed with its hits, and ended`() throws {
        let desk = try Desk()
        let client = try desk.rack.tcpClient()
        #expect(try desk.ask("inject {bus: management, unit: 48, fault: {exception: busy}, for: 10 s}") == ["ok 1"])
        let echo: [UInt8] = [0, 7, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2]
        try client.send(echo)
        #expect(try client.received(within: 5) == [0, 7, 0, 0, 0, 3, 48, 0x88, 6])
        let list = try desk.ask("list")
        #expect(list == ["- 1 since=3.000s until=13.000s hits=1 bus management unit 48 exception busy", "ok 1"])
        #expect(try desk.ask("end 1") == ["ok 1"])
        try client.send(echo)
        #expect(try client.received(within: 5) == echo)
        #expect(try desk.ask("list") == ["ok 0"])
        let marks = desk.rack.simulation.result(wallSeconds: 0).events.filter { $0.subject == "live" }
        let text = "bus management unit 48 exception busy"
        #expect(marks.map(\.text) == [text, "end of: \(text)"])
        #expect(marks.allSatisfy { $0.isMajor })
    }

    @Test func `everything can be ended at once`() throws {
        let desk = try Desk()
        for number in 1...3 { #expect(try desk.ask("inject {fail: shelf-1/psu-\(number)}") == ["ok \(number)"]) }
        #expect(try desk.ask("end 2") == ["ok 1"])
        #expect(try desk.ask("end all") == ["ok 2"])
        #expect(try desk.ask("end all") == ["ok 0"])
    }

    @Test func `every mistake comes back with its place, and nothing is put on`() throws {
        let desk = try Desk()
        let answer = try desk.ask("inject {bus: tray, unit: 99, fault: no-replay}")
        #expect(answer.count == 3)
        #expect(answer[0].hasPrefix("- event:1:7: unknown bus \"tray\"; did you mean \"trays\"?"))
        #expect(answer[1].hasPrefix("- event:1:30: expected one of \"no-reply\""))
        #expect(answer[2] == "error 2 mistakes; nothing was injected")
        #expect(try desk.ask("list") == ["ok 0"])
    }

    @Test(arguments: [
        "", " ", "help", "injekt {fail: shelf-1/psu-1}", "inject", "inject   ", "inject {", "list all", "end", "end 0",
        "end -1", "end 99999999999999999999", "end 1 2", "LIST", "\u{0}\u{1}\u{7F}", "\r", "GET / HTTP/1.1\r",
        "inject {fail: \"a\\nok 5\"}", "\u{FFFD}\u{2028}",
    ])
    func `what is no request is refused in one line that says what is`(line: String) throws {
        let desk = try Desk()
        let answer = try desk.ask(line)
        #expect(answer.last?.hasPrefix("error ") == true, "\(answer)")
        #expect(answer.dropLast().allSatisfy { $0.hasPrefix("- ") })
        #expect(try desk.ask("list") == ["ok 0"])
    }

    @Test func `octets that are no text are refused`() throws {
        let desk = try Desk()
        _ = try desk.channel.writeInbound(ByteBuffer(bytes: (0...255).map { UInt8($0) }.filter { $0 != 10 } + [10]))
        #expect(try desk.answer().map { $0.prefix(5) } == ["error"])
    }

    @Test func `a line may come in parts, and several at once`() throws {
        let desk = try Desk()
        for part in ["li", "s", "t\nlist\nen", "d all", "\n"] { try desk.send(part) }
        #expect(try desk.answer() == ["ok 0", "ok 0", "ok 0"])
    }

    @Test func `an overlong line is refused and its client disconnected`() throws {
        let desk = try Desk()
        try desk.send(String(repeating: "a", count: 4096))
        #expect(desk.channel.isActive)
        try desk.send("a and more\nlist\n")
        #expect(try desk.answer() == ["error a line may have at most 4096 octets; this one was not read"])
        desk.rack.loop.run()
        #expect(!desk.channel.isActive)
    }

    @Test func `more live events than a thousand at a time are refused`() throws {
        let desk = try Desk()
        for _ in 0..<1000 { try desk.send("inject {bus: trays, fault: no-reply, function: 99}\n") }
        #expect(try desk.answer().last == "ok 1000")
        let refused = try desk.ask("inject {bus: trays, fault: no-reply}")
        #expect(refused == ["error 1000 live events are in force; end some of them first (end ID, end all)"])
        #expect(try desk.ask("list").count == 1001)
        #expect(try desk.ask("end all") == ["ok 1000"])
    }
}

/// The socket in the file system.
@Suite struct ControlSocketTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "busbar-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func `it is its owner's alone, and is gone when the server is`() throws {
        try withFolder { folder in
            let socket = try ControlSocket(path: "\(folder)/s")
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/s")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            socket.remove()
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/s"))
        }
    }

    @Test func `what a dead server left is replaced`() throws {
        try withFolder { folder in
            let path = "\(folder)/s"
            let dead = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            let address = try UnixAddress(path, attempted: "test")
            #expect(address.bind(dead) == 0)
            close(dead)
            #expect(FileManager.default.fileExists(atPath: path))
            try ControlSocket(path: path).remove()
        }
    }

    @Test func `a live server's is left alone`() throws {
        try withFolder { folder in
            let path = "\(folder)/s"
            let live = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            defer { close(live) }
            let address = try UnixAddress(path, attempted: "test")
            #expect(address.bind(live) == 0)
            #expect(listen(live, 4) == 0)
            let failure = #expect(throws: ServerFailure.self) { try ControlSocket(path: path) }
            #expect(failure?.description.contains("another server answers there; end it, or name another path") == true)
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a file of another kind is left alone`() throws {
        try withFolder { folder in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/s"))
            let failure = #expect(throws: ServerFailure.self) { try ControlSocket(path: "\(folder)/s") }
            #expect(failure?.reason == "a file that is no socket stands there")
            #expect(try String(contentsOfFile: "\(folder)/s", encoding: .utf8) == "mine")
        }
    }

    @Test(arguments: ["/nonexistent/folder/s", "", String(repeating: "long", count: 30)])
    func `a path that cannot be is told with its reason`(path: String) {
        #expect(throws: ServerFailure.self) { try ControlSocket(path: path) }
    }

    @Test func `nobody at the path is told with a remedy`() {
        let failure = #expect(throws: ServerFailure.self) { try ControlClient.ask("list", at: "/nonexistent/s") }
        #expect(failure?.description.contains("start busbar serve with --control-socket /nonexistent/s") == true)
    }
}
