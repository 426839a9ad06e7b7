import Foundation
import FoundationXML
import Testing

@Suite struct CompareTests {
    @Test func `laws run side by side, print a row each, and leave a page and a document`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("compare", "--law", "static,three-band", "small.yaml", "--out", "both")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.error.isEmpty)
        #expect(call.firstLine == "small")
        #expect(call.outputLines.map { String($0.prefix(8)) }.contains("  static"))
        #expect(call.outputLines.last == "report both/compare.html")
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path("both"))
        #expect(names.sorted() == ["compare.html", "compare.json"])
        let page = try place.text("both/compare.html")
        #expect(page.hasSuffix("</html>\n"))
        // A power plot per law, work lost and breaker heat.
        #expect(page.components(separatedBy: "<figure").count - 1 == 4)
    }

    @Test func `the figures do not depend on which laws run beside, and are those of a run`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("compare", "--law", "all", "--json", "small.yaml", "--seed", "4")
        #expect(call.status == 0)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any])
        let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
        let runs = try #require(scenario["runs"] as? [[String: Any]])
        #expect(runs.count == 9)
        let predictive = try #require(runs.first { $0["law"] as? String == "predictive" })
        let alone = try place.busbar("run", "small.yaml", "--seed", "4", "--set", "controller.law=predictive")
        #expect(predictive["digest"] as? String == alone.digest)
        let names = try #require(predictive["figures"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        for name in ["work lost", "breaker trips", "worst overshoot", "cap changes", "fan energy", "trip heat left"] {
            #expect(names.contains(name))
        }
    }

    @Test func `expectations that fail are told and are no failure of the comparison`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(holds: "rack.power <= 1 kW"), as: "small.yaml")
        let call = try place.busbar("compare", "--law", "three-band", "small.yaml")
        #expect(call.status == 0)
        #expect(call.output.contains("three-band  NO"))
    }

    @Test func `an unknown law is wrong usage, and every mistake of every scenario is told`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let law = try place.busbar("compare", "--law", "two-band", "small.yaml")
        #expect(law.status == 64)
        #expect(law.error.contains("two-band"))
        try place.write(Texts.scenario(budget: "9 V"), as: "first.yaml")
        try place.write(Texts.scenario(duration: "2 W"), as: "second.yaml")
        let call = try place.busbar("compare", "--law", "static", "first.yaml", "small.yaml", "second.yaml")
        #expect(call.status == 65)
        #expect(call.errorLines.count == 3)
        #expect(call.error.contains("first.yaml:") && call.error.contains("second.yaml:"))
        #expect(!place.exists("runs"))
    }
}
