import Scenario
import Testing
import Units
import YAMLReading

@testable import ScenarioFiles

/// The sections `swarm` and `safety` of a scenario.
struct SwarmSectionTests {
    private func read(_ section: String) throws -> (ScenarioDefinition?, [String]) {
        let project = try Project()
        defer { project.remove() }
        let (scenario, problems) = ScenarioFile.read(
            Project.scenario + section, file: "Scenarios/test.yaml", files: project.files)
        return (scenario, problems.map(\.description))
    }

    @Test func `a scenario without a section is varied as usual`() throws {
        let (scenario, problems) = try read("")
        let swarm = try #require(scenario?.swarm, "\(problems)")
        #expect(swarm.duration == .seconds(60))
        #expect(swarm.kinds == SwarmSettings.TroubleKind.allCases)
        #expect(swarm.varied.map(\.path) == ["demand"])
        #expect(scenario?.safety == nil)
        #expect(scenario?.seed == nil)
    }

    @Test func `a section says what is drawn`() throws {
        let (scenario, problems) = try read(
            """
            swarm:
              duration: 30 s
              vary: {demand: [40 %, 80 %], controller.budget: [5 kW, 6 kW]}
              faults: {most: 2, kinds: [cut, fail-supply], from: 6 s, healed-by: 20 s}
              settles: {within: 8 s}
            safety: {healed-by: 20 s, settles-within: 8 s}
            seed: 4711
            """)
        let swarm = try #require(scenario?.swarm, "\(problems)")
        #expect(swarm.duration == .seconds(30))
        #expect(swarm.varied.map { $0.text(at: 0.5) } == ["60 %", "5.5 kW"])
        #expect(swarm.mostTroubles == 2)
        #expect(swarm.kinds == [.failSupply, .cut])
        #expect(swarm.from == .start + .seconds(6))
        #expect(swarm.safety.settledBy == .start + .seconds(28))
        #expect(scenario?.safety?.healedBy == .start + .seconds(20))
        #expect(scenario?.seed == 4711)
    }

    @Test func `every mistake of a section is reported with its place in one pass`() throws {
        let (scenario, problems) = try read(
            """
            swarm:
              duration: 30 W
              vary: {demnad: [40 %, 80 %], controller.budget: [6 kW, 5 kW]}
              faults: {most: 0, kinds: [cuts], from: 20 s, healed-by: 10 s}
              settles: {soon: 8 s}
            safety: {healed-by: 20 s}
            seed: -1
            """)
        #expect(scenario == nil)
        let expected = [
            "17:13: expected a time",
            "18:10: unknown parameter with a range \"demnad\"; expected one, or a path such as controller.budget; did you mean \"demand\"?",
            "18:51: expected a range of two quantities", "19:18: expected a whole number from 1 to 100",
            "19:29: expected one of \"fail-supply\"", "19:11: expected healed-by after from",
            "20:12: expected the key \"within\"",
            "20:13: unknown key \"soon\"",
            "21:9: expected the key \"settles-within\"", "22:7: expected a whole number from 0",
        ]
        for text in expected { #expect(problems.contains { $0.contains("test.yaml:\(text)") }, "\(text)\n\(problems)") }
    }

    private func ranges(of text: String) throws -> [String] {
        let project = try Project()
        defer { project.remove() }
        return ScenarioFile.read(text, file: "s.yaml", files: project.files, judgesRanges: true).1.map(\.description)
    }

    @Test func `a path that leads nowhere is told once, at its place`() throws {
        let problems = try ranges(of: Project.scenario + "swarm: {vary: {controller.perod: [1 s, 2 s]}}\n")
        #expect(problems.count == 1, "\(problems)")
        #expect(
            problems.first?.hasPrefix(
                "s.yaml:16:16: \"controller.perod\" cannot be varied: unknown key \"perod\"; did you mean \"period\"?")
                == true, "\(problems)")
    }

    @Test func `an end of a range that makes no scenario is told at its place`() throws {
        let varied = try ranges(of: Project.scenario + "swarm: {vary: {controller.period: [-1 s, 0.9 s]}}\n")
        #expect(varied.count == 1, "\(varied)")
        #expect(
            varied.first?.hasPrefix("s.yaml:16:36: with \"controller.period\" at -1 s: expected a time") == true,
            "\(varied)")
        let wide = Project.scenario.changing("range: [0 %, 100 %]", to: "range: [0 %, 130 %]")
        let declared = try ranges(of: wide)
        #expect(declared.count == 1, "\(declared)")
        #expect(
            declared.first?.hasPrefix("s.yaml:5:40: with \"demand\" at 130 %: s.yaml:6:") == true, "\(declared)")
        #expect(try ranges(of: Project.scenario + "swarm: {vary: {controller.budget: [5 kW, 6 kW]}}\n") == [])
    }

    @Test func `what is wrong anyway is not told again at the ends`() throws {
        let wrong = Project.scenario.changing("budget: 6 kW", to: "budget: 6 kg")
            .changing("range: [0 %, 100 %]", to: "range: [0 %, 130 %]")
        let problems = try ranges(of: wrong)
        #expect(problems.count == 2 && problems.filter { $0.contains("expected a power") }.count == 1, "\(problems)")
    }

    @Test func `a range that somebody varies must lead somewhere`() throws {
        let project = try Project()
        defer { project.remove() }
        func obstacles(_ argument: String) throws -> [String] {
            let range = try #require(ValueRange(argument: argument))
            return ScenarioFile.obstacles(
                to: [(range: range, origin: "--vary \(range.path)")], in: Project.scenario, file: "s.yaml",
                files: project.files
            ).map(\.description)
        }
        #expect(try obstacles("controller.period=50ms..1s") == [])
        let found = try obstacles("controller.perod=50ms..1s")
        #expect(found.count == 1 && found[0].hasPrefix("--vary controller.perod: "), "\(found)")
    }

    @Test func `a scenario that is written anew names racks of the project and finds other files from where it lies`()
        throws
    {
        let project = try Project()
        defer { project.remove() }
        try project.write(Project.rack, to: "Scenarios/own.yaml")
        for (rack, expected) in [("../Racks/small.yaml", "small"), ("own.yaml", "../../Scenarios/own.yaml")] {
            let text = Project.scenario.changing("rack: small", to: "rack: \(rack)")
            let written = try #require(
                ScenarioRewriting.text(
                    of: text, file: "\(project.root)/Scenarios/s.yaml", overrides: [],
                    with: .init(comment: [], duration: "9 s", seed: 1, safety: "{}", events: []),
                    writtenTo: "\(project.root)/runs/swarm/small.yaml", files: project.files))
            #expect(written.hasPrefix("rack: \(expected)\n"), "\(written)")
        }
    }

    @Test func `a swarm that leaves no time to settle is refused`() throws {
        let (_, problems) = try read("swarm: {duration: 30 s, faults: {healed-by: 20 s}, settles: {within: 9 s}}\n")
        #expect(problems.count == 1)
        #expect(problems[0].contains("expected at least 2 s in between"), "\(problems)")
    }

    @Test func `a range takes the values of its unit`() throws {
        let range = try #require(ValueRange(argument: "controller.period=50ms..1s"))
        #expect(range.text(at: 0) == "0.05 s")
        #expect(range.text(at: 0.5) == "0.525 s")
        #expect(range.text(at: 1) == "1 s")
        #expect(try #require(ValueRange(argument: "controller.retries=0..5")).text(at: 0.5) == "3")
        #expect(try #require(ValueRange(argument: "x=-10degC..5degC")).text(at: 0.1) == "-8.5 degC")
        for wrong in ["x", "x=1", "x=2..1", "x=1 s..2 W", "=1..2"] { #expect(ValueRange(argument: wrong) == nil) }
    }
}
