import DeviceFirmware
import ModbusWire
import RegisterMaps
import Testing
import Units

@Suite struct BusyTests {
    private func unit(at milliseconds: Int64) -> ServerFixture {
        let unit = ServerFixture()
        unit.server.busy = BusyWindow(every: .milliseconds(64), length: .milliseconds(4))
        unit.now = .start + .milliseconds(milliseconds)
        return unit
    }

    @Test(arguments: [(Int64(0), false), (59, false), (60, true), (63, true), (64, false), (124, true)])
    func `a busy device refuses with exception 6 at the end of its period`(at: Int64, isBusy: Bool) {
        let unit = unit(at: at)
        unit.expect("03 00 04 00 01", isBusy ? "83 06" : "03 02 00 07")
        #expect(unit.server.diagnostics.busyResponses == (isBusy ? 1 : 0))
    }

    @Test func `what a busy device was asked to write it has not written`() {
        let unit = unit(at: 62)
        unit.expect("06 00 04 00 09", "86 06")
        unit.now += .milliseconds(2)
        unit.expect("03 00 04 00 01", "03 02 00 07")
    }

    @Test func `what is no request is no busy answer`() {
        unit(at: 62).expect("03 00 04", "83 03")
    }
}
