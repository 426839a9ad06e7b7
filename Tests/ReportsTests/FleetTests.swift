import RunRecords
import Testing

@testable import Reports

/// Many like devices in one plot, some of which are lost for a while.
@Suite struct FleetTests {
    private static let at = [0.0, 10, 20, 30]

    private func trace(_ path: String, _ values: [Double]) -> Trace {
        Trace(path: path, unit: "W", at: Self.at, least: values, mean: values, greatest: values)
    }

    /// Four supplies: two are lost from 10 s on, one of them is back at 30 s.
    private var fleet: Fleet? {
        Fleet(
            [
                trace("psu-1.power", [100, 0, 0, 0]), trace("psu-2.power", [100, 0, 0, 120]),
                trace("psu-3.power", [100, 200, 200, 140]), trace("psu-4.power", [100, 220, 220, 150]),
            ],
            presence: [
                trace("psu-1.on", [1, 0, 0, 0]), trace("psu-2.on", [1, 0, 0, 1]), trace("psu-3.on", [1, 1, 1, 1]), nil,
            ], namesHighest: false)
    }

    @Test func `median and span are those of the supplies that give power`() throws {
        let fleet = try #require(fleet)
        #expect(fleet.median.mean == [100, 210, 210, 140])
        #expect(fleet.envelope.least == [100, 200, 200, 120])
        #expect(fleet.envelope.greatest == [100, 220, 220, 150])
    }

    @Test func `the legend says how many they are, and the lost ones are still named and drawn`() throws {
        let fleet = try #require(fleet)
        #expect(fleet.medianName(of: 4, "supplies") == "median of the supplies that are on, 2 to 3 of 4")
        #expect(fleet.outliers.map(\.subject) == ["psu-1", "psu-2"])
        #expect(fleet.outliers.first?.mean == [100, 0, 0, 0])
    }

    @Test func `a fleet of which nothing is lost is all of them`() throws {
        let members = [trace("psu-1.power", [1, 2, 3, 4]), trace("psu-2.power", [3, 4, 5, 6])]
        let on = trace("psu-1.on", [0, 1, 1, 1])
        // What boots in the first seconds is not missed.
        let fleet = try #require(Fleet(members, presence: [on, nil], namesHighest: false))
        #expect(fleet.medianName(of: 2, "supplies") == "median of 2 supplies")
        #expect(fleet.median.mean == [3, 3, 4, 5])
    }

    @Test func `a bucket in which a supply is lost is not one of those that give power`() throws {
        var on = trace("psu-1.on", [1, 0.4, 0, 0])
        on.least[1] = 0
        on.greatest[1] = 1
        let members = [trace("psu-1.power", [100, 40, 0, 0]), trace("psu-2.power", [100, 160, 200, 200])]
        let fleet = try #require(Fleet(members, presence: [on, nil], namesHighest: false))
        #expect(fleet.median.mean == [100, 160, 200, 200])
    }

    @Test func `a page finds presence by the truth of a supply and by the power of a tray`() {
        var run = SampleRun().result()
        run.series += (1...6).map { supply in
            let lost = supply == 3
            return SeriesRecord(
                path: "shelf-1/psu-\(supply).on", unit: "",
                buckets: run.series[0].buckets.map { bucket in
                    let on = lost && bucket.at >= 119 ? 0.0 : 1
                    return SeriesBucket(at: bucket.at, least: on, mean: on, greatest: on)
                })
        }
        for index in run.series.indices where run.series[index].path == "tray-2.power" {
            for bucket in run.series[index].buckets.indices where run.series[index].buckets[bucket].at > 200 {
                run.series[index].buckets[bucket].least = 0
            }
        }
        let page = ReportPage.html(for: run)
        #expect(page.contains("data-name=\"median of the supplies that are on, 5 to 6 of 6\""))
        #expect(page.contains("data-name=\"median of the trays that are on, 7 to 8 of 8\""))
    }
}
