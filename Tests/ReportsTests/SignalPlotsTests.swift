import RunRecords
import Testing

@testable import Reports

/// What a report draws, by the signals that a rack has and that its scenario names.
@Suite struct SignalPlotsTests {
    private func page(
        _ signals: [(path: String, unit: String, values: [Double])] = [], look: [String] = [], expects: [String] = []
    ) -> String {
        var run = SampleRun().result()
        run.look = look
        run.outcomes += expects.map {
            ExpectationOutcome(
                kind: "always", text: $0, verdict: .held, margin: 1, marginUnit: "", marginAt: 0, explanation: "")
        }
        run.series += signals.map { path, unit, values in
            SeriesRecord(
                path: path, unit: unit,
                buckets: values.enumerated().map { index, value in
                    SeriesBucket(at: Double(index) * 100, least: value, mean: value, greatest: value)
                })
        }
        return ReportPage.html(for: run)
    }

    private static let loop = [
        "coolant.supply", "coolant.return", "coolant.facility", "coolant.valve", "coolant.flow", "coolant.level",
        "coolant.pressure", "coolant.heat", "pumps.duty", "pumps.power", "pump-1.speed",
    ]
    private static let storage = [
        "bbu-1.charge", "bbu-1/unit-1.charge", "bbu-1/unit-2.charge", "rack.supply-power", "rack.backup-power",
        "feed-a/ups.load", "feed-a/ups.heat", "feed-a/ups.charge", "feed-a/ups.bypassed", "feed-a/ups.on-battery",
        "tether-1.power", "tether-1.source-power", "tether-1.contact", "tether-1.input-voltage", "tether-1.on",
    ]

    @Test func `a loop, batteries, a UPS and tethers are drawn where there are any`() {
        let titles = [
            "Coolant and facility water", "Facility water&#39;s valve", "Coolant flow", "Speed of the pumps",
            "Level of the reservoir", "State of charge of the backup shelves", "Who feeds the busbar",
            "UPS: load, overload, battery", "Power from other racks", "Plugs of the tethers",
        ]
        let without = page()
        for title in titles { #expect(!without.contains(title), "\(title)") }
        let with = page((Self.loop + Self.storage).map { ($0, $0.hasSuffix(".on") ? "" : "%", [50, 60, 50]) })
        for title in titles { #expect(with.contains(title), "\(title)") }
        // What is told of UPS and tethers is shown though it never changes.
        for path in ["feed-a/ups.on-battery", "tether-1.on"] { #expect(with.contains("data-path=\"\(path)\"")) }
        // The duty of pumps is none of trays' fans.
        #expect(!with.contains("median of 9 trays"))
    }

    @Test func `a signal that an expectation judges is drawn by its name`() {
        let signals = [("rack.power-rise", "W", [0.0, 4000, 0]), ("tray-3.outlet", "degC", [30, 40, 30])]
        #expect(!page(signals).contains("data-name=\"rack.power-rise\""))
        let page = page(signals, expects: ["rack.power-rise <= 5 kW except 500 ms after any event"])
        #expect(page.contains("data-name=\"rack.power-rise\""))
        #expect(!page.contains("data-name=\"tray-3.outlet\""))
    }

    @Test func `what to look at stands on the page, and so do the signals that it names`() {
        let signals = [
            ("switch-1/optics.hot", "", [0.0, 16, 16]), ("switch-1/optics.faulted", "", [0, 0, 16]),
            ("tray-2.online", "", [1, 1, 1]),
        ]
        let page = page(signals, look: ["switch-1/optics.hot and .faulted: they warn before. tray-2.online."])
        #expect(page.contains("<li>switch-1/optics.hot and .faulted: they warn before. tray-2.online.</li>"))
        for path in ["switch-1/optics.hot", "switch-1/optics.faulted"] {
            #expect(page.contains("data-name=\"\(path)\""))
        }
        #expect(page.contains("data-path=\"tray-2.online\""))
    }

    @Test func `a state is a bar while it is so, and one that never changes is left out`() {
        let page = page([("tray-1.online", "", [1.0, 0, 1]), ("tray-2.online", "", [1, 1, 1])])
        #expect(page.contains("data-path=\"tray-1.online\" d=\"M0 0H667V2000H0ZM1333 0H2000V2000H1333Z\""))
        #expect(!page.contains("data-path=\"tray-2.online\""))
    }

    @Test func `a signal that another plot shows by its name is not drawn again`() {
        let page = page(look: ["bus.voltage and rack.power-rise"], expects: ["rack.power <= rack.budget"])
        #expect(!page.contains("what the scenario names"))
    }
}
