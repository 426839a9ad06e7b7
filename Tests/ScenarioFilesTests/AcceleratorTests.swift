import Plant
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

/// What becomes of a power that nobody has published, and of a rack that is like another.
@Suite struct AcceleratorTests {
    private static let unpublished = Project.accelerator
        .changing("rated-power: {value: 500 W, mark: typical,", to: "rated-power: {mark: not-published,")
        .changing("minimum-limit: {value: 100 W,", to: "minimum-limit: {value: 25 %,")
        .changing("brake-power: {value: 80 W,", to: "brake-power: {value: 20 %,")

    private func read(_ accelerator: String, rack: String = Project.rack) throws -> (ScenarioDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(accelerator, to: "Accelerators/x1.yaml")
        try project.write(rack, to: "Racks/small.yaml")
        let (scenario, problems) = ScenarioFile.read(Project.scenario, file: "s.yaml", files: project.files)
        return (
            scenario,
            problems.map { problem in
                var told = problem
                told.file = problem.file.replacing(project.root + "/", with: "")
                return told
            }
        )
    }

    private func stating(_ powers: String) -> String {
        Project.rack.changing("{model: x1, count: 2}", to: "{model: x1, count: 2, \(powers)}")
    }

    @Test func `a rack states the power that nobody has published, and shares of it follow`() throws {
        let (scenario, problems) = try read(Self.unpublished, rack: stating("rated-power: 600 W"))
        #expect(problems == [], "\(problems)")
        let model = try #require(scenario).rack.plant.trays[0].accelerator
        #expect(model.ratedPower == 600 && model.minimumLimit == 150 && model.brakePower == 120)
        #expect(model.idlePower == 50)
    }

    @Test func `without it the rack is told where and what to state`() throws {
        let (scenario, problems) = try read(Self.unpublished)
        #expect(scenario == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect(problem.file == "Racks/small.yaml" && problem.line == 13 && problem.column == 27)
        #expect(problem.text.contains("nothing is published about \"rated-power\" of \"x1\"; state your own"))
    }

    @Test(arguments: [
        ("rated-power: 600 W, minimum-limit: 40 W", "expected idle-power < minimum-limit <= rated-power, found 50 W"),
        ("rated-power: 600 W, brake-power: 700 W", "expected idle-power <= brake-power < rated-power, found 50 W"),
        ("rated-power: 600 kg", "expected a power such as"),
    ])
    func `what the rack states must be in order`(powers: String, text: String) throws {
        let (_, problems) = try read(Self.unpublished, rack: stating(powers))
        #expect(problems.count == 1 && problems[0].text.contains(text), "\(problems)")
    }

    @Test func `all that does not fit together in an accelerator's file is told in one pass`() throws {
        let text = Project.accelerator.changing("minimum-limit: {value: 100 W", to: "minimum-limit: {value: 40 W")
            .changing("brake-power: {value: 80 W", to: "brake-power: {value: 40 W")
            .changing("shutdown-temperature: {value: 95 degC", to: "shutdown-temperature: {value: 85 degC")
            .changing("[50 %, 80 %], [100 %, 100 %]", to: "[50 %, 80 %], [100 %, 70 %]")
            .changing("lag: {value: 50 ms", to: "lag: {value: 50 W")
        let (_, problems) = try read(text)
        for words in [
            "expected a throughput that does not fall with power, found 70 % at 100 % after 80 % at 50 %",
            "expected idle-power < minimum-limit", "expected idle-power <= brake-power",
            "expected throttle-temperature < shutdown-temperature, found 87 degC and 85 degC", "expected a time",
        ] {
            #expect(problems.count { $0.text.contains(words) } == 1, "\(words)\n\(problems)")
        }
        #expect(problems.count == 5, "\(problems)")
    }

    @Test(arguments: [
        (
            "rated-power: {mark: not-published,", "rated-power: {value: 1 W, mark: not-published,", "4:22",
            "expected no value"
        ),
        ("rated-power: {mark: not-published,", "rated-power: {value: 50 %, mark: typical,", "4:22", "expected a power"),
        ("lag: {value: 50 ms, mark: typical,", "lag: {mark: not-published,", "6:13", "expected a value of the class"),
    ])
    func `only a power may be unpublished, and has no value then`(
        old: String, new: String, place: String, text: String
    ) throws {
        let (_, problems) = try read(Self.unpublished.changing(old, to: new), rack: stating("rated-power: 600 W"))
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect("\(problem.line):\(problem.column)" == place && problem.text.contains(text), "\(problem)")
    }
}
