import Scenario
import ScenarioFiles
import Simulation
import Testing

@testable import Swarm

struct SwarmCampaignTests {
    @Test func `a run is the same whenever its seed is run`() throws {
        let campaign = try SwarmRack.campaign()
        let first = campaign.run(campaign.schedule(seed: 3))
        let other = campaign.run(campaign.schedule(seed: 4))
        let again = campaign.run(campaign.schedule(seed: 3))
        #expect(first.digest == again.digest)
        #expect(first.digest != other.digest)
        #expect(first.findings.isEmpty, "\(first.findings)")
    }

    @Test func `a schedule written as a scenario runs to the same digest`() throws {
        let text = SwarmRack.text()
        let campaign = try SwarmRack.campaign(text)
        for seed in UInt64(1)...3 {
            let schedule = campaign.schedule(seed: seed)
            let safety = "{healed-by: 9 s, settles-within: 3 s}"
            let written = try #require(
                ScenarioRewriting.text(
                    of: text, file: "small.yaml", overrides: schedule.values,
                    with: .init(
                        comment: ["A test."], duration: Trouble.seconds(schedule.duration), seed: seed, safety: safety,
                        events: schedule.troubles.map { $0.line(in: campaign.scenario.rack) }),
                    writtenTo: "small.yaml", files: SwarmRack.files))
            let definition = try SwarmRack.definition(written)
            #expect(definition.seed == seed)
            #expect(SwarmVerdict.of(definition, seed: seed).digest == campaign.run(schedule).digest, "\(written)")
        }
    }

    @Test func `a law that never caps is caught, and its schedule shrinks to nothing`() throws {
        let campaign = try SwarmRack.campaign(SwarmRack.text(law: "none"))
        let schedule = campaign.schedule(seed: 1)
        let finding = try #require(campaign.run(schedule).findings.first)
        var shrinking = try #require(ScheduleShrinking(schedule, rule: finding.rule, of: campaign))
        let small = shrinking.shrunk()
        #expect(small.troubles.isEmpty)
        #expect(small.values.isEmpty)
        #expect(small.duration == 8000)
        #expect(campaign.run(small).findings.map(\.rule).contains(finding.rule))
    }

    @Test func `what does not break the rule is not shrunk`() throws {
        let campaign = try SwarmRack.campaign()
        #expect(ScheduleShrinking(campaign.schedule(seed: 1), rule: "caps", of: campaign) == nil)
    }

    @Test func `values that make no scenario are a finding, not a trap`() throws {
        let campaign = try SwarmRack.campaign()
        var schedule = campaign.schedule(seed: 1)
        schedule.values.append((path: "controller.budget", value: "1 W"))
        #expect(campaign.run(schedule).findings.map(\.rule) == [SwarmVerdict.unloadable])
    }

    @Test func `a tally counts failures by rule and keeps the lowest seed of an extreme`() {
        var tally = SwarmTally()
        func verdict(_ seed: UInt64, _ rules: [String], heat: Double) -> SwarmVerdict {
            var verdict = SwarmVerdict(
                seed: seed, findings: rules.map { .init(rule: $0, at: 1, text: "so") }, margins: .init(),
                digest: "\(seed)")
            verdict.margins.tripHeat = heat
            return verdict
        }
        tally.add(verdict(1, [], heat: 0.1))
        tally.add(verdict(2, ["a", "b"], heat: 0.4))
        tally.add(verdict(3, ["a"], heat: 0.4))
        #expect((tally.runs, tally.failedRuns) == (3, 2))
        #expect(tally.failures.map(\.rule) == ["a", "b"])
        #expect(tally.failures.map(\.count) == [2, 1])
        #expect(tally.failures[0].seeds == [2, 3])
        #expect(tally.tripHeat?.seed == 2)
    }
}
