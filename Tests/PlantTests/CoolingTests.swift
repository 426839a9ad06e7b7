import Plant
import Testing

@Suite struct CoolingTests {
    @Test func `in the steady state each resistance holds its power times itself`() {
        let rack = Fixtures.oneTray(.constant(load: 1), tray: Fixtures.tray(accelerators: 1))
        rack.run(seconds: 600)
        // 30 degC liquid, half the rise of 400 W over 0.1 kg/s * 4000 J/(kg K), then 0.05 and 0.03 K/W.
        #expect(abs(rack.acceleratorTemperature(0, 0) - (30 + 0.5 + 20 + 12)) < 1e-3)
        #expect(abs(rack.trayOutletTemperature(0) - 31) < 1e-3)
        #expect(rack.trayInletTemperature(0) == 30)
    }

    @Test func `the die heats with its own time constant before the sink does`() {
        let rack = Fixtures.oneTray(.step(from: 0, to: 1, at: 10), tray: Fixtures.tray(accelerators: 1))
        rack.run(seconds: 10)
        let before = rack.acceleratorTemperature(0, 0)
        // Die: 0.03 K/W * 60 J/K = 1.8 s. Two of them, less the electrical lag: most of 330 W * 0.03 K/W.
        rack.run(milliseconds: 3600)
        let after = rack.acceleratorTemperature(0, 0)
        #expect(after - before > 0.8 * 9.9)
        #expect(after - before < 9.9 + 3)
    }

    @Test func `accelerators in the second row are warmer`() {
        let rack = Fixtures.oneTray(.constant(load: 1))
        rack.run(seconds: 600)
        #expect(abs(rack.acceleratorTemperature(0, 7) - rack.acceleratorTemperature(0, 0) - 4) < 0.01)
        #expect(rack.hottestAccelerator(0) == rack.acceleratorTemperature(0, 7))
    }

    private func airTray(_ load: Double, duty: Double = 1) -> RackPlant {
        let tray = Fixtures.tray(fans: Fixtures.fans, cooling: .air)
        let rack = Fixtures.oneTray(.constant(load: load), tray: tray)
        rack.setFanDuty(tray: 0, duty: duty)
        return rack
    }

    @Test func `fan speed goes with duty and power with its cube above the idle power`() {
        let rack = airTray(0)
        rack.run(seconds: 20)
        #expect(abs(rack.fanSpeed(0, 5) - 15_000) < 1)
        #expect(abs(rack.trayFanPower(0) - 6 * (2 + 38)) < 0.1)
        rack.setFanDuty(tray: 0, duty: 0.5)
        rack.run(seconds: 20)
        #expect(abs(rack.fanSpeed(0, 0) - 7500) < 1)
        #expect(abs(rack.trayFanPower(0) - 6 * (2 + 38.0 / 8)) < 0.1)
    }

    @Test func `fan speed follows with its lag`() {
        let rack = airTray(0)
        rack.run(seconds: 20)
        rack.setFanDuty(tray: 0, duty: 0)
        rack.run(seconds: 1)
        #expect(abs(rack.fanSpeed(0, 0) / 15_000 - 0.36788) < 0.005)
    }

    @Test func `air warms by power over its heat flow`() {
        let rack = airTray(1)
        rack.run(seconds: 900)
        let power = rack.trayPower(0)
        // 60 % of six times 0.05 m^3/s against the tray's impedance, 1206 J/(m^3 K).
        #expect(abs(rack.trayOutletTemperature(0) - 25 - power / (0.6 * 6 * 0.05 * 1206)) < 0.05)
    }

    @Test func `a stalled fan stands still and makes everything hotter`() {
        let rack = airTray(0.8, duty: 0.8)
        rack.run(seconds: 600)
        let before = (rack.hottestAccelerator(0), rack.trayOutletTemperature(0))
        rack.stallFan(tray: 0, fan: 2)
        rack.step()
        #expect(rack.fanSpeed(0, 2) == 0)
        rack.run(seconds: 600)
        #expect(rack.hottestAccelerator(0) > before.0 + 3)
        #expect(rack.trayOutletTemperature(0) > before.1 + 1)
        rack.restoreFan(tray: 0, fan: 2)
        rack.run(seconds: 600)
        #expect(abs(rack.hottestAccelerator(0) - before.0) < 0.1)
        #expect(abs(rack.fanSpeed(0, 2) - 12_000) < 1)
    }

    @Test func `warmer inlet air arrives at the die degree for degree`() {
        let rack = airTray(0.5)
        rack.run(seconds: 600)
        let before = rack.hottestAccelerator(0)
        rack.setInletTemperature(35)
        rack.run(seconds: 900)
        #expect(abs(rack.hottestAccelerator(0) - before - 10) < 0.05)
    }

    @Test func `a hot accelerator throttles itself to its limit and costs work`() {
        let rack = airTray(1, duty: 0.35)
        rack.run(seconds: 1800)
        #expect(abs(rack.hottestAccelerator(0) - 87) < 1.5)
        #expect(rack.acceleratorPower(0, 7) < 395)
        #expect(rack.workDone < rack.workWanted)
        #expect(rack.drained().contains { if case .throttleBegan(tray: 0, _) = $0 { true } else { false } })
        rack.setFanDuty(tray: 0, duty: 1)
        rack.run(seconds: 600)
        #expect(rack.acceleratorPower(0, 7) > 399)
        #expect(rack.drained().contains { if case .throttleEnded(tray: 0, _) = $0 { true } else { false } })
    }

    @Test func `without any cooling an accelerator shuts down until its tray is power cycled`() throws {
        let rack = airTray(1, duty: 1)
        rack.setInletTemperature(95)
        let time = rack.milliseconds(limit: 600_000) { plant in
            plant.hasEvents
                && plant.drained().contains { if case .thermalShutdown = $0 { true } else { false } }
        }
        _ = try #require(time)
        rack.run(seconds: 120)
        #expect(rack.acceleratorPower(0, 7) < 0.01)
        #expect(rack.trayThroughput(0) == 0)
        rack.setInletTemperature(20)
        rack.run(seconds: 600)
        #expect(rack.acceleratorPower(0, 7) < 0.01)
        rack.setPower(tray: 0, on: false)
        rack.run(seconds: 1)
        rack.setPower(tray: 0, on: true)
        rack.run(seconds: 90)
        #expect(rack.acceleratorPower(0, 7) > 399)
    }
}
