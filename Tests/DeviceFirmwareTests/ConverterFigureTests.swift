import DeviceFirmware
import RegisterMaps
import Testing
import Units

/// Published figures of converter parts, as far as they are modelled; each test names its source.
@Suite struct ConverterFigureTests {
    /// TI INA228: 195.3125 uV on the bus, 312.5 nV across the shunt, +-163.84 mV, 85 V, gain +-0.05 %.
    @Test func `an INA228 tells 312.5 nV apart up to 163.84 mV`() {
        let part = PowerConverter.ina228
        // A shunt of 1 ohm makes volts of amperes.
        let shunt = part.currentRange(shuntMicroohms: 1_000_000)
        #expect(shunt.step == ExactRatio(3125, 10_000))
        #expect(shunt.step.rounded(shunt.highestCode + 1) == 163_840)
        #expect(shunt.lowestCode == -shunt.highestCode - 1)
        #expect(part.bus.step == ExactRatio(1_953_125, 10_000))
        #expect(part.bus.step.rounded(part.bus.highestCode) > 85_000_000)
        #expect(part.gainPerMillion == 500)
    }

    /// TI INA238-Q1: 16 bit, 5 uV, 3.125 mV, gain +-0.1 %.
    @Test func `an INA238 has sixteen bits of 5 microvolts`() {
        let part = PowerConverter.ina238
        let shunt = part.currentRange(shuntMicroohms: 1_000_000)
        #expect(shunt.step == ExactRatio(5, 1))
        #expect(shunt.highestCode == 32_767)
        #expect(part.bus.step == ExactRatio(3125, 1))
        #expect(part.gainPerMillion == 1_000)
    }

    /// Analog Devices ADM1278: 12 bit, +-0.3 %.
    @Test func `an ADM1278 has twelve bits and three parts in a thousand`() {
        let part = PowerConverter.adm1278
        #expect(part.bus.highestCode == 4095)
        #expect(part.currentRange(shuntMicroohms: 500).highestCode == 4095)
        #expect(part.gainPerMillion == 3_000)
    }

    /// Maxim MAX34417: 14 bit of voltage up to 20 V, a range of power of 20 000 : 1.
    @Test func `a MAX34417 spans 20 V and twenty thousand to one of power`() {
        let part = PowerConverter.max34417
        #expect(part.bus.highestCode == 1 << 14 - 1)
        #expect((20_000_000...20_480_000).contains(part.bus.step.rounded(part.bus.highestCode)))
        #expect(part.currentRange(shuntMicroohms: 500).highestCode > 20_000)
    }

    @Test(arguments: [
        (PowerConverter.ina228, Int64(1)), (.ina238, 16), (.adm1278, 400),
    ])
    func `a monitor reads to the step of its part`(part: PowerConverter, watts: Int64) {
        var configuration = PowerMonitorConfiguration()
        configuration.converter = part
        configuration.averages = 1
        var monitor = PowerMonitor(configuration)
        // 51.234 V and 41.234 A are 2112.58 W.
        _ = monitor.step(
            at: at(0),
            sampling: PowerMonitorImage(
                busMicrovolts: 51_234_000, currentMicroamperes: 41_234_000, boardTemperature: .degrees(25)))
        let error = monitor.read(.power) - 2_112_583
        #expect(abs(error) <= watts * 1000, "off by \(error) mW")
        if part != .ina228 { #expect(abs(error) > 100) }
    }

    /// What the parts' power error may be when both gains are at their limits: TI INA228 0.5 % of full scale, TI INA238-Q1
    /// 0.7 % of the reading. The shunt's own tolerance is not the part's.
    @Test(arguments: [(PowerConverter.ina228, Int64(50)), (.ina228, 120), (.ina238, 50), (.ina238, 120)])
    func `power is right to the part's total error`(part: PowerConverter, amperes: Int64) {
        for sign: Int64 in [-1, 1] {
            var configuration = PowerMonitorConfiguration()
            configuration.converter = part
            configuration.averages = 1
            let gain = ConverterError(gainPerMillion: sign * part.gainPerMillion)
            var monitor = PowerMonitor(
                configuration, calibration: PowerMonitorCalibration(voltage: gain, current: gain))
            let image = PowerMonitorImage(
                busMicrovolts: 51_000_000, currentMicroamperes: amperes * 1_000_000, boardTemperature: .degrees(25))
            _ = monitor.step(at: at(0), sampling: image)
            let truth = 51_000 * amperes
            let error = abs(monitor.read(.power) - truth)
            // Full scale: 163.84 mV across 500 microohms at 85 V.
            let allowed = part == .ina228 ? 85 * 327_680 * 5 / 1000 : truth * 7 / 1000
            #expect(error <= allowed, "off by \(error) mW of \(truth) mW")
            #expect(error > truth / 1000)
        }
    }

    /// Maxim MAX34417: 1024 samples a second fill its accumulators in 4.55 h.
    @Test func `a MAX34417's accumulators are full after four and a half hours`() {
        let configuration = ShuntMonitorConfiguration()
        #expect(configuration.converter == .max34417)
        #expect(abs(Double(configuration.accumulatorCapacity) / 1024 / 3600 - 4.55) < 0.01)
    }

    /// TI INA3221: a conversion takes 140 us at least, and a round of three channels, bus and shunt each, six of them (Linux
    /// hwmon). The critical alert comes with the round's own conversion, the warning with the average.
    @Test func `an INA3221 is no faster than its conversions`() {
        var monitor = ShuntMonitor(.roundRobin(channels: 3, conversion: .microseconds(140)))
        #expect(monitor.configuration.samplePeriod == .microseconds(840))
        #expect(monitor.configuration.updateTime == .microseconds(840 * 16))
        var image = ShuntMonitorImage(
            microvolts: InlineArray(repeating: 12_000_000), microamperes: InlineArray(repeating: 20_000_000))
        var now = monitor.nextDeadline
        #expect(!monitor.step(at: now, sampling: image).critical)
        image.microamperes[1] = 320_000_000
        now = monitor.nextDeadline
        let outputs = monitor.step(at: now, sampling: image)
        #expect(outputs.critical && !outputs.warning)
        for _ in 0..<16 {
            now = monitor.nextDeadline
            _ = monitor.step(at: now, sampling: image)
        }
        #expect(monitor.step(at: monitor.nextDeadline, sampling: image).warning)
    }

    /// The TI INA228's alert answers in 75 us; the reflex here acts with the very sample, whatever is averaged.
    @Test func `the brake needs one sample and no average`() {
        var configuration = PowerMonitorConfiguration()
        configuration.averages = 1024
        configuration.settings.watchdogTimeout = .zero
        var monitor = PowerMonitor(configuration)
        let image = PowerMonitorImage(
            busMicrovolts: 50_000_000, currentMicroamperes: 121_000_000, boardTemperature: .degrees(25))
        #expect(monitor.step(at: at(0), sampling: image).brake)
        #expect(monitor.read(.power) == 0)
    }

    @Test func `settings without a lock are open and with one are not`() {
        var configuration = PowerMonitorConfiguration()
        #expect(PowerMonitor(configuration).verdict(.defaultPowerLimit, 1_000_000) == .protected)
        configuration.hasLock = false
        #expect(PowerMonitor(configuration).verdict(.defaultPowerLimit, 1_000_000) == .accepted)
    }
}
