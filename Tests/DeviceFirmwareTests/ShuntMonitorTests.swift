import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct ShuntMonitorTests {
    /// 12 V, and so many amperes through each channel.
    func image(_ amperes: Int64...) -> ShuntMonitorImage {
        var image = ShuntMonitorImage()
        for (channel, amount) in amperes.enumerated() {
            image.microvolts[channel] = 12_000_000
            image.microamperes[channel] = amount * 1_000_000
        }
        return image
    }

    func monitor(_ change: (inout ShuntMonitorConfiguration) -> Void = { _ in }) -> ShuntMonitor {
        var configuration = ShuntMonitorConfiguration()
        configuration.averages = 4
        change(&configuration)
        return ShuntMonitor(configuration)
    }

    func flags(_ monitor: ShuntMonitor) -> ShuntMonitorStatus {
        ShuntMonitorStatus(signalValue: monitor.read(.status))
    }

    @Test func `every channel has its own reading, and their currents a sum`() {
        var monitor = monitor()
        for sample in 0..<Int64(4) { _ = monitor.step(at: at(sample), sampling: image(50, 10, 100, 0)) }
        #expect((0..<4).map { monitor.read(.channelCurrent, member: UInt8($0)) } == [50_000, 10_000, 100_000, 0])
        #expect((0..<4).map { monitor.read(.channelPower, member: UInt8($0)) } == [600_000, 120_000, 1_200_000, 0])
        #expect(monitor.read(.channelVoltage) == 12_000)
        #expect(monitor.read(.currentSum) == 160_000)
    }

    @Test func `a channel that is not fitted reads zero and takes no threshold`() {
        var monitor = monitor { $0.channelCount = 2 }
        for sample in 0..<Int64(4) { _ = monitor.step(at: at(sample), sampling: image(50, 10, 100)) }
        #expect(monitor.read(.channelCurrent, member: 2) == 0)
        monitor.write(.criticalThreshold, member: 7, 1_000, at: at(4))
        #expect(monitor.read(.criticalThreshold, member: 7) == 0)
    }

    /// Linux hwmon, ina3221: update = channels x samples x (bus + shunt conversion).
    @Test func `three channels in turn take six conversions a round`() {
        var configuration = ShuntMonitorConfiguration.roundRobin(channels: 3, conversion: .microseconds(140))
        #expect(configuration.samplePeriod == .microseconds(840))
        configuration.averages = 64
        #expect(configuration.updateTime == .microseconds(53_760))
        // The longest conversion, averaged as long as the part can.
        configuration = .roundRobin(channels: 3, conversion: .microseconds(8244))
        configuration.averages = 1024
        #expect(configuration.updateTime == .microseconds(50_651_136))
    }

    @Test func `a single conversion is critical at once and a warning waits for the average`() {
        var monitor = monitor()
        monitor.write(.criticalThreshold, member: 1, 100_000, at: at(0))
        monitor.write(.warningThreshold, member: 1, 60_000, at: at(0))
        var outputs = monitor.step(at: at(0), sampling: image(0, 101))
        #expect(outputs == ShuntMonitorOutputs(critical: true, warning: false))
        #expect(monitor.read(.criticalChannels) == 0b10)
        // 101 A and three times 50 A are 62.75 A on average.
        for sample in 1..<Int64(4) { outputs = monitor.step(at: at(sample), sampling: image(0, 50)) }
        #expect(outputs == ShuntMonitorOutputs(critical: false, warning: true))
        #expect(monitor.read(.warningChannels) == 0b10)
        #expect(monitor.read(.latchedAlerts) == 0b10_0000_0010)
        monitor.write(.latchedAlerts, member: 0, 0b10, at: at(4))
        #expect(monitor.read(.latchedAlerts) == 0b10_0000_0000)
    }

    @Test func `accumulators of all channels are latched at one instant`() {
        var monitor = monitor()
        for sample in 0..<Int64(1000) { _ = monitor.step(at: at(sample), sampling: image(50, 10)) }
        #expect(monitor.read(.channelEnergy) == 0)
        monitor.write(.latchCommand, member: 0, 1, at: at(1000))
        #expect(monitor.read(.channelEnergy) == 600_000)
        #expect(monitor.read(.channelEnergy, member: 1) == 120_000)
        #expect(monitor.read(.accumulationCount) == 1000)
        _ = monitor.step(at: at(1000), sampling: image(50, 10))
        #expect(monitor.read(.channelEnergy) == 600_000)
        monitor.write(.latchCommand, member: 0, 1, at: at(1001))
        #expect(monitor.read(.channelEnergy) == 600)
    }

    /// Maxim MAX34417: 1024 samples a second fill the accumulator after 4.55 h.
    @Test func `accumulators are full after four and a half hours and then stop`() {
        var monitor = monitor { $0.samplePeriod = .nanoseconds(976_562) }
        _ = monitor.step(at: .start, sampling: image(50))
        _ = monitor.step(at: .start + .seconds(16_380), sampling: image(50))
        #expect(!flags(monitor).contains(.accumulatorsFull))
        _ = monitor.step(at: .start + .seconds(16_385), sampling: image(50))
        #expect(flags(monitor).contains(.accumulatorsFull))
        _ = monitor.step(at: .start + .seconds(20_000), sampling: image(50))
        monitor.write(.latchCommand, member: 0, 1, at: .start + .seconds(20_000))
        #expect(monitor.read(.accumulationCount) == 1 << 24)
        // 600 W for 4.55 h are 2.73 kWh.
        #expect((9_820_000_000...9_832_000_000).contains(monitor.read(.channelEnergy)))
        #expect(!flags(monitor).contains(.accumulatorsFull))
    }

    @Test func `a restart forgets readings and keeps thresholds`() {
        var monitor = monitor()
        monitor.write(.warningThreshold, member: 0, 60_000, at: at(0))
        for sample in 0..<Int64(4) { _ = monitor.step(at: at(sample), sampling: image(70)) }
        monitor.restart(at: at(10))
        #expect(!monitor.isReady(at: at(11)))
        #expect(monitor.read(.channelCurrent) == 0)
        #expect(monitor.read(.warningThreshold) == 60_000)
        #expect(monitor.read(.latchedAlerts) == 0)
        #expect(ShuntMonitorStatus(signalValue: monitor.read(.latchedFaults)) == .restarted)
    }
}

extension ShuntMonitor {
    func read(_ signal: ShuntMonitorSignal, member: UInt8 = 0) -> Int64 { value(of: signal.identifier(member: member)) }
    mutating func write(_ signal: ShuntMonitorSignal, member: UInt8, _ value: Int64, at now: Instant) {
        write(signal.identifier(member: member), value: value, at: now)
    }
}
