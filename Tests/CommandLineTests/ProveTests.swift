import Foundation
import Testing

@Suite struct ProveTests {
    private static let variants = """
        variants:
          - {name: tight, set: {controller.budget: 7.9 kW}}
          - name: too-tight
            says: more than one supply carries
            set: {expect.1.always: rack.power <= 1 kW}
            fails: always rack.power <= 8 kW

        """

    @Test func `every run has the verdict that its scenario states, and the digest that run gives`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario() + Self.variants, as: "small.yaml")
        let call = try place.busbar("prove", "small.yaml")
        #expect(call.status == 0, "\(call.error)")
        let lines = call.outputLines
        #expect(lines.count == 4 && lines[0].hasPrefix("small        holds   digest "))
        #expect(lines[1].hasPrefix("  tight      holds   digest "))
        #expect(lines[2].hasPrefix("  too-tight  fails, as stated: always rack.power <= 1 kW   digest "))
        #expect(lines[3] == "3 runs of 1 scenario: every verdict is as stated")
        let run = try place.busbar("run", "small.yaml", "--variant", "too-tight")
        #expect(
            try place.text("runs/small/report.html").contains(
                "Variant too-tight: more than one supply carries. The scenario"))
        #expect(run.status == 1)
        #expect(lines[2].hasSuffix("   " + (run.outputLines.last ?? "")))
    }

    @Test func `a verdict other than stated is told, and makes exit code 1`() throws {
        let place = try Workplace()
        let swapped = Self.variants.replacingOccurrences(of: "rack.power <= 1 kW", with: "rack.power <= 7.8 kW")
            .replacingOccurrences(of: "{controller.budget: 7.9 kW}", with: "{expect.1.always: rack.power <= 1 kW}")
        try place.write(Texts.scenario() + swapped, as: "small.yaml")
        let call = try place.busbar("prove", "small.yaml")
        #expect(call.status == 1)
        #expect(call.output.contains("  tight      WRONG: should hold, but always rack.power <= 1 kW: "))
        #expect(call.output.contains("  too-tight  WRONG: should fail, but always rack.power <= 7.8 kW: margin "))
        #expect(call.outputLines.last == "3 runs of 1 scenario: 2 verdicts other than stated")
    }

    @Test func `a variant that cannot be read is a mistake before anything runs`() throws {
        let place = try Workplace()
        try place.write(
            Texts.scenario() + Self.variants.replacingOccurrences(of: "7.9 kW", with: "7.9 kg"), as: "small.yaml")
        let call = try place.busbar("prove", "small.yaml")
        #expect(call.status == 65 && call.output.isEmpty)
        #expect(
            call.error.contains("small.yaml:26:") && call.error.contains("in the variant \"tight\": expected a power"))
    }
}
