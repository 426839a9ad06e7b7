import ScenarioFiles
import Testing
import YAMLReading

/// One change to a good scenario, and the one mistake that it must be told as, with its place.
struct Mistake: Sendable {
    var old: String
    var new: String
    var place: String
    var text: String

    init(_ old: String, _ new: String, _ place: String, _ text: String) {
        (self.old, self.new, self.place, self.text) = (old, new, place, text)
    }
}

@Suite struct ScenarioMistakeTests {
    static let mistakes: [Mistake] = [
        Mistake("rack: small", "rack: smal", "2:7", "did you mean \"small\"?"),
        Mistake("duration: 2 min", "duration: 2 min\nparamters: {}", "4:1", "did you mean \"parameters\"?"),
        Mistake("duration: 2 min", "duration: 2 minutes", "3:11", "expected a time such as \"100 ms\""),
        Mistake("duration: 2 min\n", "", "2:1", "expected the key \"duration\""),
        Mistake("default: 90 %", "default: 190 %", "5:21", "expected a value from 0 % to 100 %, found \"190 %\""),
        Mistake("[0 %, 100 %]", "[100 %, 0 %]", "5:34", "the smaller first"),
        Mistake("$demand", "$demant", "6:47", "unknown parameter \"$demant\"; did you mean \"demand\"?"),
        Mistake("$demand", "50 %", "5:3", "the parameter \"demand\" is never used"),
        Mistake("bursty", "burst", "6:31", "expected a built-in trace such as bursty"),
        Mistake("bursty", "none.csv", "6:31", "none.csv cannot be read: there is no such file"),
        Mistake(
            "inference: {trace: bursty,", "constant: 10 %, inference: {trace: bursty,", "6:11",
            "found constant and inference"),
        Mistake("three-band", "two-band", "7:19", "\"ramp\", \"smooth\", found \"two-band\""),
        Mistake("budget: 6 kW", "budget: 6 kw", "7:55", "expected a power such as \"5.5 kW\""),
        Mistake(
            "budget: 6 kW", "budget: 1.5 kW", "7:55", "expected a budget of at least 2 kW, the sum of the trays' floors"
        ),
        Mistake("budget: 6 kW", "budget: 6 kW, cap-target: 80 %", "7:73", "uncap-threshold < cap-target"),
        Mistake(
            "budget: 6 kW", "budget: 6 kW, ride-through: 1 min", "7:75",
            "batteries or capacitors, and the rack has none"),
        Mistake("budget: 6 kW", "budget: 6 kW, charge-band: [30 %, 90 %]", "7:74", "charge-band is about batteries"),
        Mistake("budget: 6 kW", "budget: 6 kW, device-watchdog: 10 ms", "7:78", "at least two periods (200 ms)"),
        Mistake(
            "budget: 6 kW", "budget: 6 kW, uncap-slew: 5 kW", "7:73", "expected a power per time such as \"500 W/s\""),
        Mistake("at: 1 min, fail", "at: 3 min, fail", "9:10", "the run ends at 2 min, before this"),
        Mistake("shelf-1/psu-3", "shelf-1/psu-4", "9:23", "unknown supply \"shelf-1/psu-4\""),
        Mistake("fail: shelf-1/psu-3", "lose: feed-b", "9:23", "unknown feed \"feed-b\"; did you mean \"feed-a\"?"),
        Mistake("fail: shelf-1/psu-3", "open: door", "9:23", "expected a rack with a door: a fan wall"),
        Mistake("fail: shelf-1/psu-3", "stall: tray-2/fans.5", "9:24", "unknown fan \"tray-2/fans.5\""),
        Mistake("fail: shelf-1/psu-3", "reboot: tray-2/monitr", "9:25", "did you mean \"tray-2/monitor\"?"),
        Mistake("fail: shelf-1/psu-3", "reboot: tray-2/monitor, for: 1 s", "9:46", "\"reboot\" has no end"),
        Mistake("fail: shelf-1/psu-3", "fial: shelf-1/psu-3", "9:5", "expected one of fail, restore"),
        Mistake("fail: shelf-1/psu-3", "fail: shelf-1/psu-3, chance: 1 %", "9:38", "unknown key \"chance\""),
        Mistake("fail: shelf-1/psu-3", "sensor: tray-2/bmc.current, stuck: true", "9:25", "has no current sensor"),
        Mistake("fail: shelf-1/psu-3", "sensor: tray-2/monitor.voltage, drift: 1 A/s", "9:56", "a voltage per second"),
        Mistake("fail: shelf-1/psu-3", "sensor: tray-2/monitor.voltage", "9:25", "expected one of stuck, drift, gain"),
        Mistake(
            "fail: shelf-1/psu-3", "stop: standby", "9:23", "there is no standby; expected one in the controller's"),
        Mistake("fail: shelf-1/psu-3", "pause: controler", "9:24", "expected one of \"controller\", \"standby\""),
        Mistake("fail: shelf-1/psu-3", "partition: controller", "9:5", "expected the key \"from\""),
        Mistake(
            "budget: 6 kW", "budget: 6 kW, bring-up: slow", "7:71", "expected one of \"none\", \"staged\""),
        Mistake(
            "budget: 6 kW", "budget: 6 kW, bring-up-interval: 1 h", "7:80", "expected a time from 0.1 s to 600 s"),
        Mistake(
            "budget: 6 kW", "budget: 6 kW, standby: {takes-over-after: 500 ms}", "7:89",
            "expected at least six periods (600 ms)"),
        Mistake("fail: shelf-1/psu-3", "set: {budget: 1 kW}", "9:31", "the sum of the trays' floors"),
        Mistake("fail: shelf-1/psu-3", "set: {}", "9:22", "expected budget, inlet, facility or demand"),
        Mistake("bus: line, unit", "bus: lin, unit", "10:32", "unknown bus \"lin\"; did you mean \"line\"?"),
        Mistake("unit: 17", "unit: 99", "10:44", "no device of the bus \"line\" has the unit 99"),
        Mistake("fault: no-reply", "fault: silence", "10:55", "expected one of \"no-reply\""),
        Mistake("fault: no-reply", "fault: delay", "10:55", "delay needs an amount; write fault: {delay: 300 ms}"),
        Mistake("for: 20 s", "for: 100 s", "10:21", "before this ends"),
        Mistake("feed-a/breaker.tripped", "feed-a/breaker.triped", "12:12", "did you mean \"feed-a/breaker.tripped\"?"),
        Mistake("feed-a/breaker.tripped", "feed-a/breaker.heat", "12:12", "is a number"),
        Mistake("feed-a/breaker.tripped", "feed-a/breaker.tripped > 3", "12:12", "stands alone"),
        Mistake("rack.power <= rack.budget", "rack.power <= bus.voltage", "13:13", "two signals of one unit"),
        Mistake("rack.power <= rack.budget", "rack.power = rack.budget", "13:13", "with one of <=, >=, <, >"),
        Mistake("any-event", "any-thing", "14:21", "expected any-event"),
        Mistake("rack.power <= 5.5 kW", "rack.power <= 5.5 A", "15:37", "expected a power such as \"5.5 kW\""),
        Mistake("law: three-band", "law: three-band, redundancy: N+N", "7:43", "all shelves of the rack hang on one"),
        Mistake("for: 10 s", "for: 100 s", "15:37", "to be judged until 162 s, but the run ends at 2 min"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told once, with its place and its remedy`(mistake: Mistake) throws {
        let project = try Project()
        defer { project.remove() }
        let text = Project.scenario.changing(mistake.old, to: mistake.new)
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        #expect(scenario == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect("\(problem.line):\(problem.column)" == mistake.place, "\(problem)")
        #expect(problem.text.contains(mistake.text), "\(problem)")
    }

    @Test func `a tree that cannot keep its promise is told with what is missing, all at once`() throws {
        let project = try Project()
        defer { project.remove() }
        // One supply of 3 kW is left of none; a breaker of 1 A carries 0.4 kW.
        let rack = Project.rack.changing("count: 3, rated: 3 kW", to: "count: 1, rated: 3 kW")
            .changing("rated: 16 A", to: "rated: 1 A")
        try project.write(rack, to: "Racks/small.yaml")
        let text = Project.scenario.changing("shelf-1/psu-3", to: "shelf-1/psu-1")
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        #expect(scenario == nil)
        let told = problems.map(\.text)
        #expect(told.count == 2, "\(problems)")
        #expect(told.contains { $0.contains("after the failure that N+1 survives the supplies carry 0.0 kW") })
        #expect(told.contains { $0.contains("the feeds' breakers carry 0.") && $0.contains("take larger breakers") })
    }

    @Test func `a rack controller's own unit needs its spec, a bus and a unit of its own`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write(Project.rack + "controller: {spec: pm, bus: nett, unit: 300}\n", to: "Racks/small.yaml")
        let (_, problems) = ScenarioFile.read(Project.scenario, file: "s.yaml", files: project.files)
        #expect(problems.count == 3, "\(problems)")
        #expect(problems.contains { $0.text.contains("expected a rack controller, found \"pm\", a power monitor") })
        #expect(problems.contains { $0.text.contains("unknown bus \"nett\"") })
    }

    @Test func `a file that is wrong in ten places tells of ten`() throws {
        let project = try Project()
        defer { project.remove() }
        var text = Project.scenario
        let changes = [
            ("duration: 2 min", "duration: soon"), ("default: 90 %", "default: 90 K"), ("bursty", "dull"),
            ("three-band", "four-band"), ("period: 100 ms", "period: 100"), ("budget: 6 kW", "budget: 6 kg"),
            ("shelf-1/psu-3", "shelf-1/psu-9"), ("fault: no-reply", "fault: no"),
            ("feed-a/breaker.tripped", "feed-a.triped"),
            ("any-event", "no-event"),
        ]
        for (old, new) in changes { text = text.changing(old, to: new) }
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        #expect(scenario == nil)
        #expect(Set(problems.map(\.line)) == [3, 5, 6, 7, 9, 10, 12, 14])
        #expect(problems.count == 10, "\(problems.map(\.description).joined(separator: "\n"))")
        #expect(problems == problems.sorted())
    }

    @Test func `a missing file, a folder and broken YAML are told and nothing traps`() throws {
        let project = try Project()
        defer { project.remove() }
        let (_, missing) = ScenarioFile.load(path: "\(project.root)/none.yaml", files: project.files)
        #expect(missing.map(\.text) == ["cannot be read: there is no such file"])
        #expect(missing[0].isUnreadableFile)
        let (_, folder) = ScenarioFile.load(path: "\(project.root)/Racks", files: project.files)
        #expect(folder.map(\.text) == ["cannot be read: it is a folder"])
        let (_, broken) = ScenarioFile.read("rack: [small\nduration: 1 s", file: "s.yaml", files: project.files)
        #expect(broken.count == 1)
        #expect(broken[0].text.hasPrefix("not valid YAML"))
        #expect(!broken[0].isUnreadableFile)
        for text in ["", "# only a comment", "just words", "- a\n- b"] {
            let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
            #expect(scenario == nil)
            #expect(!problems.isEmpty)
        }
    }

    @Test func `a scenario cut off anywhere, or without any one letter, traps nowhere`() throws {
        let project = try Project()
        defer { project.remove() }
        let letters = Array(Project.scenario)
        var loaded = 0
        for index in letters.indices {
            var lacking = letters
            lacking.remove(at: index)
            for text in [String(letters[..<index]), String(lacking)] {
                let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
                #expect((scenario == nil) == !problems.isEmpty)
                loaded += scenario == nil ? 0 : 1
            }
        }
        // A letter less in a comment or a number is still a scenario.
        #expect(loaded > 0 && loaded < letters.count)
    }
}
