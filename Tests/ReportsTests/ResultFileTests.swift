import Foundation
import Reports
import RunRecords
import Testing

@Suite struct ResultFileTests {
    private func object(_ result: RunResult) throws -> [String: Any] {
        let json = try ResultFile.json(for: result)
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test func `verdict, seed, digest and margins are there for programs`() throws {
        let object = try object(SampleRun(failed: true).result())
        #expect(object["format"] as? String == "busbar-result-1")
        #expect(object["held"] as? Bool == false)
        #expect(object["interrupted"] as? Bool == false)
        #expect(object["seed"] as? Int == 1)
        #expect(object["digest"] as? String == "3f9c1b02a4d07e55")
        let expectations = try #require(object["expectations"] as? [[String: Any]])
        #expect(expectations.map { $0["verdict"] as? String } == ["held", "held", "failed", "held"])
        #expect(expectations[2]["margin"] as? Double == -900)
    }

    @Test func `each signal is there with its extremes but without its curve`() throws {
        var result = SampleRun().result()
        result.series = [
            SeriesRecord(
                path: "rack.power", unit: "W",
                buckets: [
                    SeriesBucket(at: 0, least: 1, mean: 2, greatest: 3),
                    SeriesBucket(at: 1, least: 0, mean: 4, greatest: 9),
                ]),
            SeriesRecord(path: "tray-1.power", unit: "W", buckets: []),
        ]
        let signals = try #require(object(result)["signals"] as? [[String: Any]])
        #expect(signals.count == 1)
        #expect(
            signals[0]["least"] as? Double == 0 && signals[0]["mean"] as? Double == 3
                && signals[0]["greatest"] as? Double == 9)
    }

    @Test func `a margin that is no number does not spoil the file`() throws {
        var result = SampleRun().result()
        result.outcomes[0].margin = .infinity
        let expectations = try #require(object(result)["expectations"] as? [[String: Any]])
        #expect(expectations[0]["margin"] as? String == "Infinity")
    }
}
