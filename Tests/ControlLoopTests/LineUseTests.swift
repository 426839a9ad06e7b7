import ControlLoop
import ModbusWire
import Testing
import Units

/// How long a line of 19200 baud is taken: a character is 572.917 us, t3.5 is 2.005 ms.
@Suite struct LineUseTests {
    private let timing = SerialLineTiming(baud: 19_200)

    private func use() -> LineUse {
        LineUse(timing: timing, turnarounds: [16: .milliseconds(2)], timeout: .milliseconds(50))
    }

    private func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

    @Test func `octets, turnaround and both silences count, however fast the octets came`() {
        var use = use()
        use.take(octets: 8, unit: 16, isRequest: true, at: at(0))
        use.take(octets: 9, unit: 16, isRequest: false, at: at(1))
        #expect(use.total == timing.occupation(request: 8, pause: .milliseconds(2), reply: 9))
        #expect(use.total == timing.character * 17 + .milliseconds(2) + timing.betweenFrames * 2)
    }

    @Test func `a device that takes longer than its spec says counts as long as it took`() {
        var use = use()
        use.take(octets: 8, unit: 16, isRequest: true, at: at(0))
        use.take(octets: 9, unit: 16, isRequest: false, at: at(40))
        #expect(use.total == .milliseconds(40) + timing.betweenFrames)
    }

    @Test func `an answer that does not come takes the line until its time-out and no longer`() {
        var use = use()
        use.take(octets: 8, unit: 16, isRequest: true, at: at(0))
        use.take(octets: 8, unit: 17, isRequest: true, at: at(500))
        #expect(use.total == .milliseconds(50))
    }

    @Test func `what nobody asked for takes nothing`() {
        var use = use()
        use.take(octets: 9, unit: 16, isRequest: false, at: at(5))
        #expect(use.total == .zero)
    }
}
