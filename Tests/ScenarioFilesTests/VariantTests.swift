import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct VariantTests {
    private static let section = """
        group: overload
        look: [rack.power at 1 min, the caps]
        variants:
          - name: no-control
            says: nobody caps
            set: {controller.law: none, demand: 70 %}
            fails: [always rack.power <= rack.budget, within rack.power <= 5.5 kW in 2 s for 10 s]
          - {name: less, set: {demand: 10 %}}

        """

    private func read(
        _ text: String, variant: String? = nil, overrides: [(path: String, value: String)] = []
    ) throws -> (ScenarioDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        return ScenarioFile.read(
            text, file: "s.yaml", variant: variant, overrides: overrides, files: project.files, judgesVariants: true)
    }

    @Test func `a scenario has its group, what to look at, and its variants with the expectations that fail`() throws {
        let (scenario, problems) = try read(Project.scenario + Self.section)
        #expect(problems == [])
        let loaded = try #require(scenario)
        #expect(loaded.group == .overload)
        #expect(loaded.look == ["rack.power at 1 min", "the caps"])
        #expect(loaded.variants.map(\.name) == ["no-control", "less"])
        #expect(loaded.variants.map(\.failing) == [[1, 2], []])
        #expect(loaded.variants[0].settings.map(\.path) == ["controller.law", "demand"])
    }

    @Test func `a variant's values are in force when it is asked for, and those of the command line come after`() throws
    {
        let (varied, _) = try read(Project.scenario + Self.section, variant: "no-control")
        let scenario = try #require(varied)
        #expect(scenario.controller.law == .none)
        #expect(scenario.parameters.contains { $0.name == "demand" && $0.value == "70 %" })
        let (again, _) = try read(
            Project.scenario + Self.section, variant: "no-control", overrides: [("demand", "20 %")])
        #expect(try #require(again).parameters.contains { $0.name == "demand" && $0.value == "20 %" })
    }

    @Test(arguments: ["within rack.power <= 5.5 kW", "rack.power <= 5.5", "within"])
    func `the beginning of one expectation names it`(words: String) throws {
        let text = (Project.scenario + Self.section)
            .changing("within rack.power <= 5.5 kW in 2 s for 10 s]", to: "\(words)]")
        let (scenario, problems) = try read(text)
        #expect(problems == [])
        #expect(try #require(scenario).variants[0].failing == [1, 2])
    }

    @Test func `a beginning that two expectations share is told with both`() throws {
        let text = (Project.scenario + Self.section)
            .changing("within rack.power <= 5.5 kW in 2 s for 10 s]", to: "rack.power]")
        let (_, problems) = try read(text)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems[0].text.contains("may be \"always rack.power <= rack.budget\", \"within rack.power <= 5.5 kW"))
    }

    @Test func `a variant that is not there is told with those that are`() throws {
        let (scenario, problems) = try read(Project.scenario + Self.section, variant: "no-contol")
        #expect(scenario == nil)
        #expect(problems.map(\.text) == ["there is no variant \"no-contol\"; did you mean \"no-control\"?"])
    }

    @Test func `an expectation that the command line changes does not make the variants wrong`() throws {
        let (scenario, problems) = try read(
            Project.scenario + Self.section, overrides: [("expect.3.holds", "rack.power <= 5 kW")])
        #expect(problems == [])
        #expect(try #require(scenario).variants.isEmpty)
    }

    @Test func `a variant's own mistakes are told beside those of the scenario`() throws {
        let text = (Project.scenario + Self.section).changing("budget: 6 kW", to: "budget: 6 kg")
            .changing("{name: less, set: {demand: 10 %}}", to: "{name: less, set: {controller.perod: 1 s}}")
        let (_, problems) = try read(text)
        #expect(problems.filter { $0.text.contains("expected a power") }.count == 1, "\(problems)")
        let words = "in the variant \"less\": unknown key \"perod\""
        #expect(problems.contains { $0.text.hasPrefix(words) }, "\(problems)")
        #expect(problems.count == 2, "\(problems)")
    }

    static let mistakes: [Mistake] = [
        Mistake("group: overload", "group: overlaod", "16:8", "expected one of \"first-steps\", \"overload\""),
        Mistake("look: [rack.power at 1 min, the caps]", "look: {}", "17:7", "a sentence about what to look at"),
        Mistake("name: no-control", "name: No control", "19:11", "a name of lower-case letters"),
        Mistake("{name: less,", "{name: no-control,", "23:12", "the variant \"no-control\" stands twice"),
        Mistake("{name: less, set: {demand: 10 %}}", "{name: less}", "23:5", "expected the key \"set\""),
        Mistake("set: {demand: 10 %}", "set: {demand: [1]}", "23:32", "expected a single value, found a list"),
        Mistake(
            "always rack.power <= rack.budget, within", "always rack.powr <= rack.budget, within", "22:13",
            "expected an expectation of this scenario (\"never feed-a/breaker.tripped\""),
        Mistake("fails: [always", "fial: [always", "22:5", "did you mean \"fails\"?"),
        Mistake(
            "controller.law: none", "controller.law: nonne", "21:27",
            "in the variant \"no-control\": expected one of \"none\""),
        Mistake(
            "set: {demand: 10 %}", "set: {demand: 110 %}", "23:32",
            "in the variant \"less\": expected a value from 0 % to 100 %"),
        Mistake(
            "set: {demand: 10 %}", "set: {demnad: 10 %}", "23:32",
            "in the variant \"less\": expected a parameter or a path such as controller.period, found \"demnad\"; did you mean"
        ),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a variant is told once, with its place and its remedy`(mistake: Mistake) throws {
        let text = (Project.scenario + Self.section).changing(mistake.old, to: mistake.new)
        let (scenario, problems) = try read(text)
        #expect(scenario == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect(problem.description.hasPrefix("s.yaml:\(mistake.place): "), "\(problem)")
        #expect(problem.text.contains(mistake.text), "\(problem)")
    }
}
