import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct PowerMonitorTests {
    /// 48 V is 245 760 steps, 1 A is 1600 steps: products are exact watts.
    func image(amperes: Int64, degrees: Int64 = 40) -> PowerMonitorImage {
        PowerMonitorImage(
            busMicrovolts: 48_000_000, currentMicroamperes: amperes * 1_000_000,
            boardTemperature: .degrees(degrees))
    }

    func monitor(averages: Int64 = 1, _ change: (inout PowerMonitorConfiguration) -> Void = { _ in }) -> PowerMonitor {
        var configuration = PowerMonitorConfiguration()
        configuration.averages = averages
        configuration.settings.watchdogTimeout = .zero
        change(&configuration)
        return PowerMonitor(configuration)
    }

    @Test func `readings come at the converters' resolution`() {
        var monitor = monitor()
        var image = image(amperes: 100)
        image.currentMicroamperes = 100_000_300
        image.boardTemperature = .millidegrees(40_010)
        _ = monitor.step(at: at(0), sampling: image)
        #expect(monitor.read(.voltage) == 48_000)
        #expect(monitor.read(.current) == 100_000)
        #expect(monitor.read(.power) == 4_800_000)
        #expect(monitor.read(.temperature) == 40_008)
        image.currentMicroamperes = 100_000_400
        _ = monitor.step(at: at(1), sampling: image)
        // 160 001 steps of 625 uA; 245 760 * 160 001 / 8192 = 4 800 030.
        #expect(monitor.read(.current) == 100_001)
        #expect(monitor.read(.power) == 4_800_030)
    }

    @Test func `a reading is the average of its window and latched at its end`() {
        var monitor = monitor(averages: 4)
        for (sample, amperes) in [100, 101, 102].enumerated() {
            _ = monitor.step(at: at(Int64(sample)), sampling: image(amperes: Int64(amperes)))
        }
        #expect(monitor.read(.current) == 0)
        _ = monitor.step(at: at(3), sampling: image(amperes: 103))
        #expect(monitor.read(.current) == 101_500)
        #expect(monitor.read(.power) == 4_872_000)
        #expect(monitor.read(.peakPower) == 4_944_000)
        monitor.write(.peakPower, 1, at: at(3))
        #expect(monitor.read(.peakPower) == 0)
    }

    @Test func `gain and offset errors are the instance's own`() {
        var configuration = PowerMonitorConfiguration()
        configuration.averages = 1
        let calibration = PowerMonitorCalibration(current: ConverterError(gainPerMillion: 1000, offsetSteps: 16))
        var monitor = PowerMonitor(configuration, calibration: calibration)
        _ = monitor.step(at: at(0), sampling: image(amperes: 100))
        #expect(monitor.read(.current) == 100_110)
    }

    @Test func `energy appears with the very sample that completes a millijoule`() {
        var monitor = monitor(averages: 16)
        // 1000 steps times 1 step, 8192 times: 8 192 000 products are one millijoule.
        let image = PowerMonitorImage(
            busMicrovolts: 195_313, currentMicroamperes: 625, boardTemperature: .degrees(25))
        for sample in 0..<Int64(8176) { _ = monitor.step(at: at(sample), sampling: image) }
        #expect(monitor.read(.energy) == 0)
        for sample in Int64(8176)..<8192 { _ = monitor.step(at: at(sample), sampling: image) }
        #expect(monitor.read(.energy) == 1)
        for sample in Int64(8192)..<81_920 { _ = monitor.step(at: at(sample), sampling: image) }
        #expect(monitor.read(.energy) == 10)
    }

    @Test func `a late step takes one sample that stands for the time missed`() {
        var monitor = monitor()
        _ = monitor.step(at: at(0), sampling: image(amperes: 100))
        _ = monitor.step(at: at(10), sampling: image(amperes: 100))
        #expect(monitor.nextDeadline == at(11))
        #expect(monitor.read(.energy) == 11 * 4_800)
        #expect(monitor.read(.overrunCount) == 1)
        #expect(monitor.faults == .overrun)
    }

    @Test func `a step before the deadline or twice at one instant changes nothing`() {
        var monitor = monitor()
        _ = monitor.step(at: at(0), sampling: image(amperes: 100))
        let again = monitor.step(at: at(0), sampling: image(amperes: 300))
        let early = monitor.step(at: .start + .microseconds(999), sampling: image(amperes: 300))
        #expect(again == PowerMonitorOutputs() && early == again)
        #expect(monitor.read(.current) == 100_000)
        #expect(monitor.step(at: at(1), sampling: image(amperes: 300)).brake)
    }

    @Test func `the brake comes with the first sample above the limit`() {
        var monitor = monitor(averages: 16)
        #expect(!monitor.step(at: at(0), sampling: image(amperes: 125)).brake)
        var above = image(amperes: 125)
        above.currentMicroamperes += 625
        let outputs = monitor.step(at: at(1), sampling: above)
        #expect(outputs == PowerMonitorOutputs(brake: true, alert: true))
        #expect(monitor.read(.brakeAsserted) == 1)
        #expect(monitor.status == PowerMonitorStatus.powerBrake.union(.overLimit).union(.latchedFault))
        #expect(monitor.faults == .overLimit)
    }

    @Test func `the brake is let go a hold time after power has receded`() {
        var monitor = monitor { $0.brakeHold = .milliseconds(3) }
        #expect(monitor.step(at: at(0), sampling: image(amperes: 126)).brake)
        // 5.904 kW is below the limit but inside the hysteresis of 2 %: 5.88 kW.
        for sample in Int64(1)...20 { #expect(monitor.step(at: at(sample), sampling: image(amperes: 123)).brake) }
        #expect(monitor.step(at: at(21), sampling: image(amperes: 122)).brake)
        #expect(monitor.step(at: at(22), sampling: image(amperes: 123)).brake)
        for sample in Int64(23)...25 { #expect(monitor.step(at: at(sample), sampling: image(amperes: 122)).brake) }
        #expect(!monitor.step(at: at(26), sampling: image(amperes: 122)).brake)
        #expect(monitor.faults.contains(.overLimit))
    }

    @Test func `a lower limit written acts in the next step`() {
        var monitor = monitor()
        _ = monitor.step(at: at(0), sampling: image(amperes: 100))
        #expect(monitor.verdict(.powerLimit, 4_799_999) == .accepted)
        monitor.write(.powerLimit, 4_799_999, at: at(0))
        #expect(monitor.step(at: at(1), sampling: image(amperes: 100)).brake)
    }

    @Test func `the bus's brake and the reflex do not release each other`() {
        var monitor = monitor { $0.brakeHold = .zero }
        monitor.write(.brakeCommand, 1, at: at(0))
        #expect(monitor.step(at: at(0), sampling: image(amperes: 10)).brake)
        #expect(monitor.faults.isEmpty)
        _ = monitor.step(at: at(1), sampling: image(amperes: 130))
        monitor.write(.brakeCommand, 0, at: at(1))
        #expect(monitor.step(at: at(2), sampling: image(amperes: 130)).brake)
        monitor.write(.brakeCommand, 1, at: at(2))
        #expect(monitor.step(at: at(3), sampling: image(amperes: 10)).brake)
        monitor.write(.brakeCommand, 0, at: at(3))
        #expect(!monitor.step(at: at(4), sampling: image(amperes: 10)).brake)
    }

    @Test func `after the watchdog time the default limit holds until a limit is written`() {
        var monitor = monitor { $0.settings.watchdogTimeout = .milliseconds(5) }
        let load = image(amperes: 100)
        for sample in Int64(0)..<5 { #expect(!monitor.step(at: at(sample), sampling: load).brake) }
        #expect(monitor.read(.watchdogRemaining) == 1)
        #expect(monitor.step(at: at(5), sampling: load).brake)
        #expect(monitor.read(.appliedLimit) == 4_000_000)
        #expect(monitor.read(.powerLimit) == 6_000_000)
        #expect(monitor.status.contains(PowerMonitorStatus.commsWatchdog.union(.defaultLimit)))
        #expect(monitor.faults.contains(.commsWatchdog))
        // Any accepted write feeds the watchdog, but only a limit takes charge again.
        monitor.write(.latchedFaults, 0xFFFF, at: at(5))
        _ = monitor.step(at: at(6), sampling: load)
        #expect(!monitor.status.contains(.commsWatchdog))
        #expect(monitor.read(.appliedLimit) == 4_000_000)
        monitor.write(.powerLimit, 5_000_000, at: at(6))
        #expect(monitor.read(.appliedLimit) == 5_000_000)
        #expect(!monitor.status.contains(.defaultLimit))
    }

    @Test func `a write after the deadline does not hide that the watchdog expired`() {
        var monitor = monitor { $0.settings.watchdogTimeout = .milliseconds(5) }
        _ = monitor.step(at: at(0), sampling: image(amperes: 10))
        monitor.write(.brakeCommand, 0, at: at(7))
        #expect(monitor.faults == .commsWatchdog)
        #expect(monitor.status.contains(.defaultLimit))
    }

    @Test func `alarms go by latched averages, with hysteresis and sticky bits`() {
        var monitor = monitor { $0.settings.overTemperature = .degrees(100) }
        _ = monitor.step(at: at(0), sampling: image(amperes: 10, degrees: 100))
        #expect(monitor.status.isEmpty)
        _ = monitor.step(at: at(1), sampling: image(amperes: 10, degrees: 101))
        #expect(monitor.status == PowerMonitorStatus.overTemperature.union(.latchedFault))
        monitor.write(.latchedFaults, 0xFFFF, at: at(1))
        #expect(monitor.faults.isEmpty)
        // Still hot: the bit sticks again at the next latch.
        _ = monitor.step(at: at(2), sampling: image(amperes: 10, degrees: 99))
        #expect(monitor.faults == .overTemperature)
        _ = monitor.step(at: at(3), sampling: image(amperes: 10, degrees: 98))
        #expect(monitor.status == .latchedFault)
        monitor.write(.latchedFaults, Int64(PowerMonitorStatus.overPower.rawValue), at: at(3))
        #expect(monitor.faults == .overTemperature)
        monitor.write(.latchedFaults, Int64(PowerMonitorStatus.overTemperature.rawValue), at: at(3))
        #expect(monitor.status.isEmpty)
        #expect(!monitor.step(at: at(4), sampling: image(amperes: 10)).alert)
    }

    @Test func `voltage, current and power have alarms of their own`() {
        var monitor = monitor { $0.powerLimit = .kilowatts(20) }
        var image = image(amperes: 151)
        _ = monitor.step(at: at(0), sampling: image)
        #expect(monitor.status == PowerMonitorStatus.overCurrent.union(.overPower).union(.latchedFault))
        image = self.image(amperes: 1)
        image.busMicrovolts = 43_000_000
        _ = monitor.step(at: at(1), sampling: image)
        #expect(monitor.status == PowerMonitorStatus.underVoltage.union(.latchedFault))
        image.busMicrovolts = 57_000_000
        _ = monitor.step(at: at(2), sampling: image)
        #expect(monitor.status == PowerMonitorStatus.overVoltage.union(.latchedFault))
    }

    @Test func `a converter at the end of its range says so`() {
        var monitor = monitor { $0.powerLimit = .kilowatts(20) }
        _ = monitor.step(at: at(0), sampling: image(amperes: 400))
        #expect(monitor.read(.current) == 327_679)
        #expect(monitor.status.contains(.saturated))
    }

    @Test func `protected settings want the write key first`() {
        var monitor = monitor()
        #expect(monitor.verdict(.overVoltageThreshold, 55_000) == .protected)
        #expect(monitor.verdict(.watchdogTimeout, 100) == .protected)
        #expect(monitor.verdict(.defaultPowerLimit, 3_000_000) == .protected)
        #expect(monitor.verdict(.powerLimit, 3_000_000) == .accepted)
        #expect(monitor.verdict(.brakeCommand, 1) == .accepted)
        monitor.write(.writeKey, 0x5A5A, at: at(0))
        #expect(monitor.verdict(.overVoltageThreshold, 55_000) == .accepted)
        monitor.write(.overVoltageThreshold, 55_000, at: at(0))
        #expect(monitor.read(.overVoltageThreshold) == 55_000)
        #expect(monitor.status.contains(.unlocked))
        monitor.write(.writeKey, 1, at: at(0))
        #expect(monitor.verdict(.overVoltageThreshold, 55_000) == .protected)
        #expect(monitor.read(.writeKey) == 0)
    }

    @Test func `values out of range and signals that cannot be written are refused`() {
        var monitor = monitor()
        #expect(monitor.verdict(.powerLimit, 199_999) == .illegalValue)
        #expect(monitor.verdict(.powerLimit, 20_000_001) == .illegalValue)
        #expect(monitor.verdict(.brakeCommand, 2) == .illegalValue)
        #expect(monitor.verdict(.voltage, 1) == .protected)
        #expect(monitor.verdict(onWriting: .none, value: 1) == .protected)
        monitor.write(.writeKey, 0x5A5A, at: at(0))
        #expect(monitor.verdict(.alarmHysteresis, 501) == .illegalValue)
        #expect(monitor.verdict(.watchdogTimeout, -1) == .illegalValue)
        #expect(monitor.value(of: .none) == 0)
    }

    @Test func `a preset needs no key but must be in range`() {
        var monitor = monitor()
        #expect(monitor.preset(PowerMonitorSignal.defaultPowerLimit.identifier, to: 3_000_000) == .accepted)
        #expect(monitor.read(.defaultPowerLimit) == 3_000_000)
        #expect(monitor.preset(PowerMonitorSignal.defaultPowerLimit.identifier, to: 1) == .illegalValue)
        #expect(monitor.read(.defaultPowerLimit) == 3_000_000)
        #expect(monitor.preset(PowerMonitorSignal.watchdogTimeout.identifier, to: 3) == .accepted)
        for sample in Int64(0)...3 { _ = monitor.step(at: at(sample), sampling: image(amperes: 1)) }
        #expect(monitor.status.contains(.commsWatchdog))
    }

    @Test func `a restart keeps the settings and forgets the power limit`() {
        var monitor = monitor { $0.bootTime = .milliseconds(20) }
        monitor.write(.writeKey, 0x5A5A, at: at(0))
        monitor.write(.defaultPowerLimit, 3_000_000, at: at(0))
        monitor.write(.powerLimit, 5_000_000, at: at(0))
        monitor.write(.brakeCommand, 1, at: at(0))
        _ = monitor.step(at: at(0), sampling: image(amperes: 100))
        monitor.restart(at: at(100))
        #expect(!monitor.isReady(at: at(119)))
        #expect(monitor.isReady(at: at(120)))
        #expect(monitor.nextDeadline == at(120))
        #expect(!monitor.step(at: at(110), sampling: image(amperes: 200)).brake)
        #expect(monitor.read(.energy) == 0 && monitor.read(.power) == 0 && monitor.read(.peakPower) == 0)
        #expect(monitor.read(.appliedLimit) == 3_000_000)
        #expect(monitor.status == PowerMonitorStatus.defaultLimit.union(.latchedFault))
        #expect(monitor.faults == .restarted)
        #expect(monitor.read(.restartCount) == 1)
        #expect(monitor.verdict(.defaultPowerLimit, 2_000_000) == .protected)
        #expect(monitor.step(at: at(120), sampling: image(amperes: 63)).brake)
        #expect(monitor.read(.brakeCommand) == 0)
    }

    @Test func `uptime counts from the restart`() {
        var monitor = monitor { $0.bootTime = .zero }
        _ = monitor.step(at: at(2500), sampling: image(amperes: 1))
        #expect(monitor.read(.uptime) == 2)
        monitor.restart(at: at(3000))
        _ = monitor.step(at: at(4000), sampling: image(amperes: 1))
        #expect(monitor.read(.uptime) == 1)
    }
}
