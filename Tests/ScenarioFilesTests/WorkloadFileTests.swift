import Plant
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct WorkloadFileTests {
    private func read(_ workload: String) throws -> (ScenarioDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        // Eight trays, so that shares of them differ.
        try project.write(
            Project.rack.changing("count: 2\n", to: "count: 8\n").changing("rated: 16 A", to: "rated: 63 A")
                .changing("count: 3, rated: 3 kW", to: "count: 6, rated: 6 kW"), to: "Racks/small.yaml")
        let text = Project.scenario.changing("{inference: {trace: bursty, demand: $demand}}", to: workload)
            .changing("budget: 6 kW", to: "budget: 12 kW")
        return ScenarioFile.read(text, file: "s.yaml", files: project.files)
    }

    private static let mix =
        "{training-share: SHARE, training: {period: 1 s}, inference: {trace: bursty, demand: $demand}}"

    @Test(arguments: [("0 %", 0), ("30 %", 2), ("50 %", 4), ("100 %", 8)])
    func `a share of the trays trains and the others serve`(share: String, trays: Int) throws {
        let (scenario, problems) = try read(Self.mix.changing("SHARE", to: share))
        #expect(problems == [], "\(problems)")
        let workloads = try #require(scenario).workloads
        var (training, serving) = ([Int](), [Int]())
        for assignment in workloads {
            switch assignment.workload {
            case .training(let job):
                training += assignment.trays
                #expect(job.stepPeriod == 1)
            case .inference: serving += assignment.trays
            default: Issue.record("neither trains nor serves")
            }
        }
        #expect(training == Array(0..<trays))
        #expect(serving == Array(trays..<8))
        #expect(workloads.allSatisfy { !$0.trays.isEmpty })
    }

    @Test func `stalls have a chance and a length`() throws {
        let (scenario, problems) = try read("{training: {duty: $demand, stalls: {chance: 5 %, length: 800 ms}}}")
        #expect(problems == [], "\(problems)")
        guard case .training(let job) = try #require(scenario).workloads[0].workload else {
            Issue.record("no training")
            return
        }
        #expect(job.stallChance == 0.05 && job.stallLength == 0.8)
    }

    @Test(arguments: [
        ("{training-share: 50 %, training: {duty: $demand}}", "6:28", "\"training\" and \"inference\" beside"),
        ("{training: {duty: $demand, stalls: {chance: 5 %}}}", "6:46", "expected the key \"length\""),
        ("{training: {duty: $demand, stalls: {chance: 105 %, length: 1 s}}}", "6:55", "105 %"),
    ])
    func `a mistake in a mix or in stalls has its place`(workload: String, place: String, text: String) throws {
        let (_, problems) = try read(workload)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect(problem.text.contains(text) && "\(problem.line):\(problem.column)" == place, "\(problem)")
    }
}
