import ModbusWire
import Testing

@Suite struct LineEchoTests {
    private func sent(_ octets: [UInt8]...) -> LineEcho {
        var echo = LineEcho()
        for part in octets { echo.expect(part.span) }
        return echo
    }

    @Test func `what was sent comes back and is nobody else's`() {
        var echo = sent([16, 3, 0, 1])
        #expect([16, 3, 0, 1].map { echo.take($0) } == [.own, .own, .own, .own])
        #expect(!echo.isPending)
        #expect(echo.take(16) == .foreign)
    }

    @Test func `a frame that leaves in parts comes back as one`() {
        var echo = sent([16, 3], [0, 1])
        #expect([16, 3, 0, 1, 9].map { echo.take($0) } == [.own, .own, .own, .own, .foreign])
    }

    @Test func `an octet that differs ends it`() {
        var echo = sent([16, 3, 0, 1])
        #expect([16, 4, 0, 1].map { echo.take($0) } == [.own, .different, .foreign, .foreign])
    }

    @Test func `nothing was sent, and everything is somebody else's`() {
        var echo = LineEcho()
        #expect(!echo.isPending)
        #expect(echo.take(0) == .foreign)
    }

    @Test func `frames without an echo never pile up`() {
        var echo = LineEcho()
        let frame = [UInt8](repeating: 7, count: 200)
        for _ in 0..<3 { echo.expect(frame.span) }
        #expect((0..<200).allSatisfy { _ in echo.take(7) == .own })
        #expect(echo.take(7) == .foreign)
    }

    @Test func `what is forgotten is not waited for`() {
        var echo = sent([1, 2])
        echo.forget()
        #expect(echo.take(1) == .foreign)
    }
}
