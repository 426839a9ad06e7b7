import Foundation
import Testing

@Suite struct MistakeTests {
    @Test func `every mistake of a scenario is told in one pass with its place, and nothing is written`() throws {
        let place = try Workplace()
        try place.write(Texts.manyMistakes, as: "many.yaml")
        let call = try place.busbar("run", "many.yaml", "--out", "out")
        #expect(call.status == 65)
        #expect(call.output.isEmpty)
        let places = [
            "2:7", "4:1", "5:32", "6:31", "6:47", "7:19", "7:39", "7:54", "9:5", "10:10", "10:24", "12:5", "13:13",
            "14:37",
        ]
        #expect(call.errorLines.dropLast().map { String($0.prefix { $0 != " " }) } == places.map { "many.yaml:\($0):" })
        #expect(call.errorLines.first?.hasSuffix("did you mean \"air-cooled-64\"?") == true)
        #expect(call.errorLines.last == "14 mistakes; nothing was run, nothing was written")
        #expect(!place.exists("out"))
    }

    @Test func `bad rows of a trace and an impossible budget are told together`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(workload: "{replay: {csv: bad.csv}}", budget: "1 kW"), as: "small.yaml")
        try place.write("seconds,share\n0,0.5\n1,1.5\nx,0.2\n2\n", as: "bad.csv")
        let call = try place.busbar("run", "small.yaml", "--out", "out")
        #expect(call.status == 65)
        #expect(
            call.errorLines.prefix(3).map { String($0.prefix { $0 != " " }) } == [
                "bad.csv:3:3:", "bad.csv:4:1:", "bad.csv:5:1:",
            ])
        #expect(call.error.contains("expected a budget of at least 2.6 kW, the sum of the trays' floors, found 1 kW"))
        #expect(!place.exists("out"))
    }

    @Test func `a rack without feed and with a unit twice is impossible`() throws {
        let place = try Workplace()
        let text = Texts.scenario().replacingOccurrences(of: "feeds: [{", with: "feeds: []\n  unknown: [{")
            .replacingOccurrences(of: "bus: line, first-unit: 80", with: "bus: line, first-unit: 16")
        try place.write(text, as: "small.yaml")
        let call = try place.busbar("check", "small.yaml")
        #expect(call.status == 65)
        #expect(call.error.contains("small.yaml:3:10: expected at least a feed: nothing powers the rack"))
        #expect(call.error.contains("small.yaml:4:3: unknown key \"unknown\""))
        #expect(call.error.contains("unit 16 of tray-1/"))
    }

    @Test(arguments: [
        ("missing.yaml", "there is no such file"), (".", "it is a folder"), ("/dev/zero", "it is larger than 64 MiB"),
        ("binary.yaml", "it is not UTF-8 text"),
    ])
    func `a scenario that cannot be read is trouble with a file`(name: String, reason: String) throws {
        let place = try Workplace()
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: place.path("binary.yaml")))
        let call = try place.busbar("run", name, "--out", "out")
        #expect(call.status == 74)
        #expect(call.errorLines.first == "\(name): cannot be read: \(reason)")
        #expect(!place.exists("out"))
    }

    @Test func `impossible settings are mistakes like those in the file`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar(
            "run", "small.yaml", "--set", "load=140%", "--set", "laod=1%", "--set", "controller.period=5kW", "--set",
            "events.9.at=1s", "--set", "duration=-5s", "--out", "out")
        #expect(call.status == 65)
        #expect(call.errorLines.count == 6)
        #expect(call.error.contains("--set load=140%: expected a value from 0 % to 100 %"))
        #expect(call.error.contains("--set laod=1%: ") && call.error.contains("did you mean \"load\"?"))
        #expect(!place.exists("out"))
    }

    @Test(arguments: [
        ["run"], ["run", "a.yaml", "--set", "load"], ["run", "a.yaml", "--seed", "x"], ["run", "a.yaml", "--out", ""],
        ["run", "a.yaml", "--loud"], ["check"], ["walk"], ["spec", "export", "busbar-pm-1", "--format", "xml"],
    ])
    func `a wrong command line is wrong usage`(arguments: [String]) throws {
        let place = try Workplace()
        let process = try place.prepared(arguments)
        try process.run()
        let call = try place.outcome(of: process)
        #expect(call.status == 64)
        #expect(call.error.hasPrefix("Error: ") && call.output.isEmpty)
    }

    @Test func `check judges all scenarios and tells a mistake that they share once`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "good.yaml")
        try place.write(
            Texts.scenario(workload: "{replay: {csv: bad.csv}}").replacingOccurrences(of: "parameters", with: "# "),
            as: "one.yaml")
        try place.write(
            Texts.scenario(workload: "{replay: {csv: bad.csv}}").replacingOccurrences(of: "parameters", with: "# "),
            as: "two.yaml")
        try place.write("seconds,share\n0,0.5\nx,0.2\n2,0.1\n", as: "bad.csv")
        let call = try place.busbar("check", "one.yaml", "good.yaml", "two.yaml", "gone.yaml")
        #expect(call.status == 65)
        #expect(call.output == "good.yaml: good (5 devices on 2 buses, 1 event, 2 expectations)\n")
        #expect(
            call.errorLines == [
                "bad.csv:3:1: expected a time in seconds, found \"x\"",
                "gone.yaml: cannot be read: there is no such file",
                "2 mistakes, in 3 of 4 scenarios",
            ])
    }
}
