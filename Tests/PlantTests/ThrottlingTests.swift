import Plant
import Testing

/// The accelerators' own thermal control, held against the figures of a 700 W SXM module: an nvidia-smi capture shows a
/// margin of 54 degC at 33 degC (87 degC), slow-down 2 degC and shutdown 8 degC above it.
@Suite struct ThrottlingTests {
    private static let throttle = 87.0
    private static let slowdown = 89.0
    private static let shutdown = 95.0

    private func module(air: Double) -> RackPlant {
        let model = AcceleratorModel(
            name: "sxm-700", idlePower: 75, ratedPower: 700, minimumLimit: 200, lag: 0.05, brakePower: 220,
            throttleTemperature: Self.throttle, shutdownTemperature: Self.shutdown,
            throughput: [CurvePoint(x: 0, y: 0), CurvePoint(x: 1, y: 1)])
        // Die to air 0.06 K/W at full flow: (87 - 45) K over 700 W.
        let thermal = ThermalConfiguration(
            dieResistance: 0.02, sinkResistance: 0.04, dieCapacity: 80, sinkCapacity: 1600, coolantFlow: 0,
            coolantHeatCapacity: 0, spread: 0)
        let fans = FanConfiguration(
            count: 6, maximumSpeed: 15_000, maximumFlow: 0.2, idlePower: 2, cubicPower: 38, lag: 1)
        let tray = Fixtures.tray(accelerators: 1, model: model, fans: fans, cooling: .air, thermal: thermal)
        let rack = Fixtures.oneTray(.constant(load: 1), tray: tray)
        rack.setFanDuty(tray: 0, duty: 1)
        rack.setInletTemperature(air)
        return rack
    }

    @Test func `in air of 45 degC and at full flow it runs at its rated power, just under its limit`() {
        let rack = module(air: 44)
        rack.run(seconds: 1800)
        #expect(rack.hottestAccelerator(0) < Self.throttle)
        #expect(rack.hottestAccelerator(0) > Self.throttle - 2)
        #expect(rack.acceleratorPower(0, 0) > 699.9)
        #expect(rack.trayThroughput(0) == 1)
    }

    @Test(arguments: [48.0, 55, 65])
    func `in hotter air it holds itself under the slow-down by giving power up`(air: Double) {
        let rack = module(air: air)
        var hottest = 0.0
        for _ in 0..<1800 {
            rack.run(seconds: 1)
            hottest = max(hottest, rack.hottestAccelerator(0))
        }
        #expect(hottest < Self.slowdown)
        #expect(abs(rack.hottestAccelerator(0) - Self.throttle) < 0.5)
        // What 0.06 K/W carry from the limit into that air, less the share of the air's own warming.
        #expect(abs(rack.acceleratorPower(0, 0) - (Self.throttle - air) / 0.06) < 15)
        #expect(!rack.drained().contains { if case .thermalShutdown = $0 { true } else { false } })
    }

    @Test func `air at its limit leaves nothing to give up, and it shuts down no sooner than 8 degC above it`() throws {
        let rack = module(air: 96)
        let isDown: (RackPlant) -> Bool = { plant in
            plant.drained().contains { if case .thermalShutdown = $0 { true } else { false } }
        }
        let time = rack.milliseconds(limit: 900_000) { $0.hasEvents && isDown($0) }
        _ = try #require(time)
        #expect(rack.hottestAccelerator(0) >= Self.shutdown)
        #expect(rack.hottestAccelerator(0) < Self.shutdown + 1)
        rack.run(seconds: 10)
        #expect(rack.acceleratorPower(0, 0) < 0.1)
    }
}
