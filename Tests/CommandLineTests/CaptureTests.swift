import Foundation
import Testing

/// Where the frames of a run go.
@Suite struct CaptureOptionTests {
    private let opening: [UInt8] = [0x0A, 0x0D, 0x0D, 0x0A]

    @Test func `capture names another file, and none writes no file`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let plain = try place.busbar("run", "small.yaml", "--out", "out")
        #expect(plain.status == 0 && place.exists("out/bus.pcapng"))
        let named = try place.busbar("run", "small.yaml", "--out", "out", "--capture", "frames.pcapng")
        #expect(named.status == 0 && named.digest == plain.digest)
        try #expect(place.data("frames.pcapng").prefix(4).elementsEqual(opening))
        // What an earlier run left must not be taken for this run's.
        #expect(!place.exists("out/bus.pcapng"))
        let none = try place.busbar("run", "small.yaml", "--out", "bare", "--capture", "none")
        #expect(none.status == 0 && none.digest == plain.digest)
        #expect(!place.exists("bare/bus.pcapng") && !place.exists("none") && place.exists("bare/report.html"))
    }

    @Test func `a capture that cannot be made is told before anything is run`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("run", "small.yaml", "--capture", "missing/frames.pcapng")
        #expect(call.status == 74 && call.output.isEmpty)
        #expect(
            call.errorLines == [
                "cannot create missing/frames.pcapng: No such file or directory",
                "nothing was run; choose another file with --capture",
            ])
        for wrong in ["-", ""] {
            let refused = try place.busbar("run", "small.yaml", "--capture", wrong)
            #expect(refused.status == 64 && refused.error.contains("--capture"))
        }
    }

    @Test func `a capture that breaks off is named by its own path`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("run", "small.yaml", "--capture", "/dev/full")
        #expect(call.status == 74 && call.digest != nil)
        #expect(call.error == "cannot write /dev/full: No space left on device\n")
    }
}

/// What "busbar serve" shows where no terminal is.
@Suite struct ServeDisplayTests {
    @Test func `standard output has the ready line first, and status lines go to the error stream`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar(
            "serve", "small.yaml", "--bus", "net=tcp:127.0.0.1:0", "--for", "2", "--speed", "10", "--status", "0.1s",
            "--capture", "none")
        #expect(call.outputLines.first?.hasPrefix("ready bus=net at=127.0.0.1:") == true)
        #expect(call.outputLines.dropFirst().first?.hasPrefix("small   ") == true)
        #expect(!call.output.contains("\u{1B}") && !call.error.contains("\u{1B}"))
        #expect(call.errorLines.count >= 2)
        let form =
            #/t=\d+\.\ds power=\d+\.\dkW budget=8\.0kW worst=\d+C trays=[01]/1 buses=ok timeouts=\d+(?: faults=\d+)?(?: lag=\d+ms)?/#
        #expect(call.errorLines.allSatisfy { $0.wholeMatch(of: form) != nil })
    }

    @Test func `a status interval that is none is refused`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        for wrong in ["0", "-1", "soon", "nan", "5m"] {
            let call = try place.busbar("serve", "small.yaml", "--bus", "net=tcp:0", "--status=\(wrong)")
            #expect(call.status == 64 && call.error.contains("--status"))
        }
    }
}
