import Testing
import Units

@testable import TerminalView

@Suite struct CanvasEncodingTests {
    private func canvas(_ snapshot: LiveSnapshot, width: Int = 80, height: Int = 24) -> Canvas {
        FrameDrawing(
            snapshot, history: PowerHistory(), glyphs: .blocks, choice: ViewChoice(), width: width, height: height
        ).canvas
    }

    private func octets(_ next: Canvas, after previous: Canvas?, isColoured: Bool = true) -> [UInt8] {
        var encoding = CanvasEncoding(isColoured: isColoured)
        encoding.append(next, after: previous)
        return encoding.octets
    }

    private func rows(of canvas: Canvas) -> [[Unicode.Scalar]] {
        (0..<canvas.height).map { canvas.row($0).map(\.scalar) }
    }

    @Test func `a frame that changed nothing sends nothing`() {
        let same = canvas(Racks.served())
        #expect(octets(same, after: same).isEmpty)
    }

    @Test func `one changed line sends that line alone`() {
        let first = canvas(Racks.served())
        var snapshot = Racks.served()
        snapshot.trays[3].power = .watts(1_111)
        let second = canvas(snapshot)
        let changed = (0..<24).filter { first.row($0) != second.row($0) }
        #expect(changed.count == 1)
        let sent = octets(second, after: first)
        let addresses = String(decoding: sent, as: UTF8.self).matches(of: #/\e\[(\d+);1H/#).map { Int($0.1) }
        #expect(addresses == changed.map { $0 + 1 })
        #expect(sent.count < 400)
    }

    @Test func `a terminal that draws the differences shows the frames`() {
        var screen = Screen(width: 80, height: 24)
        var shown: Canvas?
        for step in 0..<20 {
            var snapshot = Racks.served(trays: 3 + step)
            snapshot.power = .watts(20_000 + Int64(step) * 777)
            snapshot.faults = step.isMultiple(of: 3) ? [] : ["shelf-1/psu-3 failed"]
            let next = canvas(snapshot)
            screen.take(octets(next, after: shown))
            shown = next
            #expect(screen.cells == rows(of: next))
        }
    }

    @Test func `another size is drawn from scratch`() {
        let wide = canvas(Racks.served(), width: 100, height: 30)
        var screen = Screen(width: 100, height: 30)
        screen.take(octets(wide, after: canvas(Racks.served())))
        #expect(screen.cells == rows(of: wide))
    }

    @Test func `without colours no colour is sent`() {
        var screen = Screen(width: 80, height: 24)
        var snapshot = Racks.served()
        snapshot.power = .watts(40_000)
        screen.take(octets(canvas(snapshot), after: nil, isColoured: false))
        #expect(
            !screen.sequences.isEmpty && screen.sequences.allSatisfy { ["0m", "0;1m", "0;2m", "0;7m"].contains($0) })
    }
}
