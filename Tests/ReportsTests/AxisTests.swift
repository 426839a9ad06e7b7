import ControlLaws
import Delivery
import Foundation
import RackControl
import RunRecords
import Testing

@testable import Reports

/// What stands at the axes of plots: words, whole numbers, one scale for many.
@Suite struct AxisTests {
    private func expects(_ text: String, _ signals: [(path: String, values: [Double])]) -> String {
        var run = SampleRun().result()
        run.outcomes.append(
            ExpectationOutcome(
                kind: "always", text: text, verdict: .held, margin: 1, marginUnit: "", marginAt: 0, explanation: ""))
        run.series += signals.map { path, values in
            SeriesRecord(
                path: path, unit: "",
                buckets: values.enumerated().map { index, value in
                    SeriesBucket(at: Double(index) * 100, least: value, mean: value, greatest: value)
                })
        }
        return ReportPage.html(for: run)
    }

    @Test func `a state of the controller is a word with its number`() {
        let page = expects("controller.state >= 5", [("controller.state", [2, 5, 6])])
        for label in ["0 nobody acts", "2 normal", "3 degraded", "5 shed", "6 recovery"] {
            #expect(page.contains(">\(label)</span>"), "\(label)")
        }
        #expect(page.contains("data-words=\"nobody acts|start|normal|degraded|failsafe|shed|recovery\""))
        // Levels of six steps: 2 is a third of the way up.
        #expect(page.contains("data-name=\"controller.state\" data-shape=\"steps\" d=\"M0 1333H667V333H1333V0H2000\""))
    }

    @Test func `the words are those that the controller has for its states`() throws {
        let words = try #require(SignalWords.words(of: "controller.state"))
        #expect(words.first == "nobody acts")
        for (number, word) in words.enumerated().dropFirst() {
            #expect(SafetyState(rawValue: UInt8(number))?.word == word)
        }
        #expect(SafetyState(rawValue: UInt8(words.count)) == nil)
        #expect(SignalWords.words(of: "rack.power") == nil)
    }

    @Test func `a bucket with two states shows one of them and none between`() {
        let trace = Trace(
            path: "controller.state", unit: "", at: [0, 1, 2, 3, 4], least: [2, 2, 5, 2, 2], mean: [2, 3.7, 5, 4.1, 2],
            greatest: [2, 5, 5, 5, 2])
        #expect(trace.stepped.mean == [2, 5, 5, 2, 2])
    }

    @Test func `numbers of things have no ticks between whole numbers`() {
        #expect(ValueAxis(covering: 0...2, includingZero: true, intervals: 7, countsThings: true).ticks == [0, 1, 2])
        #expect(ValueAxis(covering: 0...2, includingZero: true, intervals: 4).ticks.contains(0.5))
        let page = expects("switch-1/optics.hot <= 1", [("switch-1/optics.hot", [0, 1, 1])])
        #expect(page.contains("data-low=\"0\" data-high=\"1\""))
        #expect(!page.contains(">0.5</span>"))
    }

    @Test func `the trays' plots share one scale, whatever one of them needs`() throws {
        var run = SampleRun().result()
        for index in run.series.indices where run.series[index].path == "tray-2.cap" {
            // A little above the greatest power: it is drawn, and higher than all else.
            for bucket in run.series[index].buckets.indices {
                run.series[index].buckets[bucket] = SeriesBucket(
                    at: run.series[index].buckets[bucket].at, least: 4300, mean: 4300, greatest: 4300)
            }
        }
        let page = ReportPage.html(for: run)
        let scales = page.components(separatedBy: "<figure class=\"chart small\">").dropFirst().map { figure in
            figure.components(separatedBy: "data-high=\"").dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
        }
        #expect(scales.count == 8)
        #expect(Set(scales).count == 1)
        #expect(Double(try #require(scales.first ?? nil)) ?? 0 >= 4.3)
    }

    @Test func `laws are set side by side on one scale, and heat against the heat that trips`() {
        let runs = ["none", "static"].map { law in
            var result = SampleRun().result()
            for index in result.series.indices where result.series[index].path == "rack.power" && law == "none" {
                for bucket in result.series[index].buckets.indices {
                    result.series[index].buckets[bucket].greatest *= 1.5
                }
            }
            for index in result.series.indices where result.series[index].path.hasSuffix("breaker.heat") {
                for bucket in result.series[index].buckets.indices {
                    let at = result.series[index].buckets[bucket].at
                    result.series[index].buckets[bucket] = SeriesBucket(
                        at: at, least: 0, mean: 0.002, greatest: 0.002)
                }
            }
            return LawComparison.Run(law: law, result: result)
        }
        let page = ComparisonPage.html(
            for: [LawComparison(scenario: "first-light", says: "", seed: 1, runs: runs)], command: "", version: "")
        func highs(after text: String) -> [String] {
            page.components(separatedBy: text).dropFirst().map { rest in
                String(rest.components(separatedBy: "data-high=\"")[1].prefix { $0 != "\"" })
            }
        }
        #expect(highs(after: "<h3>Heat of the hottest breaker</h3>") == ["100"])
        let powers = highs(after: "<h3>none</h3>") + highs(after: "<h3>static</h3>")
        #expect(powers.count == 2 && powers[0] == powers[1])
    }
}
