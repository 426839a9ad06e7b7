import Foundation
import RunRecords
import Testing

@testable import Reports

/// The head of the page: the few figures that answer the scenario's question, and a word on power above the budget.
@Suite struct SummaryTests {
    private static let names = [
        "work lost", "caps written", "late cycles", "energy over budget", "conversion loss", "greatest trip heat",
        "trays shed", "transactions", "worst overshoot", "time over budget", "longest time over budget",
        "breaker trips", "trip heat left", "supply peak time left", "grid ramp", "grid swing", "requests served",
    ]

    private func run(expects: [String], redundancy: String = "N+1", overBudget: Double = 82.4) -> RunResult {
        var run = SampleRun().result()
        run.says = "It is a rack."
        run.look = []
        run.outcomes = expects.map {
            ExpectationOutcome(
                kind: "always", text: $0, verdict: .held, margin: 1, marginUnit: "", marginAt: 0, explanation: "")
        }
        run.figures = Self.names.map { Figure(name: $0, value: 1, unit: "") }
        for index in run.figures.indices {
            switch run.figures[index].name {
            case "time over budget": run.figures[index].value = overBudget
            case "worst overshoot": run.figures[index] = Figure(name: "worst overshoot", value: 8490, unit: "W")
            case "breaker trips": run.figures[index].value = 0
            case "trip heat left", "supply peak time left": run.figures[index].unit = "%"
            default: break
            }
        }
        run.settings.append(Setting(name: "redundancy", value: redundancy))
        return run
    }

    @Test func `what the expectations ask for comes first, eight tiles at most, and the others fold away`() throws {
        let page = ReportPage.html(for: run(expects: ["rack.trays-on >= 6", "rack.input-swing <= 10 kW"]))
        let parts = page.components(separatedBy: "<details class=\"more\">")
        #expect(parts.count == 2)
        let first = parts[0].components(separatedBy: "<dt>").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(
            first == [
                "Peak rack power", "Lowest budget", "Hottest chip", "Trays shed", "Grid swing", "Work lost",
                "Time over budget", "Trip heat left",
            ])
        let rest = try #require(parts[1].components(separatedBy: "</details>").first)
        for name in ["Simulated", "Caps written", "Requests served"] { #expect(rest.contains("<dt>\(name)</dt>")) }
        // 17 figures, 5 of them among the first, and the time that was simulated.
        #expect(rest.hasPrefix("<summary>13 more figures</summary>"))
        #expect(page.components(separatedBy: "<dt>").count - 1 == 8 + 13)
    }

    @Test func `power above the budget is explained where nothing forbids it`() {
        let page = ReportPage.html(for: run(expects: ["bus.voltage >= 46 V"]))
        #expect(page.contains("Power was above the budget in force for 82.4 s in all, by 8.49\u{A0}kW at the worst."))
        #expect(page.contains("No expectation forbids that"))
        #expect(page.contains("The supplies that worked were rated for it throughout"))
        #expect(page.contains("The budget holds back the reserve of N+1."))
        #expect(page.contains("No breaker tripped: the hottest kept 1\u{A0}% of its trip heat."))
    }

    @Test func `an expectation that sets power against the budget is named`() {
        let page = ReportPage.html(for: run(expects: ["rack.power <= rack.budget except 2 s after any event"]))
        #expect(page.contains("Allowed by “always rack.power &lt;= rack.budget except 2 s after any event”."))
        #expect(!page.contains("No expectation forbids that"))
    }

    @Test func `time above what the supplies are rated for is told`() {
        var result = run(expects: [], redundancy: "N")
        result.series = [("rack.power", [10, 30, 30, 10]), ("rack.capacity", [20.0, 20, 20, 20])].map { path, values in
            SeriesRecord(
                path: path, unit: "W",
                buckets: values.enumerated().map {
                    SeriesBucket(at: Double($0.offset) * 2, least: $0.element, mean: $0.element, greatest: $0.element)
                })
        }
        let page = ReportPage.html(for: result)
        #expect(page.contains("rated for it for all but about 4 s, and kept 1\u{A0}% of the time"))
        #expect(!page.contains("holds back"))
    }

    @Test func `a moment above the budget needs no word`() {
        #expect(!ReportPage.html(for: run(expects: [], overBudget: 0.4)).contains("above the budget in force"))
    }

    @Test func `behind a UPS the changes of power are the rack's and not the grid's`() {
        var result = run(expects: [])
        let bucket = SeriesBucket(at: 0, least: 0, mean: 0, greatest: 0)
        result.series.append(SeriesRecord(path: "rack.input-swing", unit: "W", buckets: [bucket]))
        let without = ReportPage.html(for: result)
        #expect(without.contains("Change of the power from the grid") && !without.contains("behind its UPS"))
        result.series.append(SeriesRecord(path: "feed-a/ups.bypassed", unit: "", buckets: [bucket]))
        let page = ReportPage.html(for: result)
        #expect(page.contains("Change of the rack&#39;s AC power") && !page.contains("power from the grid"))
        #expect(page.components(separatedBy: "of the rack, behind its UPS").count - 1 == 2)
    }
}
