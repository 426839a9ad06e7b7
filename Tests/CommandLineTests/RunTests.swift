import Foundation
import FoundationXML
import Testing

@Suite struct RunTests {
    private static let files = [
        "bus.pcapng", "events.jsonl", "junit.xml", "report.html", "result.json", "telemetry.sqlite",
    ]

    @Test func `a run that holds says so, ends with its digest and leaves six files that others can read`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("run", "small.yaml")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.error.isEmpty)
        let digest = try #require(call.digest)
        #expect(call.firstLine.hasPrefix("small   2 s in "))
        #expect(call.output.contains("  held  ") && call.output.contains("report runs/small/report.html"))

        let names = try FileManager.default.contentsOfDirectory(atPath: place.path("runs/small"))
        #expect(names.sorted() == Self.files)
        let result = try #require(
            try JSONSerialization.jsonObject(with: place.data("runs/small/result.json")) as? [String: Any])
        #expect(result["digest"] as? String == digest)
        #expect(result["held"] as? Bool == true && result["interrupted"] as? Bool == false)
        #expect(result["command"] as? String == "busbar run small.yaml --seed 1")
        #expect(XMLParser(data: try place.data("runs/small/junit.xml")).parse())
        let events = try place.text("runs/small/events.jsonl").split(separator: "\n")
        #expect(events.count > 3)
        for line in events { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        #expect(try place.data("runs/small/telemetry.sqlite").starts(with: Data("SQLite format 3\0".utf8)))
        #expect(try place.data("runs/small/bus.pcapng").starts(with: [0x0A, 0x0D, 0x0D, 0x0A]))
        #expect(try place.text("runs/small/report.html").hasSuffix("</html>\n"))
    }

    @Test func `the same seed gives the same digest and another seed another`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let digests = try ["7", "7", "8"].map { seed in
            try place.busbar("run", "small.yaml", "--seed", seed, "--quiet", "--out", "out").output
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
        #expect(digests.allSatisfy { $0.hasPrefix("digest ") && $0.count == 24 })
    }

    @Test func `an expectation that cannot hold makes exit code 1 and shows by how much`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(holds: "rack.power <= 1 kW"), as: "small.yaml")
        let call = try place.busbar("run", "small.yaml")
        #expect(call.status == 1)
        let row = try #require(call.outputLines.first { $0.contains("rack.power <= 1 kW") })
        #expect(row.hasPrefix("  FAILED     always  rack.power <= 1 kW") && row.contains(" W over at the worst, at "))
        #expect(call.digest != nil)
        #expect(try place.text("runs/small/junit.xml").contains("<failure type=\"failed\""))
        #expect(try place.text("runs/small/report.html").contains("1 of 2 expectations failed"))
    }

    @Test func `with json the standard output is one document with the digest inside`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("run", "small.yaml", "--json", "--set", "load=20%", "--out", "a folder")
        #expect(call.status == 0, "\(call.error)")
        let result = try #require(try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any])
        #expect((result["digest"] as? String)?.count == 16)
        #expect(result["command"] as? String == "busbar run small.yaml --seed 1 --set load=20%")
        #expect(try place.data("a folder/result.json") == Data(call.output.utf8))
    }

    @Test(arguments: [
        (["run", "small.yaml", "--for", "0s"], "expected a time above zero, such as 70s, 500ms or 5min"),
        (["run", "small.yaml", "--set", "load"], "expected PATH=VALUE, such as demand=80%"),
        (["serve", "small.yaml", "--bus", "net"], "found no place; write --bus net=tcp:1502"),
        (["serve", "small.yaml", "--bus", "net=tcp:0", "--status", "0"], "expected seconds from 0.1 to 86400"),
        (["control", "small.yaml", "--budget", "27.5"], "with its unit, such as 27.5kW or 900W; found no unit"),
    ])
    func `an option that is wrong says what it wants`(arguments: [String], words: String) throws {
        let place = try Workplace()
        let process = try place.prepared(arguments)
        try process.run()
        let call = try place.outcome(of: process)
        #expect(call.status == 64 && call.output.isEmpty)
        #expect(call.error.contains(words), "\(call.error)")
    }

    @Test func `what a shorter run leaves undecided is no failure, and the summary says so`() throws {
        let place = try Workplace()
        let later = "  - {at: 1500 ms, within: 100 ms, holds: rack.power <= 8 kW, for: 100 ms}\n"
        try place.write(Texts.scenario() + later, as: "small.yaml")
        let short = try place.busbar("run", "small.yaml", "--for", "1")
        #expect(short.status == 0)
        #expect(short.outputLines.contains { $0.hasPrefix("  undecided  within") }, "\(short.output)")
        #expect(short.outputLines.contains("undecided 1 of 3: not reached, no failure"))
        #expect(try place.busbar("run", "small.yaml").outputLines.contains { $0.hasPrefix("undecided") } == false)
        try place.write(Texts.scenario(holds: "rack.power <= 100 W"), as: "failing.yaml")
        #expect(try place.busbar("run", "failing.yaml", "--for", "1").status == 1)
    }

    @Test func `a setting changes the run as if it stood in the file`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        try place.write(
            Texts.scenario().replacingOccurrences(of: "default: 60 %", with: "default: 30 %"), as: "other.yaml")
        let digests = try [["small.yaml"], ["small.yaml", "--set", "load=30 %"], ["other.yaml"]].map { arguments in
            let process = try place.prepared(["run", "--quiet", "--out", "out"] + arguments)
            try process.run()
            return try place.outcome(of: process).digest
        }
        #expect(digests[0] != nil && digests[0] != digests[1])
        #expect(digests[1] == digests[2])
    }

    @Test func `the reports of an earlier run do not outlive the beginning of the next`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(duration: "1500 ms"), as: "small.yaml")
        #expect(try place.busbar("run", "small.yaml", "--quiet", "--out", "out").status == 0)
        try FileManager.default.removeItem(atPath: place.path("out/bus.pcapng"))
        try FileManager.default.createDirectory(atPath: place.path("out/bus.pcapng"), withIntermediateDirectories: true)
        let call = try place.busbar("run", "small.yaml", "--quiet", "--out", "out")
        #expect(call.status == 74 && call.output.isEmpty)
        #expect(call.error.contains("out/bus.pcapng: Is a directory"))
        #expect(!place.exists("out/report.html") && !place.exists("out/result.json"))
    }

    private static let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: tshark != nil, "tshark is not installed"))
    func `tshark reads every frame as Modbus`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        #expect(try place.busbar("run", "small.yaml", "--quiet", "--out", "out").status == 0)
        let tshark = try place.prepared(
            ["-r", "out/bus.pcapng", "-T", "fields", "-e", "_ws.malformed", "-e", "modbus.func_code"])
        tshark.executableURL = URL(fileURLWithPath: try #require(Self.tshark))
        try tshark.run()
        let rows = try place.outcome(of: tshark).outputLines
        #expect(rows.count > 100)
        #expect(rows.allSatisfy { $0.hasPrefix("\t") && $0.count > 1 })
    }
}
