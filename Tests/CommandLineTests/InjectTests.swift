import Foundation
import Testing

/// Faults put on a rack that is being served, by the programs as they are called.
@Suite struct InjectTests {
    /// A server that ends by itself.
    private struct Server {
        let process: Process
        let output: FileHandle

        /// Ends it; the rest of what it had to say.
        func end() throws -> String {
            process.interrupt()
            let rest = try output.readToEnd() ?? Data()
            process.waitUntilExit()
            return String(decoding: rest, as: UTF8.self)
        }
    }

    /// Returns when the server is ready.
    private func serve(_ place: Workplace) throws -> Server {
        let root = Workplace.packageRoot
        let process = try place.prepared(
            [
                "serve", "\(root)/Scenarios/first-light.yaml", "--bus", "management=tcp:127.0.0.1:0",
                "--control-socket", "s", "--for", "60", "--out", "out",
            ])
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading
        // Signals of other tests reach this process too, and may interrupt the waiting.
        var ready = [UInt8](repeating: 0, count: 4096)
        var count = -1
        repeat { count = read(output.fileDescriptor, &ready, ready.count) } while count < 0 && errno == EINTR
        let complaints = try place.text("standard-error")
        try #require(
            String(decoding: ready.prefix(max(0, count)), as: UTF8.self).hasPrefix("ready bus="), "\(complaints)")
        return Server(process: process, output: output)
    }

    private func inject(_ place: Workplace, _ arguments: [String]) throws -> Call {
        let client = try Workplace()
        let process = try client.prepared(["inject", place.path("s")] + arguments)
        try process.run()
        return try client.outcome(of: process)
    }

    @Test func `faults and events are put on, listed, ended and reported`() throws {
        let place = try Workplace()
        let server = try serve(place)
        let fault = try inject(
            place,
            [
                "--bus", "trays", "--unit", "18", "--function", "3", "--address", "0-20", "--fault", "delay=300ms",
                "--for", "20s", "--count", "5", "--chance", "30%",
            ])
        #expect(fault.status == 0 && fault.output == "1\n", "\(fault)")
        #expect(try inject(place, ["--event", "{fail: shelf-1/psu-3}"]).output == "2\n")
        let list = try inject(place, ["--list"])
        #expect(list.outputLines.count == 2)
        #expect(
            list.outputLines.first?.hasSuffix(
                "hits=0/5 chance=30% bus trays unit 18 function 3 address 0-20 delay 300 ms") == true)
        #expect(try inject(place, ["--end", "1"]).output == "1\n")
        #expect(try inject(place, ["--end", "all"]).output == "1\n")
        #expect(try server.end().contains("served 0 requests"))
        let events = try place.text("out/events.jsonl").split(separator: "\n").filter { $0.contains("\"live\"") }
        #expect(events.count == 4)
        #expect(try place.text("out/report.html").contains("fail shelf-1/psu-3"))
        #expect(!place.exists("s"))
    }

    @Test func `refusals come with their reasons and exit code 65, and a thousand clients harm nobody`() throws {
        let place = try Workplace()
        let server = try serve(place)
        let refused = try inject(place, ["--bus", "tray", "--fault", "bad-crd\"}"])
        #expect(refused.status == 65)
        #expect(refused.errorLines.count == 3, "\(refused.error)")
        #expect(refused.error.contains("did you mean \"trays\"?"))
        #expect(refused.errorLines.last == "2 mistakes; nothing was injected")
        // Told of the options that were typed, not of columns of a text that nobody typed.
        let bare = try inject(place, ["--bus", "trays", "--fault", "delay", "--unit", "400", "--chance", "130%"])
        #expect(bare.errorLines.count == 4)
        #expect(bare.error.contains("--fault: delay needs an amount; write --fault delay=300ms"), "\(bare.error)")
        #expect(bare.error.contains("--unit: expected units") && bare.error.contains("--chance: expected a ratio"))
        #expect(try inject(place, ["--event", "{fail: psu}"]).error.contains("event:1:8: "))
        let stray = try inject(place, ["--end", "9"])
        #expect(stray.status == 65)
        #expect(
            stray.error
                == "--end 9: no live event \"9\" is in force; --list shows those that are; --end all ends them all\n")
        let amount = try inject(place, ["--bus", "trays", "--fault", "no-reply=3"])
        #expect(amount.errorLines.first == "--fault: no-reply has no amount; write --fault no-reply")
        #expect(try inject(place, ["--event", "{fail: shelf-1/psu-3"]).status == 65)
        // A second server on the same socket.
        let other = try Workplace()
        let second = try other.busbar(
            "serve", "\(Workplace.packageRoot)/Scenarios/first-light.yaml", "--bus", "trays=tcp:127.0.0.1:0",
            "--control-socket", place.path("s"), "--for", "1")
        #expect(second.status == 74)
        #expect(second.error.contains("another server answers there"))
        for descriptor in try crowd(at: place.path("s"), count: 1000) { close(descriptor) }
        // A busy server may not have seen yet that they are gone.
        try Patience.wait { try inject(place, ["--list"]).status == 0 }
        #expect(try server.end().contains("served 0 requests"))
    }

    @Test(arguments: [
        [], ["--list", "--end", "all"], ["--bus", "trays"], ["--fault", "no-reply"], ["--for", "1s"],
        ["--event", "{}", "--list"], ["--end"], ["--end", "last"],
    ])
    func `calls that say nothing or too much are wrong usage`(arguments: [String]) throws {
        let place = try Workplace()
        let process = try place.prepared(["inject", "/nonexistent/s"] + arguments)
        try process.run()
        #expect(try place.outcome(of: process).status == 64)
    }

    @Test func `no server at the path is exit code 74`() throws {
        let call = try Workplace().busbar("inject", "/nonexistent/s", "--list")
        #expect(call.status == 74)
        #expect(call.error.contains("/nonexistent/s: cannot reach the rack"))
    }

    /// Clients that connect, send half a line, and stay.
    private func crowd(at path: String, count: Int) throws -> [CInt] {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let count = min(count, Int(limit.rlim_cur) - 100)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return (0..<count).map { _ in
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            _ = withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            _ = send(descriptor, "inject {bus", 11, CInt(MSG_NOSIGNAL))
            return descriptor
        }
    }
}
