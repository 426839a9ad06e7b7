import Plant
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@Suite struct ScenarioFileTests {
    func load(
        _ text: String = Project.scenario, overrides: [(path: String, value: String)] = []
    ) throws -> (ScenarioDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        return ScenarioFile.read(text, file: "s.yaml", overrides: overrides, files: project.files)
    }

    /// The scenario without a mistake.
    func loaded(
        _ text: String = Project.scenario, overrides: [(path: String, value: String)] = []
    ) throws -> ScenarioDefinition {
        let (scenario, problems) = try load(text, overrides: overrides)
        #expect(problems == [])
        return try #require(scenario)
    }

    @Test func `a scenario comes out as it reads`() throws {
        let scenario = try loaded()
        #expect(scenario.name == "s")
        #expect(scenario.says == "Shows nothing but that it loads.")
        #expect(scenario.duration == .seconds(120))
        #expect(scenario.rack.says == "A small rack.")
        #expect(scenario.rack.devices.map(\.path).contains("tray-2/fans"))
        #expect(scenario.rack.devices.count == 9)
        #expect(scenario.controller.budget == .kilowatts(6))
        #expect(scenario.controller.law == .threeBand)
        #expect(scenario.controller.trays.map(\.floor) == [.kilowatts(1), .kilowatts(1)])
        // 500 W of host, four fans of 40 W, two accelerators of 500 W.
        #expect(scenario.controller.trays[0].ceiling == .watts(1660))
        #expect(scenario.parameters.map(\.name) == ["demand"])
        #expect(scenario.workloads.map(\.trays) == [[0, 1]])
        guard case .inference(let inference) = scenario.workloads[0].workload else {
            Issue.record("expected inference")
            return
        }
        #expect(inference.demand == 0.9)
        #expect(inference.requests.count == 2)
    }

    @Test func `events are ordered by time and carry their words`() throws {
        let events = try loaded().events
        #expect(events.map(\.text) == ["bus line unit 17 no-reply", "fail shelf-1/psu-3"])
        #expect(events.map(\.at.milliseconds) == [30_000, 60_000])
        #expect(events[0].until == .start + .seconds(50))
        #expect(events[1].until == nil)
        guard case .busFault(let fault) = events[0].action, case .failSupply(0, 2) = events[1].action else {
            Issue.record("expected a bus fault, then a failed supply")
            return
        }
        #expect(fault.bus == 0)
        #expect(fault.units == [17...17])
        #expect(fault.chance == .percent(30))
    }

    @Test func `expectations become predicates over signals in their unit`() throws {
        let expectations = try loaded().expectations
        #expect(expectations.count == 3)
        #expect(expectations[0].predicate.isTruth)
        #expect(expectations[1].exceptAfterEvents == .milliseconds(500))
        guard case .signal("rack.budget") = expectations[1].predicate.right,
            case .constant(5500) = expectations[2].predicate.right,
            case .within(let limit, let lasting) = expectations[2].kind
        else {
            Issue.record("expected rack.budget, then 5500 W within a time")
            return
        }
        #expect(limit == .seconds(2))
        #expect(lasting == .seconds(10))
        #expect(expectations[2].text == "rack.power <= 5.5 kW in 2 s for 10 s")
    }

    @Test func `every form of expectation loads`() throws {
        let text =
            Project.scenario + """
                  - {at: 1 min, for: 30 s, holds: tray-1.duty >= 20 %}
                  - {at: 10 s, settles: tray-1.temperature, to: 70 degC, band: 2 K, within: 30 s}
                  - {at: 10 s, within: 1 s, holds: not tray-1.online}
                  - never: bus/line.timeouts > 3
                    from: 10 s
                """
        let expectations = try loaded(text).expectations
        guard case .during(let length) = expectations[3].kind, case .settles(_, let band) = expectations[4].kind,
            case .constant(20) = expectations[3].predicate.right, case .constant(70) = expectations[4].predicate.right,
            case .constant(3) = expectations[6].predicate.right
        else {
            Issue.record("expected during, settles, a truth and a count")
            return
        }
        #expect(length == .seconds(30))
        #expect(band == 2)
        #expect(expectations[5].predicate.isTruth)
        #expect(expectations[5].predicate.comparison == .less)
        #expect(expectations[6].from == .start + .seconds(10))
    }

    @Test func `every kind of event loads`() throws {
        let text = Project.scenario.changing(
            "  - {at: 1 min, fail: shelf-1/psu-3}\n",
            to: """
                  - {at: 1 s, lose: feed-a, for: 10 ms}
                  - {at: 2 s, stall: tray-2/fans.4}
                  - {at: 3 s, restore: tray-2/fans.4}
                  - {at: 4 s, reboot: tray-1/monitor}
                  - {at: 5 s, disconnect: tray-1/bmc, until: 8 s}
                  - {at: 6 s, sensor: tray-1/monitor.current, drift: 50 mA/s}
                  - {at: 6 s, sensor: tray-1/fans.speed, stuck: true}
                  - {at: 6 s, sensor: shelf-1/psu-1.voltage, gain: 90 %}
                  - {at: 7 s, set: {budget: 5 kW, inlet: 35 degC, demand: 60 %}}
                  - {at: 8 s, bus: net, fault: delay, delay: 50 ms, count: 3}
                  - {at: 9 s, bus: net, fault: exception, code: 6}

                """)
        let events = try loaded(text).events
        #expect(events.count == 14)
        guard case .stallFan(1, 3) = events[1].action, case .restoreFan(1, 3) = events[2].action,
            case .sensorFault(_, .current, .drift(50)) = events[5].action,
            case .setDemand(.percent(60)) = events[10].action
        else {
            Issue.record("expected stall, restore, drift, demand: \(events.map(\.text))")
            return
        }
        #expect(events[4].until == .start + .seconds(8))
    }

    @Test(arguments: [
        ("constant: 80 %", "constant"), ("step: {from: 10 %, to: 90 %, at: 5 s}", "step"),
        ("ramp: {from: 10 %, to: 90 %, start: 5 s, end: 20 s}", "ramp"),
        ("training: {period: 1.5 s, duty: 80 %, peak: 100 %, trough: 30 %}", "training"),
    ])
    func `every workload loads`(text: String, kind: String) throws {
        let scenario = Project.scenario.changing("inference: {trace: bursty, demand: $demand}", to: text)
            .changing("30 %}\nexpect", to: "$demand}\nexpect")
        let workload = try loaded(scenario).workloads[0].workload
        #expect("\(workload)".hasPrefix(kind))
    }

    @Test func `workloads may be given tray by tray`() throws {
        let scenario = Project.scenario.changing(
            "workload: {inference: {trace: bursty, demand: $demand}}",
            to: "workload:\n  - {trays: [tray-1], constant: $demand}\n  - {trays: [tray-2], constant: 10 %}")
        #expect(try loaded(scenario).workloads.map(\.trays) == [[0], [1]])
    }

    @Test func `parameters and paths are set from outside`() throws {
        let scenario = try loaded(overrides: [
            ("demand", "80%"), ("controller.period", "200ms"), ("controller.retries", "4"), ("duration", "3 min"),
            ("events.1.at", "70 s"),
        ])
        guard case .inference(let inference) = scenario.workloads[0].workload else {
            Issue.record("expected inference")
            return
        }
        #expect(inference.demand == 0.8)
        #expect(scenario.controller.period == .milliseconds(200))
        #expect(scenario.controller.retries == 4)
        #expect(scenario.duration == .seconds(180))
        #expect(scenario.events[1].at == .start + .seconds(70))
        #expect(scenario.parameters.map(\.value) == ["80%", "200ms", "4", "3 min", "70 s"])
    }

    @Test(arguments: [
        ("demnd", "80%", "did you mean \"demand\"?"),
        ("demand", "120 %", "expected a value from 0 % to 100 %, found \"120 %\""),
        ("controller.perod", "1 s", "unknown key \"perod\"; did you mean \"period\"?"),
        ("controller.period", "fast", "expected a time such as \"100 ms\""),
        ("controller.period.x", "1 s", "is no single value"),
        ("events.9.at", "1 s", "is no single value"),
        ("controller", "1 s", "expected a parameter or a path"),
        ("controller..law", "none", "expected a path of keys joined by dots"),
    ])
    func `a mistaken setting from outside is named`(path: String, value: String, text: String) throws {
        let (scenario, problems) = try load(overrides: [(path, value)])
        #expect(scenario == nil)
        #expect(problems.count == 1)
        #expect(problems[0].file == "--set \(path)=\(value)")
        #expect(problems[0].line == 0)
        #expect(problems[0].text.contains(text), "\(problems[0].text)")
    }

    @Test func `the rack may stand in the scenario`() throws {
        let rack = Project.rack.split(separator: "\n").dropFirst().map { "  \($0)\n" }.joined()
        let scenario = try loaded(Project.scenario.changing("rack: small\n", to: "rack:\n\(rack)"))
        #expect(scenario.rack.name == "small")
    }
}
