import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct PumpUnitTests {
    /// Pumps turn as they are driven at 60 %, and the valve stands where it is driven at first.
    func image(rpm: Int64 = 3000, degrees: Int64 = 30, level: Int64 = 90, valve: Int64 = 60) -> PumpUnitImage {
        var image = PumpUnitImage()
        image.pumpSpeeds = InlineArray(repeating: .rpm(rpm))
        image.flow = 60_000
        image.supplyTemperature = .degrees(degrees)
        image.level = .percent(level)
        image.valvePosition = .percent(valve)
        return image
    }

    /// Watchdog off; two pumps of 5000 rpm; duty 60 % at start.
    func unit(_ change: (inout PumpUnitConfiguration) -> Void = { _ in }) -> PumpUnit {
        var configuration = PumpUnitConfiguration()
        configuration.settings.watchdogTimeout = .zero
        change(&configuration)
        return PumpUnit(configuration)
    }

    @Test func `the duty rises and falls at its pace, and the minimum is never undercut`() {
        var unit = unit()
        #expect(unit.run(to: at(0), image()).duty == .percent(60))
        unit.write(.dutyCommand, 900, at: at(0))
        #expect(unit.run(to: at(100), image()).duty == .perMille(625))
        #expect(unit.run(to: at(2000), image(rpm: 4500)).duty == .percent(90))
        unit.write(.dutyCommand, 0, at: at(2000))
        #expect(unit.run(to: at(2100), image(rpm: 4500)).duty == .perMille(890))
        #expect(unit.run(to: at(9000), image()).duty == .percent(30))
    }

    @Test func `a pump that does not turn is locked out after its run-up, and the other runs at full duty`() {
        var unit = unit()
        var dead = image()
        dead.pumpSpeeds[0] = .zero
        #expect(unit.run(to: at(5000), dead).lockedPumps == 0)
        let outputs = unit.run(to: at(5200), dead)
        #expect(outputs.lockedPumps == 0b01)
        #expect(outputs.duty == .whole)
        #expect(unit.read(.pumpFailed) == 1 && unit.read(.pumpFailed, member: 1) == 0)
        #expect(unit.alarms.contains(.pump))
        #expect(unit.faults.contains(.pumpFailed))
        // It turns again only when somebody resets it.
        #expect(unit.run(to: at(8000), image(rpm: 5000)).lockedPumps == 0b01)
        unit.write(.control, 1 << 12, at: at(8000))
        #expect(unit.run(to: at(8100), image(rpm: 5000)).lockedPumps == 0)
        #expect(unit.read(.control) == 0)
    }

    @Test func `the last pump is never locked out`() {
        var unit = unit()
        let outputs = unit.run(to: at(20_000), image(rpm: 0))
        #expect(outputs.lockedPumps == 0)
        #expect(outputs.duty == .whole)
        #expect(unit.read(.stalledPumps) == 0b11)
    }

    @Test func `after the watchdog time without a write the failsafe duty is driven until a duty is written`() {
        var unit = unit { $0.settings.watchdogTimeout = .seconds(2) }
        #expect(unit.run(to: at(1900), image()).duty == .percent(60))
        #expect(unit.run(to: at(2000), image()).duty == .percent(90))
        #expect(unit.status.contains(.commsWatchdog.union(.failsafe)))
        unit.write(.supplySetpoint, 28_000, at: at(2500))
        #expect(unit.run(to: at(3000), image(rpm: 4500)).duty == .percent(90))
        unit.write(.dutyCommand, 700, at: at(3000))
        #expect(unit.run(to: at(4900), image(rpm: 4000)).duty == .percent(71))
    }

    @Test func `the pumps stop before they run dry, and start again at the low level`() {
        var unit = unit()
        unit.run(to: at(0), image())
        #expect(unit.run(to: at(100), image(level: 29)).duty == .percent(60))
        #expect(unit.alarms == .reservoir)
        #expect(unit.run(to: at(200), image(level: 5)).duty == .zero)
        #expect(unit.alarms.contains(.notReady))
        #expect(unit.read(.isReady) == 0)
        #expect(unit.run(to: at(300), image(level: 20)).duty == .zero)
        #expect(unit.run(to: at(400), image(level: 30)).duty > .zero)
        #expect(unit.faults.contains(.dry.union(.lowLevel)))
    }

    @Test func `button and stop command hold the pumps`() {
        var unit = unit()
        var pressed = image()
        pressed.isEmergencyPressed = true
        #expect(unit.run(to: at(100), pressed).duty == .zero)
        #expect(unit.alarms.contains(.emergencyButton.union(.notReady)))
        #expect(unit.run(to: at(200), image()).duty == .perMille(25))
        unit.write(.control, 1 << 5, at: at(200))
        #expect(unit.run(to: at(300), image()).duty == .zero)
        #expect(unit.status.contains(.stopped))
        unit.write(.control, 0, at: at(300))
        #expect(unit.run(to: at(400), image()).duty > .zero)
    }

    @Test func `a warm supply opens the valve, a cool one closes it, and the end of its way winds nothing up`() {
        var unit = unit()
        unit.run(to: at(0), image())
        let start = unit.read(.valveCommand)
        unit.run(to: at(30_000), image(degrees: 34))
        #expect(unit.read(.valveCommand) > start + 200)
        unit.run(to: at(600_000), image(degrees: 40, valve: 100))
        #expect(unit.read(.valveCommand) == 1000)
        unit.run(to: at(602_000), image(degrees: 28, valve: 100))
        #expect(unit.read(.valveCommand) < 600)
    }

    @Test func `a valve that does not follow is stuck, but not while it travels`() {
        var unit = unit()
        unit.run(to: at(300_000), image(degrees: 40, valve: 100))
        #expect(!unit.status.contains(.valveStuck))
        unit.run(to: at(301_000), image(degrees: 40, valve: 40))
        #expect(!unit.status.contains(.valveStuck))
        unit.run(to: at(380_000), image(degrees: 40, valve: 40))
        #expect(unit.status.contains(.valveStuck))
    }

    @Test func `without its supply thermometer the valve is driven open`() {
        var unit = unit()
        var lost = image()
        lost.isSensorPresent = false
        #expect(unit.run(to: at(100), lost).valve == .whole)
        #expect(unit.status.contains(.sensorLost))
    }

    @Test func `leaks stick by word and bit by bit until they are cleared`() {
        var unit = unit()
        var leaking = image()
        leaking.leaks = PumpUnitLeaks.inside.union(.tray(2))
        unit.run(to: at(100), leaking)
        unit.run(to: at(200), image())
        #expect(unit.read(.leaks) == 0)
        #expect(unit.read(.latchedLeaks) == 0b1_0100)
        #expect((0..<12).map { unit.read(.latchedLeak, member: $0) } == [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0])
        unit.write(.latchedLeaks, 0b100, at: at(200))
        #expect(unit.read(.latchedLeaks) == 0b1_0000)
        unit.write(.control, 1 << 11, at: at(200))
        #expect(unit.read(.latchedLeaks) == 0)
    }

    @Test func `a restart is silent, drives on, keeps shut branches and leaks, and comes back in failsafe`() {
        var unit = unit { $0.settings.watchdogTimeout = .seconds(5) }
        unit.write(.shutBranches, 0b100, at: at(0))
        var leaking = image()
        leaking.leaks = .inside
        unit.run(to: at(100), leaking)
        unit.restart(at: at(1000))
        #expect(!unit.isReady(at: at(1299)) && unit.isReady(at: at(1300)))
        let outputs = unit.run(to: at(1400), image())
        #expect(outputs.shutBranches == 0b100)
        #expect(outputs.duty == .percent(90))
        #expect(unit.read(.latchedLeaks) == 0b1_0000)
        #expect(unit.faults == .restarted)
    }

    @Test func `values out of range are refused`() {
        let unit = unit()
        #expect(unit.verdict(.dutyCommand, 1001) == .illegalValue)
        #expect(unit.verdict(.supplySetpoint, 71_000) == .illegalValue)
        #expect(unit.verdict(.shutBranches, 1 << 32) == .illegalValue)
        #expect(unit.verdict(.flow, 1) == .protected)
        #expect(unit.verdict(.shutBranches, 0xFFFF_FFFF) == .accepted)
    }
}
