import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct ShelfGatewayTests {
    private struct Bench {
        var gateway = ShelfGateway(ShelfGatewayConfiguration())
        var now = Instant.start
        /// Volts of each module; `nil` is silent, below zero spoils the frame.
        var modules: [Int64?] = [50, 51, 52, 53, 54, 55]

        mutating func run(turns: Int) {
            for _ in 0..<turns {
                var image = ShelfGatewayImage()
                let volts = modules[gateway.slot]
                image.isSilent = volts == nil
                image.isCorrupt = (volts ?? 0) < 0
                image.voltage = .volts(volts ?? 0)
                image.alarms = volts == 53 ? 4 : 0
                _ = gateway.step(at: now, sampling: image)
                now += .nanoseconds(166_666_666)
            }
        }

        func value(_ signal: ShelfGatewaySignal, _ member: UInt8 = 0) -> Int64 {
            gateway.value(of: signal.identifier(member: member))
        }
    }

    @Test func `a round shows every module's values, who is there and who has an alarm`() {
        var bench = Bench()
        bench.run(turns: 6)
        #expect(bench.value(.modulesPresent) == 0b111111)
        #expect(bench.value(.modulesPlanned) == 0b111111)
        #expect(bench.value(.modulesAlert) == 0b001000)
        #expect(bench.value(.voltage, 5) == 55_000)
        #expect(bench.value(.alarms) == 1 << 8)
    }

    @Test func `a value is as old as the last answer, up to one round`() {
        var bench = Bench()
        bench.run(turns: 6)
        #expect(bench.value(.age, 5) == 0)
        #expect(bench.value(.age, 0) == 833)
        bench.modules[0] = nil
        bench.run(turns: 12)
        #expect(bench.value(.age, 0) == 2833)
        #expect(bench.value(.voltage, 0) == 50_000)
    }

    @Test func `a silent module counts time-outs and is absent after three, and comes back with its next answer`() {
        var bench = Bench()
        bench.run(turns: 6)
        bench.modules[2] = nil
        bench.run(turns: 12)
        #expect(bench.value(.modulesPresent) == 0b111111)
        #expect(bench.value(.moduleTimeouts, 2) == 2)
        bench.run(turns: 6)
        #expect(bench.value(.modulesPresent) == 0b111011)
        #expect(bench.value(.communicationAlarms) == 0b1000)
        #expect(bench.value(.alarms) & 0b10001 == 0b10001)
        bench.modules[2] = 52
        bench.run(turns: 6)
        #expect(bench.value(.modulesPresent) == 0b111111)
        #expect(bench.value(.moduleTimeouts, 2) == 3)
    }

    @Test func `a spoiled frame counts and changes nothing else`() {
        var bench = Bench()
        bench.run(turns: 6)
        bench.modules[1] = -1
        bench.run(turns: 6)
        #expect(bench.value(.moduleCRCErrors, 1) == 1)
        #expect(bench.value(.moduleTimeouts, 1) == 0)
        #expect(bench.value(.voltage, 1) == 51_000)
    }

    @Test func `polling can be stopped, and ages tell`() {
        var bench = Bench()
        bench.run(turns: 6)
        let stop = ShelfGatewaySignal.pollingStopped.identifier
        #expect(bench.gateway.verdict(onWriting: stop, value: 1) == .accepted)
        bench.gateway.write(stop, value: 1, at: bench.now)
        bench.modules[0] = 40
        bench.run(turns: 6)
        #expect(bench.value(.voltage, 0) == 50_000)
        #expect(bench.value(.age, 0) > 1800)
        #expect(bench.gateway.verdict(onWriting: ShelfGatewaySignal.alarms.identifier, value: 1) == .protected)
    }
}
