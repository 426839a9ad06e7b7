import Foundation
import Testing

/// `busbar control` as a user calls it, up to the point where devices would be asked.
@Suite struct ControlTests {
    private static let rack = "\(Workplace.packageRoot)/Racks/air-cooled-64.yaml"

    /// A copy of the shipped rack with its specs and accelerators found where they ship.
    private func rack(_ changes: (String, String)..., as name: String, in workplace: Workplace) throws -> [String] {
        var text = try String(contentsOfFile: Self.rack, encoding: .utf8)
        for (old, new) in changes {
            try #require(text.contains(old))
            text = text.replacing(old, with: new)
        }
        try workplace.write(text, as: name)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `a rack that does not say where it is misses every place at once, and nothing is written`() throws {
        let workplace = try Workplace()
        _ = try rack((", at: tcp:127.0.0.1:1502", ""), (", at: tcp:127.0.0.1:1504", ""), as: "rack.yaml", in: workplace)
        let call = try workplace.busbar("control", "rack.yaml", "--budget", "27.5kW")
        #expect(call.status == 65)
        #expect(call.errorLines.count == 3)
        #expect(call.errorLines[0].contains("expected \"at\" for the bus \"shelf\", found none"))
        #expect(call.errorLines[1].contains("found none for tray-1/bmc (and 7 more)"))
        #expect(call.errorLines[2] == "2 mistakes; nothing was asked, nothing was written")
        #expect(!workplace.exists("runs"))
    }

    @Test func `a rack file wants a budget, and one that carries the floors`() throws {
        let workplace = try Workplace()
        let none = try workplace.busbar("control", Self.rack)
        #expect(none.status == 64)
        #expect(none.error.contains("--budget 27.5kW"))
        let small = try workplace.busbar("control", Self.rack, "--budget", "3 kW")
        #expect(small.status == 65)
        #expect(small.error.contains("expected a budget of at least 19.6 kW, the sum of the trays' floors, found 3 kW"))
    }

    @Test func `a budget file that says nothing is told with its place`() throws {
        let workplace = try Workplace()
        try workplace.write("plenty\n", as: "budget")
        let call = try workplace.busbar("control", Self.rack, "--budget-file", "budget")
        #expect(call.status == 65)
        #expect(call.errorLines.first == "budget:1:1: expected a budget such as \"27.5 kW\", found \"plenty\"")
    }

    @Test(arguments: [
        (["--period", "fast"], "period"), (["--period", "2min"], "60 s"), (["--realtime=0"], "1...99"),
        (["--budget", "27 V"], "budget"), (["--cpu", "-1"], "cpu"), (["--law", "two-band"], "law"),
        (["--budget-lease", "1s"], "2 s"),
    ])
    func `an option that cannot be is wrong usage`(options: [String], word: String) throws {
        let workplace = try Workplace()
        let process = try workplace.prepared(["control", Self.rack, "--budget", "27kW"] + options)
        try process.run()
        let call = try workplace.outcome(of: process)
        #expect(call.status == 64)
        #expect(call.error.contains(word))
    }

    @Test func `a period that outlasts the devices' watchdogs is refused`() throws {
        let workplace = try Workplace()
        let call = try workplace.busbar("control", Self.rack, "--budget", "27kW", "--period", "1500ms")
        #expect(call.status == 65)
        #expect(call.error.contains("expected a period of at most half the device-watchdog of 2s, found 1500ms"))
    }

    @Test func `a second controller on the same places is refused by the first one's name, until that is gone`() throws
    {
        let (first, second) = (try Workplace(), try Workplace())
        for workplace in [first, second] {
            // Port 9, discard: nobody listens there on a machine of today.
            _ = try rack(
                ("127.0.0.1:1502", "127.0.0.1:9"), ("127.0.0.1:1503", "127.0.0.1:9"), ("127.0.0.1:1504", "127.0.0.1:9"),
                as: "rack.yaml", in: workplace)
        }
        let running = try first.prepared(["control", "rack.yaml", "--budget", "27kW", "--for", "60s"])
        let output = Pipe()
        running.standardOutput = output
        try running.run()
        let ready = try #require(Wire.read(output.fileHandleForReading.fileDescriptor))
        #expect(String(decoding: ready, as: UTF8.self).hasPrefix("ready rack="))

        func beside(_ options: String...) throws -> Call {
            let process = try second.prepared(["control", "rack.yaml", "--budget", "27kW", "--for", "1s"] + options)
            process.environment?["BUSBAR_CLAIMS"] = first.folder
            try process.run()
            return try second.outcome(of: process)
        }
        let refused = try beside()
        #expect(refused.status == 74 && refused.output.isEmpty)
        #expect(refused.errorLines.count == 1)
        #expect(
            refused.error.hasPrefix("127.0.0.1:9: cannot control what is there: process \(running.processIdentifier) (")
        )
        #expect(refused.error.contains("control rack.yaml --budget 27kW"))
        #expect(!second.exists("runs"), "nothing was touched")
        #expect(try beside("--dry-run").firstLine.hasPrefix("ready rack="), "a dry run may look")

        kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
        #expect(try beside().firstLine.hasPrefix("ready rack="), "a claim ends with its process")
    }

    @Test func `without any device it says so once for each, ends when asked, and leaves its files`() throws {
        let workplace = try Workplace()
        // Port 9, discard: nobody listens there on a machine of today.
        _ = try rack(
            ("127.0.0.1:1502", "127.0.0.1:9"), ("127.0.0.1:1503", "127.0.0.1:9"), ("127.0.0.1:1504", "127.0.0.1:9"),
            as: "rack.yaml", in: workplace)
        let process = try workplace.prepared([
            "control", "rack.yaml", "--budget", "27.5kW", "--for", "3s", "--capture", "c.pcapng", "--status", "1s",
        ])
        try process.run()
        let call = try workplace.outcome(of: process)
        #expect(call.status == 1)
        #expect(call.firstLine == "ready rack=air-cooled-64 devices=30 channels=10 period=100ms")
        #expect(
            call.errorLines.count {
                $0.hasPrefix("t=")
                    && $0.contains("s tray-3/bmc (management, unit 50): absent: no answer at 127.0.0.1:9;")
            } == 1)
        #expect(
            call.errorLines.contains {
                $0.contains(" budget=27.5kW trays=0/8 buses=shelf:down,trays:down,management:down timeouts=")
            })
        #expect(call.output.contains("safe state: 0 of 16 devices took it"))
        #expect(call.output.contains("tray-3/bmc (management, unit 50) is out of reach"))
        #expect(workplace.exists("c.pcapng"))
        let result = try JSONSerialization.jsonObject(with: workplace.data("runs/control-air-cooled-64/result.json"))
        let realtime = try #require((result as? [String: Any])?["realtime"] as? [String: Any])
        #expect((realtime["cycles"] as? Int ?? 0) > 5)
        #expect((realtime["wakeUp"] as? [String: Any])?["p999"] != nil)
    }
}
