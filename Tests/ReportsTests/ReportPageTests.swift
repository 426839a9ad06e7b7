import Foundation
import Reports
import RunRecords
import Testing

/// A name that tries to be a tag, an attribute and an entity.
private let hostile = "<script>alert('x')</script>\" onload=\"x&lt;"

private func occurrences(of needle: String, in text: String) -> Int { text.components(separatedBy: needle).count - 1 }

@Suite struct ReportPageTests {
    /// To look at the page: `BUSBAR_REPORT_SAMPLES=/some/folder swift test --filter ReportPageTests`.
    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["BUSBAR_REPORT_SAMPLES"] != nil, "no folder for samples is set"))
    func `samples are written for the eye`() throws {
        let root = try #require(ProcessInfo.processInfo.environment["BUSBAR_REPORT_SAMPLES"])
        let runs = [
            "small": SampleRun(), "failed": SampleRun(failed: true), "interrupted": SampleRun(reached: 161.3),
            "large": SampleRun(trays: 27, shelves: 8, duration: 3_600, reached: 3_600),
        ]
        for (name, run) in runs.sorted(by: { $0.key < $1.key }) {
            let path = try OutputFolder(path: root + "/" + name).writeReports(of: run.result())
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `what an interrupted run came too early to decide differs from nothing`() {
        let virtual = SampleRun().result()
        for (reached, count) in [(300.0, 1), (161.3, 0)] {
            var real = SampleRun(reached: reached).result()
            real.outcomes = virtual.outcomes
            real.outcomes[0].verdict = .undecided
            let pairs = VerdictPair.pairs(virtual: virtual, real: real)
            #expect(pairs.count { !$0.isEqual } == count)
            #expect(pairs.count == virtual.outcomes.count + virtual.checks.count - 1 + count)
        }
    }

    @Test func `a run with a counterpart in virtual time is drawn over it, and verdicts that differ are told`() {
        var run = SampleRun().result()
        let counterpart = SampleRun(failed: true).result()
        #expect(!ReportPage.html(for: run).contains("The two worlds"))
        run.comparison = WorldComparison(
            over: "pty", digest: counterpart.digest,
            verdicts: VerdictPair.pairs(virtual: counterpart, real: run), from: 5,
            differences: [SignalDifference(path: "rack.power", unit: "W", greatest: -2500, at: 120.5, rms: 80)],
            series: counterpart.series)
        let page = ReportPage.html(for: run)
        #expect(page.contains("The two worlds"))
        #expect(page.contains("1 of \(run.outcomes.count + run.checks.count) verdicts differ."))
        #expect(page.contains("<td>failed</td><td>held</td>"))
        #expect(page.contains("−2.5\u{A0}kW") && page.contains("120.5 s"))
        // Power, budget, busbar, hottest chip.
        #expect(occurrences(of: "data-name=\"in virtual time\"", in: page) == 4)
        #expect(occurrences(of: "data-name=\"power, virtual\"", in: page) == 8)
    }

    @Test func `the page tells the story from the top`() throws {
        let page = ReportPage.html(for: SampleRun().result())
        let order = [
            "<h1>first-light</h1>", "loses a supply under load", "All 4 expectations and 3 checks held",
            "Peak rack power",
            "Rack power against its budget", "What happened", "What was expected", "Trays: power under their caps",
            "Power of the supplies", "Load of the buses", "Hottest chip of each tray", "Fan duty",
            "What the buses carried", "Settings in force", "Run it again", "3f9c1b02a4d07e55",
        ]
        var rest = page[...]
        for text in order {
            let range = try #require(rest.range(of: text), "\(text) is missing or too early")
            rest = rest[range.upperBound...]
        }
    }

    @Test func `what meters, outlets and optics say is drawn where there are any`() {
        var run = SampleRun().result()
        let titles = [
            "Power at the meters of the rack", "Power of the outlets", "Cases of the optical modules",
            "Laser bias of the optical modules",
        ]
        for title in titles { #expect(!ReportPage.html(for: run).contains(title), "\(title)") }
        let signals = [
            ("meter.power", "W", 20_000.0), ("meter.peak-demand", "W", 21_000), ("pdu/outlet-1.power", "W", 20_500),
            ("switch-1/optics/module-1.temperature", "degC", 55), ("switch-1/optics/module-1.bias", "A", 0.007),
        ]
        run.series += signals.map { path, unit, value in
            let bucket = SeriesBucket(at: 0, least: value, mean: value, greatest: value)
            return SeriesRecord(path: path, unit: unit, buckets: [bucket])
        }
        let page = ReportPage.html(for: run)
        for title in titles { #expect(page.contains(title), "\(title)") }
        #expect(page.contains(">bias, mA<"))
        // A module is no tray, and the chart of the hottest chips does not know it.
        #expect(!page.contains("<h3>switch-1"))
    }

    @Test func `axes have names and units`() {
        let page = ReportPage.html(for: SampleRun().result())
        for name in ["power, kW", "temperature, °C", "duty, %", "voltage, V", "speed, rpm", "time since the start, s"] {
            #expect(page.contains(">\(name)<"), "\(name) is missing")
        }
    }

    @Test func `a failed expectation is in the banner with its reason`() {
        let page = ReportPage.html(for: SampleRun(failed: true).result())
        #expect(page.contains("class=\"banner failed\""))
        #expect(page.contains("1 of 4 expectations failed"))
        #expect(
            page.contains(
                "<li>within rack.power &lt;= 22 kW in 2 s, for 10 s: after 2.4 s, 900 W over at the worst</li>"))
    }

    @Test func `an interrupted run is marked as partial`() {
        let page = ReportPage.html(for: SampleRun(reached: 161.3).result())
        #expect(page.contains("class=\"banner interrupted\""))
        #expect(
            page.contains("Interrupted at 2 min 41.3 s of 5 min, this report is partial: 1 expectation not decided"))
        #expect(page.contains("data-end=\"161.3\""))
    }

    @Test func `a run without a single sample still gives a page`() {
        var result = SampleRun().result()
        result.series = []
        result.events = []
        result.reached = 0
        result.interrupted = true
        let page = ReportPage.html(for: result)
        #expect(page.contains("Interrupted at 0 s of 5 min") && page.hasSuffix("</html>\n"))
        #expect(!page.contains("<figure"))
    }

    @Test func `the page fetches nothing`() {
        let page = ReportPage.html(for: SampleRun().result())
        for forbidden in ["http://", "https://", "src=", "@import", "url(", "<link", "fetch("] {
            #expect(!page.contains(forbidden), "\(forbidden) is in the page")
        }
        #expect(page.contains("default-src 'none'"))
    }

    @Test func `a hostile name stays text wherever it comes up`() {
        var result = SampleRun(events: [
            EventMark(at: 1, source: .scenario, subject: hostile, text: hostile, isMajor: true),
            EventMark(at: 2, source: .plant, subject: hostile, text: hostile, isMajor: false),
        ]).result()
        result.scenario = hostile
        result.says = hostile
        result.command = hostile
        result.version = hostile
        result.digest = hostile
        result.outcomes[0].text = hostile
        result.outcomes[0].explanation = hostile
        result.checks[0].name = hostile
        result.settings[0] = Setting(name: hostile, value: hostile)
        result.figures[0] = Figure(name: hostile, value: 1, unit: hostile)
        result.buses[0].name = hostile
        for index in result.series.indices where result.series[index].path.hasPrefix("tray-1.") {
            result.series[index].path = hostile + result.series[index].path.dropFirst(6)
            result.series[index].unit = hostile
        }
        let page = ReportPage.html(for: result)
        #expect(!page.contains("alert('x')"))
        #expect(occurrences(of: "<script", in: page) == 1)
        #expect(!page.contains("\" onload"))
        #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;lt;"))
    }

    @Test func `every number that is drawn is a whole number on the canvas`() throws {
        var run = SampleRun().result()
        // Values that a plant out of bounds might give.
        run.series[0].buckets[3].mean = .nan
        run.series[0].buckets[9].greatest = .infinity
        run.series[1].buckets = []
        run.series[2].buckets = Array(run.series[2].buckets.prefix(1))
        run.events.append(EventMark(at: .nan, source: .plant, subject: "rack", text: "never", isMajor: true))
        run.events.append(EventMark(at: 1e300, source: .plant, subject: "rack", text: "late", isMajor: true))
        let page = ReportPage.html(for: run)
        let paths = page.components(separatedBy: " d=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(paths.count > 60)
        for path in paths {
            let numbers = path.split { "MLHVZ ".contains($0) }
            #expect(numbers.allSatisfy { Int($0).map { (0...2_000).contains($0) } ?? false }, "\(path.prefix(80))")
        }
    }

    @Test func `the budget is drawn as a step and the event lines stand at their times`() throws {
        var result = SampleRun().result()
        result.series = [
            series("rack.power", [10, 10, 10, 10]), series("rack.budget", [20, 20, 0, 0]),
        ]
        result.reached = 4
        result.events = [EventMark(at: 2, source: .scenario, subject: "rack", text: "set", isMajor: true)]
        let page = ReportPage.html(for: result)
        #expect(page.contains("data-name=\"budget in force\" data-shape=\"steps\" d=\"M0 0H1000V2000H2000\""))
        #expect(page.contains("data-name=\"rack power\" data-shape=\"line\" d=\"M0 1000H1500\""))
        #expect(page.contains("<path class=\"event\" d=\"M1000 0V2000\"/>"))
        #expect(page.contains("style=\"left:50%\">1</span>"))
    }

    @Test func `a gap in a signal is a gap in its line`() {
        var result = SampleRun().result()
        result.reached = 4
        result.series = [series("rack.power", [0, 20, .nan, 20])]
        let page = ReportPage.html(for: result)
        #expect(page.contains("d=\"M0 2000L500 0M1500 0\""))
    }

    @Test func `events too close to tell apart share one mark`() {
        var run = SampleRun()
        run.events = (0..<40).map {
            EventMark(at: 100 + Double($0) / 10, source: .device, subject: "tray-1", text: "brake", isMajor: true)
        }
        let page = ReportPage.html(for: run.result())
        #expect(page.contains(">1–40</span>"))
        #expect(!page.contains(">2–40</span>"))
    }

    @Test func `supplies that are lost together share one line of the list`() {
        var run = SampleRun()
        run.events = (1...6).map {
            EventMark(
                at: 120 + Double($0) / 10, source: .controller, subject: "shelf-1/psu-\($0)", text: "lost",
                isMajor: true)
        }
        run.events.append(EventMark(at: 200, source: .plant, subject: "feed-a", text: "restored", isMajor: true))
        let page = ReportPage.html(for: run.result())
        #expect(page.contains("<span class=\"mark\">1–6</span>"))
        #expect(page.contains("<b>shelf-1/psu-1</b> and 5 others lost"))
        #expect(page.contains("<span class=\"mark\">7</span>"))
    }

    @Test func `a capacity far above the plot does not set its scale`() {
        var result = SampleRun().result()
        result.reached = 4
        result.series = [
            series("rack.power", [10, 10, 10, 10]), series("rack.budget", [20, 20, 20, 20]),
            series("rack.capacity", [200, 200, 25, 200]),
        ]
        let page = ReportPage.html(for: result)
        #expect(page.contains("The supplies can carry up to 200"))
        #expect(!page.contains("data-high=\"200\""))
        #expect(page.contains("data-name=\"what the supplies can carry\""))
    }

    @Test func `a rack without fans has no plots of fans`() {
        var result = SampleRun().result()
        for index in result.series.indices where result.series[index].path.hasSuffix(".fan-speed") {
            for bucket in result.series[index].buckets.indices {
                result.series[index].buckets[bucket].mean = 0
                result.series[index].buckets[bucket].least = 0
                result.series[index].buckets[bucket].greatest = 0
            }
        }
        let page = ReportPage.html(for: result)
        #expect(!page.contains("Fan duty") && !page.contains("Fan speed"))
        #expect(page.contains("Power of the supplies"))
    }

    @Test func `the supply that leaves the crowd is named and its peers are not`() {
        let page = ReportPage.html(for: SampleRun(trays: 27, shelves: 8).result())
        #expect(page.contains("data-name=\"shelf-1/psu-3\""))
        #expect(page.contains("data-name=\"median of 48 supplies\""))
        #expect(!page.contains("data-name=\"shelf-1/psu-2\""))
        #expect(occurrences(of: "<figure class=\"chart small\">", in: page) == 27)
    }

    @Test func `the same result gives the same page`() {
        #expect(ReportPage.html(for: SampleRun().result()) == ReportPage.html(for: SampleRun().result()))
    }

    private func series(_ path: String, _ values: [Double]) -> SeriesRecord {
        SeriesRecord(
            path: path, unit: "W",
            buckets: values.enumerated().map {
                SeriesBucket(at: Double($0.offset), least: $0.element, mean: $0.element, greatest: $0.element)
            })
    }
}
