import Plant
import Testing

@Suite struct FanWallTests {
    /// Two air-cooled trays without fans behind a wall of six.
    private func rack(ownFans: FanConfiguration? = nil) -> RackPlant {
        let open = Fixtures.tray(accelerators: 4, cooling: .air)
        let second = Fixtures.tray(accelerators: 4, fans: ownFans, cooling: .air)
        var configuration = Fixtures.plant(trays: [open, second])
        configuration.cooling.fanWall = Fixtures.fans
        return RackPlant(configuration, workloads: [([0, 1], .constant(load: 0.8))], seed: 1)
    }

    @Test func `its power hangs on the busbar beside the trays'`() {
        let rack = rack()
        rack.setWallDuty(1)
        rack.run(seconds: 20)
        #expect(abs(rack.wallPower - 6 * (2 + 38)) < 0.1)
        #expect(rack.trayFanPower(0) == 0)
        #expect(abs(rack.rackPower - rack.trayPower(0) - rack.trayPower(1) - rack.wallPower) < 1e-6)
    }

    @Test func `its flow is shared evenly by the trays that breathe through it`() {
        let rack = rack()
        rack.setWallDuty(1)
        rack.run(seconds: 900)
        // 60 % of six times 0.05 m^3/s, halved, 1206 J/(m^3 K).
        let rise = rack.trayPower(0) / (0.6 * 6 * 0.05 / 2 * 1206)
        #expect(abs(rack.trayOutletTemperature(0) - 25 - rise) < 0.05)
        #expect(abs(rack.wallOutletTemperature - rack.trayOutletTemperature(0)) < 0.05)
    }

    @Test func `a stalled fan of the wall heats every tray behind it, and no tray with fans of its own`() {
        let rack = rack(ownFans: Fixtures.fans)
        rack.setWallDuty(0.6)
        rack.setFanDuty(tray: 1, duty: 0.6)
        rack.run(seconds: 900)
        let before = (rack.hottestAccelerator(0), rack.hottestAccelerator(1))
        rack.setWallFan(3, isStalled: true)
        rack.run(seconds: 900)
        #expect(rack.wallFanSpeed(3) == 0)
        #expect(rack.hottestAccelerator(0) > before.0 + 1)
        #expect(abs(rack.hottestAccelerator(1) - before.1) < 0.01)
    }

    @Test func `it stops with the busbar`() {
        let rack = rack()
        rack.run(seconds: 5)
        rack.loseFeed(0)
        rack.run(seconds: 5)
        #expect(rack.wallPower == 0)
        #expect(rack.wallFanSpeed(0) < 100)
    }
}
