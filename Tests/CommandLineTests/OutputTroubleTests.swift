import Foundation
import Testing

@Suite struct OutputTroubleTests {
    @Test func `an output folder that cannot be made is told before anything is run`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        try place.write("", as: "occupied")
        let call = try place.busbar("run", "small.yaml", "--out", "occupied/deeper")
        #expect(call.status == 74 && call.output.isEmpty)
        #expect(call.errorLines.first == "cannot create the folder occupied: there is a file of that name")
    }

    @Test func `a file that cannot take the run does not cost the verdict or the other files`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        try FileManager.default.createDirectory(atPath: place.path("out"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: place.path("out/bus.pcapng"), withDestinationPath: "/dev/full")
        let call = try place.busbar("run", "small.yaml", "--out", "out")
        #expect(call.status == 74 && !call.trapped)
        #expect(call.error == "cannot write out/bus.pcapng: No space left on device\n")
        #expect(call.digest != nil)
        #expect(place.exists("out/report.html") && place.exists("out/result.json") && place.exists("out/junit.xml"))
    }

    @Test func `streams that are full do not trap`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let run = try place.prepared(["run", "small.yaml", "--quiet"])
        run.standardOutput = full
        try run.run()
        let call = try place.outcome(of: run)
        #expect(call.status == 74 && !call.trapped)
        #expect(call.error == "cannot write standard output: No space left on device\n")

        let check = try place.prepared(["check", "missing.yaml"])
        check.standardError = full
        try check.run()
        let second = try place.outcome(of: check)
        #expect(second.status == 74 && !second.trapped)
    }

    @Test func `an interrupted run leaves its files, marked as such`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(duration: "24 h"), as: "long.yaml")
        let call = try interrupted(place, ["run", "long.yaml", "--out", "out"]) {}
        #expect(call.status == 130 && !call.trapped)
        #expect(call.firstLine.hasPrefix("long   INTERRUPTED at ") && call.firstLine.contains(" of 24 h in "))
        #expect(call.digest != nil)
        let result = try #require(
            try JSONSerialization.jsonObject(with: place.data("out/result.json")) as? [String: Any])
        #expect(result["interrupted"] as? Bool == true && result["held"] as? Bool == false)
        #expect(try place.text("out/report.html").contains("this report is partial"))
        #expect(try place.text("out/junit.xml").contains("name=\"interrupted\" value=\"true\""))
        #expect(try place.text("out/events.jsonl").hasSuffix("}\n"))
        #expect(try place.data("out/telemetry.sqlite").count > 0)
    }

    @Test func `a folder that vanishes in mid-run is told and does not trap`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(duration: "24 h"), as: "long.yaml")
        let call = try interrupted(place, ["run", "long.yaml", "--out", "out"]) {
            try FileManager.default.removeItem(atPath: place.path("out"))
        }
        #expect(call.status == 74 && !call.trapped)
        #expect(call.digest != nil)
        #expect(!place.exists("out"))
    }

    /// Runs with the error stream on a terminal, and interrupts once the progress bar is seen there.
    private func interrupted(_ place: Workplace, _ arguments: [String], after: () throws -> Void) throws -> Call {
        let (master, slave) = try Self.terminal()
        defer { close(master) }
        let process = try place.prepared(arguments)
        process.standardError = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        try process.run()
        let seen = readUntil("x real time", from: master)
        #expect(seen.contains("░") && seen.contains("0 %"))
        try after()
        process.interrupt()
        return try place.outcome(of: process)
    }

    /// A pair of pseudo-terminal ends. The C library's functions for it are hidden from Swift: these are the requests of
    /// the kernel behind them (TIOCSPTLCK to unlock the other end, TIOCGPTN for its number, asm-generic/ioctls.h).
    private static func terminal() throws -> (master: Int32, slave: Int32) {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: UInt32 = 0
        let isOpen = master >= 0 && ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0
        try #require(isOpen)
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(slave >= 0)
        return (master, slave)
    }

    /// What a descriptor gives until `mark` stands in it; at most a minute of waiting, for a machine under load.
    private func readUntil(_ mark: String, from descriptor: Int32) -> String {
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let text = String(decoding: octets, as: UTF8.self)
            if text.contains(mark) { return text }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 60_000) == 1 else { return text }
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return text }
            octets += chunk.prefix(count)
        }
    }

    @Test func `a folder in which another process writes is refused, and is free again when that is dead`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let served = try Served(place, ["--bus", "net=tcp:127.0.0.1:0"])
        _ = try served.outputLine("ready bus=net at=")
        for arguments in [
            ["run", "small.yaml"], ["serve", "small.yaml", "--bus", "net=tcp:127.0.0.1:0", "--for", "1"],
        ] {
            let process = try place.prepared(arguments + ["--out", "out"])
            try process.run()
            let call = try place.outcome(of: process)
            #expect(call.status == 74 && call.output.isEmpty)
            #expect(
                call.error.hasPrefix("out: in use by process \(served.process.processIdentifier) ("), "\(call.error)")
            #expect(call.error.contains("choose another folder with --out"))
        }
        #expect(place.exists("out/events.jsonl"))
        _ = served.end(by: SIGKILL)
        #expect(try place.busbar("run", "small.yaml", "--out", "out").status == 0)
    }
}
