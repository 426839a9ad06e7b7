import DeviceFirmware
import Testing
import Units

@Suite struct AlarmTests {
    @Test func `an alarm above begins beyond its threshold and ends at the release level`() {
        var alarm = ThresholdAlarm(.above, 56_000, hysteresis: .percent(2))
        alarm.update(56_000)
        #expect(!alarm.isActive)
        alarm.update(56_001)
        #expect(alarm.isActive)
        alarm.update(54_881)
        #expect(alarm.isActive)
        alarm.update(54_880)
        #expect(!alarm.isActive)
        alarm.update(55_999)
        #expect(!alarm.isActive)
    }

    @Test func `an alarm below is the mirror image`() {
        var alarm = ThresholdAlarm(.below, 44_000, hysteresis: .percent(2))
        alarm.update(44_000)
        #expect(!alarm.isActive)
        alarm.update(43_999)
        #expect(alarm.isActive)
        alarm.update(44_879)
        #expect(alarm.isActive)
        alarm.update(44_880)
        #expect(!alarm.isActive)
    }

    @Test func `a negative threshold recedes by its magnitude`() {
        var alarm = ThresholdAlarm(.above, -10_000, hysteresis: .percent(10))
        alarm.update(-9_999)
        #expect(alarm.isActive)
        alarm.update(-10_999)
        #expect(alarm.isActive)
        alarm.update(-11_000)
        #expect(!alarm.isActive)
    }

    @Test func `a watchdog expires once, at its deadline`() {
        var watchdog = CommsWatchdog(timeout: .seconds(2), from: at(0))
        #expect(watchdog.expires(at: at(1999)) == false)
        #expect(watchdog.remaining(at: at(500)) == .milliseconds(1500))
        #expect(watchdog.expires(at: at(2000)) == true)
        #expect(watchdog.hasExpired)
        #expect(watchdog.expires(at: at(2001)) == false)
        #expect(watchdog.remaining(at: at(2001)) == .zero)
        watchdog.feed(at: at(3000))
        #expect(!watchdog.hasExpired)
        #expect(watchdog.expires(at: at(5000)) == true)
    }

    @Test func `a watchdog of zero never expires`() {
        var watchdog = CommsWatchdog(timeout: .zero, from: at(0))
        #expect(watchdog.expires(at: at(1_000_000)) == false)
        watchdog.setTimeout(.seconds(1), at: at(10))
        #expect(watchdog.deadline == at(1010))
    }

    @Test func `a fan that is slow only while it spins up is not stalled`() {
        var detector = StallDetector()
        func update(_ speed: Int64, _ milliseconds: Int64) {
            detector.update(
                speed: .rpm(speed), expected: .rpm(10_000), threshold: .percent(50), spinUp: .seconds(3),
                at: at(milliseconds))
        }
        update(4999, 0)
        update(4999, 3000)
        #expect(!detector.isStalled)
        update(5000, 3100)
        update(4999, 3200)
        update(4999, 6200)
        #expect(!detector.isStalled)
        update(4999, 6300)
        #expect(detector.isStalled)
        update(5000, 6400)
        #expect(!detector.isStalled)
    }

    @Test func `flag sets combine and clear bit by bit`() {
        var flags = PowerMonitorStatus.overPower.union(.commsWatchdog)
        #expect(flags.rawValue == 3)
        flags.set(.overPower, false)
        #expect(flags == .commsWatchdog)
        #expect(!flags.contains(PowerMonitorStatus.overPower.union(.commsWatchdog)))
        #expect(PowerMonitorStatus(signalValue: 0x8000) == .latchedFault)
    }
}
