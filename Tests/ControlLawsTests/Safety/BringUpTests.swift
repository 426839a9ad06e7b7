import ControlLaws
import Testing
import Units

@Suite struct BringUpTests {
    @Test func `trays come at intervals, and each finds its floor free`() {
        var bringUp = BringUp(interval: .seconds(2))
        func admits(_ power: Int64, _ tenths: Int64) -> Bool {
            bringUp.admits(
                floor: .watts(2000), power: .watts(power), budget: .watts(10_000),
                at: .start + .milliseconds(100 * tenths))
        }
        #expect(!admits(8001, 0))
        #expect(admits(8000, 1))
        #expect(!admits(0, 20))
        #expect(admits(0, 21))
    }

    @Test func `the part that is missing is named, the BMC first`() {
        var tray = TrayReadiness(hasMonitor: false, hasBaseboard: false, hasCooling: false, hasLimits: false)
        #expect(tray.missing == .baseboard)
        tray.hasBaseboard = true
        #expect(tray.missing == .monitor)
        tray.hasMonitor = true
        #expect(tray.missing == .cooling)
        tray.hasCooling = true
        #expect(tray.missing == .limits)
        tray.hasLimits = true
        #expect(tray.missing == nil)
    }
}
