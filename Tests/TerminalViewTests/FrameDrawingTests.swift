import Testing
import Units

@testable import TerminalView

@Suite struct FrameDrawingTests {
    private func draw(
        _ snapshot: LiveSnapshot, width: Int, height: Int, glyphs: Glyphs = .blocks, choice: ViewChoice = ViewChoice(),
        history: PowerHistory = past()
    ) -> [String] {
        let frame = FrameDrawing(
            snapshot, history: history, glyphs: glyphs, choice: choice, width: width, height: height)
        return (0..<height).map { row in
            String(String.UnicodeScalarView(frame.canvas.row(row).map(\.scalar))).replacing(#/ +$/#, with: "")
        }
    }

    private static func past() -> PowerHistory {
        var history = PowerHistory()
        for second in 0..<300 {
            history.take(
                power: .watts(20_000 + Int64(second % 40) * 250), budget: .watts(27_500),
                at: .start + .seconds(Int64(second)))
        }
        return history
    }

    @Test func `80 by 24 shows power, budget, every tray, every bus, events and keys`() {
        var choice = ViewChoice()
        choice.hasKeys = true
        let lines = draw(Racks.served(), width: 80, height: 24, choice: choice)
        let text = lines.joined(separator: "\n")
        #expect(lines[0].hasPrefix(" first-light  serving") && lines[0].hasSuffix("t 2:13.4   lag 0 ms   wall 2:13.4"))
        #expect(lines[1].hasPrefix("power 24.12 kW of 27.50 kW (operator)   within budget   headroom 3.38 kW"))
        #expect(lines[3].hasPrefix("worst 68C tray-8   supplies 6/6   breaker heat 12%   late 0   controller"))
        for number in 1...8 { #expect(text.contains("\ntray-\(number) ")) }
        for bus in ["shelf", "trays", "management"] { #expect(text.contains("\n\(bus) ")) }
        #expect(text.contains("127.0.0.1:1502") && text.contains("event number 30"))
        #expect(lines[23].hasPrefix("q end"))
    }

    @Test func `40 by 10 keeps power, budget, trays with their state, and the way out`() {
        let lines = draw(Racks.served(), width: 40, height: 10)
        #expect(lines[1] == "24.12 of 27.50 kW   within budget")
        #expect(lines.contains { $0.hasPrefix("tray-1 ") && $0.hasSuffix("online") })
        #expect(lines[9] == "Ctrl-C end                trays 1-3 of 8")
    }

    @Test(arguments: [
        Racks.served(), Racks.served(trays: 200), Racks.served(trays: 0), Racks.unknown(), LiveSnapshot(),
    ])
    func `no size of the terminal and no lack of knowledge stops the drawing`(_ snapshot: LiveSnapshot) {
        for width in [1, 2, 3, 10, 20, 39, 60, 79, 80, 149, 150, 151, 200, 400] {
            for height in [1, 2, 3, 4, 5, 6, 8, 10, 13, 14, 20, 24, 60, 120] {
                for showsHelp in [false, true] {
                    var choice = ViewChoice()
                    choice.showsHelp = showsHelp
                    choice.firstTray = 5
                    let lines = draw(snapshot, width: width, height: height, choice: choice)
                    #expect(lines.count == height && lines.allSatisfy { $0.unicodeScalars.count <= width })
                }
            }
        }
    }

    @Test func `regions lie beside one another and inside the screen`() {
        for width in [40, 80, 150, 200] {
            for height in 1...80 {
                for trays in [0, 1, 8, 30] {
                    let layout = FrameLayout(
                        width: width, height: height, trayCount: trays, busCount: 3, hasFaults: trays == 8)
                    var taken = Set<Int>()
                    let regions = [
                        layout.head, layout.plot, layout.trays, layout.buses, layout.events, layout.footer,
                    ]
                    for region in regions {
                        #expect(region.row >= 0 && region.row + region.height <= height)
                        #expect(region.column >= 0 && region.column + region.width <= width)
                        for row in region.row..<(region.row + region.height) {
                            for column in region.column..<(region.column + region.width) {
                                #expect(taken.insert(row * width + column).inserted)
                            }
                        }
                    }
                }
            }
        }
    }

    @Test func `a dry run and a safe state stand in the title however narrow it is`() {
        var snapshot = Racks.served()
        snapshot.isDryRun = true
        snapshot.isSafeStateHeld = true
        snapshot.skippedReleases = 3
        snapshot.wakeUpP99 = .microseconds(85)
        snapshot.buses[0].reconnects = 12
        for width in [40, 80, 200] {
            #expect(draw(snapshot, width: width, height: 24)[0].hasPrefix(" first-light   DRY RUN    SAFE STATE "))
        }
        let wide = draw(snapshot, width: 200, height: 60)
        #expect(wide[3].contains("late 0   skipped 3   wake-up p99 85 us"))
        #expect(wide.contains { $0.contains(" recon ") } && wide.contains { $0.contains(" 12 ") })
    }

    @Test func `ASCII terminals get ASCII alone`() {
        let text = draw(Racks.served(), width: 120, height: 40, glyphs: .ascii).joined()
        #expect(text.contains("####") && text.allSatisfy(\.isASCII))
    }

    @Test func `names cannot send commands to the terminal`() {
        var snapshot = Racks.served()
        snapshot.title = "evil\u{1B}[2J\u{7}"
        snapshot.trays[0].name = "tab\there"
        snapshot.faults = ["line\nbreak", "wide 漢"]
        let text = draw(snapshot, width: 100, height: 30).joined()
        #expect(text.contains("evil?[2J?") && text.contains("tab?here") && text.contains("line?break; wide ?"))
    }

    @Test func `power above the budget is said in words and in the bar`() {
        var snapshot = Racks.served()
        snapshot.power = .watts(30_000)
        let lines = draw(snapshot, width: 80, height: 24)
        #expect(lines[1].contains("OVER BUDGET") && lines[1].contains("headroom -2.50 kW"))
        #expect(lines[2].contains("┃▓▓▓"))
    }

    @Test func `20 by 5 says power, whether it is over the budget, and what is faulty`() {
        var snapshot = Racks.served()
        snapshot.faults = ["shelf-1/psu-3 failed"]
        #expect(draw(snapshot, width: 20, height: 5)[1] == "24.1/27.5 kW   ok")
        snapshot.power = .watts(30_000)
        let lines = draw(snapshot, width: 20, height: 5)
        #expect(lines[1] == "30.0/27.5 kW   OVER")
        #expect(lines.contains { $0.hasPrefix("1! shelf-1/psu-3") })
        snapshot.assumedTrays = 8
        #expect(draw(snapshot, width: 20, height: 5)[1] == "30.0/27.5 kW   GUESS")
    }

    @Test func `where a line has no room for all, what is wrong comes first`() {
        var snapshot = Racks.served()
        snapshot.safetyState = "degraded"
        snapshot.lateCycles = 7
        let lines = draw(snapshot, width: 60, height: 15)
        #expect(lines.contains { $0.hasPrefix("late 7   degraded   worst 68C tray-8") })
        #expect(draw(snapshot, width: 120, height: 24)[3].hasPrefix("worst 68C tray-8   supplies"))
    }

    @Test func `a bus keeps its errors where it cannot keep its kind and its connections`() {
        let lines = draw(Racks.served(), width: 60, height: 24)
        let title = lines.first { $0.hasPrefix("bus ") } ?? ""
        #expect(title.contains(" t/out") && title.contains(" exc") && title.contains(" bad") && title.contains(" at"))
        #expect(!title.contains("kind") && !title.contains("conns"))
    }

    @Test func `an event that is too long for its line goes on in the next`() {
        var snapshot = Racks.served()
        let long =
            "trays unit 16 (tray-1/monitor) refused a write: register 0x0020 (power-limit) takes 200 to 12000, found 60000"
        snapshot.events = [
            LiveEvent(at: .seconds(1), text: "before", isMajor: false),
            LiveEvent(at: .seconds(2), text: long, isMajor: true),
        ]
        let lines = draw(snapshot, width: 80, height: 40)
        let first = lines.firstIndex { $0.contains("! trays unit 16 ") } ?? 0
        #expect(lines[first - 1].hasSuffix("  before"))
        #expect(lines[first + 1].hasPrefix("         ") && lines[first + 1].hasSuffix("found 60000"))
        #expect(FrameDrawing.wrapped("one two three", width: 7) == ["one two", "three"])
        #expect(FrameDrawing.wrapped("immeasurable x", width: 4) == ["immeasurable", "x"])
    }

    @Test func `power that nobody can read is not called over or within a budget`() {
        var snapshot = Racks.served()
        snapshot.power = .watts(30_000)
        snapshot.assumedTrays = 3
        #expect(
            draw(snapshot, width: 120, height: 24)[1].contains("OVER BUDGET   headroom -2.50 kW   3 of 8 trays assumed")
        )
        snapshot.assumedTrays = 8
        let line = draw(snapshot, width: 120, height: 24)[1]
        #expect(line.contains("ASSUMED, no tray can be read") && !line.contains("OVER BUDGET"), "\(line)")
    }

    @Test func `what is not known is a dash, and nothing is called online`() {
        let text = draw(Racks.unknown(), width: 80, height: 24).joined(separator: "\n")
        #expect(text.contains("power not known yet") && text.contains("tray-1") && text.contains(" -"))
        #expect(!text.contains("online"))
    }

    @Test func `a tray in trouble that found no line is told of`() {
        var snapshot = Racks.served(trays: 40)
        snapshot.trays[39].conditions = [.lost]
        let text = draw(snapshot, width: 80, height: 24).joined(separator: "\n")
        #expect(text.contains(" of 40, 1 in trouble hidden") && !text.contains("\ntray-40"))
        var choice = ViewChoice()
        choice.firstTray = 1000
        let scrolled = draw(snapshot, width: 80, height: 24, choice: choice).joined(separator: "\n")
        #expect(scrolled.contains("\ntray-40") && scrolled.contains("lost") && !scrolled.contains("in trouble hidden"))
    }

    @Test func `the worst state of a tray is its first word`() {
        var snapshot = Racks.served()
        snapshot.trays[2].conditions = [.online, .brake, .throttling]
        let lines = draw(snapshot, width: 100, height: 30)
        #expect(lines.contains { $0.hasPrefix("tray-3") && $0.hasSuffix("brake throttling") })
    }

    @Test func `the budget is a line through the plot, and power beyond it looks different`() {
        var history = PowerHistory()
        for column in 0..<20 {
            history.take(
                power: column < 10 ? .watts(10_000) : .watts(30_000), budget: .watts(20_000),
                at: .start + PowerHistory.column * Int64(column))
        }
        let text = draw(Racks.served(), width: 80, height: 40, history: history).joined(separator: "\n")
        #expect(text.contains("──────────") && text.contains("▓▓▓▓▓▓▓▓▓▓") && text.contains(" 20.0 "))
    }
}
