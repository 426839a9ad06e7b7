import Testing
import Units

@testable import TerminalView

@Suite struct FigureTests {
    @Test func `the status line has the documented form`() {
        #expect(
            StatusLine(Racks.served()).text
                == "t=133.4s power=24.1kW budget=27.5kW worst=68C trays=8/8 buses=ok timeouts=15 late=0")
        var snapshot = Racks.served()
        snapshot.trays[1].conditions = [.lost]
        snapshot.buses[0].isUp = false
        snapshot.faults = ["one", "two"]
        snapshot.lag = .milliseconds(12)
        #expect(
            StatusLine(snapshot).text
                == "t=133.4s power=24.1kW budget=27.5kW worst=68C trays=7/8 buses=shelf:down timeouts=15 faults=2 lag=12ms late=0"
        )
        snapshot.assumedTrays = 2
        #expect(StatusLine(snapshot).text.contains("power=24.1kW assumed=2 budget=27.5kW"))
        snapshot.power = nil
        #expect(!StatusLine(snapshot).text.contains("assumed"))
        var controlled = LiveSnapshot()
        controlled.lateCycles = 1
        controlled.skippedReleases = 2
        controlled.wakeUpP99 = .microseconds(1823)
        #expect(StatusLine(controlled).text == "late=1 skipped=2 wake-p99=1823us")
        controlled.isSafeStateHeld = true
        controlled.isDryRun = true
        #expect(StatusLine(controlled).text == "late=1 skipped=2 wake-p99=1823us safe-state=held dry-run=yes")
        #expect(StatusLine(Racks.unknown()).text == "trays=0/1 buses=ok")
        #expect(StatusLine(LiveSnapshot()).text == "")
    }

    @Test func `figures are rounded to the nearest, by integers`() {
        #expect(FigureText.kilowatts(.watts(24_149)) == "24.1" && FigureText.kilowatts(.watts(24_150)) == "24.2")
        #expect(FigureText.fineKilowatts(.watts(-2_505)) == "-2.51" && FigureText.kilowatts(.watts(-3)) == "0.0")
        #expect(
            FigureText.kilowatts(Power(rawValue: .max)) == "-" && FigureText.kilowatts(Power(rawValue: .min)) == "-")
        #expect(FigureText.degrees(.millidegrees(70_500)) == "71" && FigureText.percent(.perMille(125)) == "13")
        #expect(FigureText.rate(0.04) == "0.0" && FigureText.rate(9.96) == "10.0" && FigureText.rate(5_000.4) == "5000")
        #expect(FigureText.rate(.nan) == "-" && FigureText.rate(-1) == "-")
        #expect(FigureText.clock(.milliseconds(133_450)) == "2:13.4" && FigureText.clock(.seconds(3_725)) == "1:02:05")
    }

    @Test func `rates are over the last seconds and not over the whole run`() {
        var rate = BusRate()
        #expect(rate.requestsPerSecond == nil && rate.load == nil)
        for step in 0..<100 {
            let now = Instant.start + .milliseconds(200) * Int64(step)
            // Ten per second in the first half, a hundred in the second; busy half of the time.
            rate.take(
                requests: step < 50 ? step * 2 : 100 + (step - 50) * 20, busy: .milliseconds(100) * Int64(step), at: now
            )
        }
        #expect(rate.requestsPerSecond == 100 && rate.load == .percent(50))
        rate.take(requests: 5_000, busy: .seconds(500), at: .start + .seconds(20))
        #expect(rate.load == .whole)
    }

    @Test func `a column of the plot has the highest power of its two seconds and the lowest budget`() {
        var history = PowerHistory()
        for (milliseconds, watts, budget) in [(0, 10, 50), (500, 30, 40), (1999, 20, 50), (2000, 5, 50)] {
            history.take(
                power: .watts(Int64(watts)), budget: .watts(Int64(budget)),
                at: .start + .milliseconds(Int64(milliseconds)))
        }
        history.take(power: nil, budget: nil, at: .start + .seconds(3))
        #expect(
            history.entries == [
                .init(power: .watts(30), budget: .watts(40)), .init(power: .watts(5), budget: .watts(50)),
            ])
    }

    @Test func `the environment decides on drawing, colours and characters`() {
        func style(_ environment: [String: String]) -> TerminalStyle? { TerminalStyle(environment: environment) }
        #expect(style([:]) == nil && style(["TERM": ""]) == nil && style(["TERM": "dumb"]) == nil)
        let unicode = style(["TERM": "xterm-256color", "LANG": "en_US.UTF-8"])
        #expect(unicode?.isColoured == true && unicode?.glyphs.full == "█")
        #expect(style(["TERM": "xterm", "LANG": "C.utf8", "NO_COLOR": "1"])?.isColoured == false)
        #expect(style(["TERM": "xterm", "NO_COLOR": ""])?.isColoured == true)
        #expect(style(["TERM": "xterm", "LC_ALL": "C", "LANG": "en_US.UTF-8"])?.glyphs.full == "#")
        #expect(style(["TERM": "linux", "LANG": "en_US.UTF-8"])?.glyphs.full == "#")
    }

    @Test func `keys are read in whatever lumps they come, and unknown ones do nothing`() {
        func commands(_ text: String) -> [KeyCommand] {
            var reader = KeyReader()
            return text.utf8.compactMap { reader.take($0) }
        }
        #expect(
            commands("qp?jkgG \u{0C}") == [
                .end, .pause, .help, .scroll(1), .scroll(-1), .first, .last, .page(1), .redraw,
            ])
        #expect(
            commands("\u{1B}[A\u{1B}[B\u{1B}OA\u{1B}[5~\u{1B}[6~") == [
                .scroll(-1), .scroll(1), .scroll(-1), .page(-1), .page(1),
            ])
        // F5, Alt-q, Shift-F10, a lone escape and then q.
        #expect(commands("\u{1B}[15~\u{1B}q\u{1B}[21;2~\u{1B}") == [])
        #expect(commands("xyz\u{1B}[Zq") == [.end])
    }
}
