import Plant
import Testing

@Suite struct TrayPowerTests {
    private func settled(_ load: Double) -> RackPlant {
        let rack = Fixtures.oneTray(.constant(load: load))
        rack.run(seconds: 2)
        return rack
    }

    @Test func `power settles at idle plus load times the rest`() {
        #expect(abs(settled(0.5).acceleratorPower(0, 3) - 235) < 1e-6)
        #expect(abs(settled(1).trayPower(0) - 8 * 400) < 1e-6)
        #expect(abs(settled(0).rackPower - 8 * 70) < 1e-6)
    }

    @Test func `current is power over the bus voltage`() {
        let rack = settled(1)
        #expect(abs(rack.trayCurrent(0) * rack.busVoltage - rack.trayPower(0)) < 1e-9)
    }

    @Test func `power follows a cap with the accelerator's lag`() {
        let rack = settled(1)
        rack.setAcceleratorLimit(tray: 0, watts: 300)
        rack.run(milliseconds: 50)
        // After one time constant 1/e of the way is left.
        #expect(abs(rack.acceleratorPower(0, 0) - (300 + 100 * 0.36788)) < 0.01)
        rack.run(milliseconds: 950)
        #expect(abs(rack.acceleratorPower(0, 0) - 300) < 1e-3)
    }

    @Test func `a cap below the lowest limit is raised to it and one above the rating lowered`() {
        let rack = settled(1)
        rack.setAcceleratorLimit(tray: 0, watts: 10)
        #expect(rack.acceleratorLimit(0) == 100)
        rack.setAcceleratorLimit(tray: 0, watts: 5000)
        #expect(rack.acceleratorLimit(0) == 400)
    }

    @Test func `the brake is ten times faster than a cap`() {
        let rack = settled(1)
        rack.setBrake(tray: 0, engaged: true)
        rack.run(milliseconds: 5)
        #expect(abs(rack.acceleratorPower(0, 0) - (150 + 250 * 0.36788)) < 0.05)
        rack.run(milliseconds: 45)
        #expect(rack.acceleratorPower(0, 0) < 150.1)
        rack.setBrake(tray: 0, engaged: false)
        rack.run(milliseconds: 50)
        #expect(abs(rack.acceleratorPower(0, 0) - (400 - 250 * 0.36788)) < 0.1)
    }

    @Test func `a tray that is switched off draws nothing and works again only after its boot`() {
        let rack = settled(1)
        rack.setPower(tray: 0, on: false)
        rack.step()
        #expect(rack.trayPower(0) == 0)
        rack.setPower(tray: 0, on: true)
        rack.run(seconds: 30)
        #expect(!rack.trayIsRunning(0))
        #expect(abs(rack.acceleratorPower(0, 0) - 70) < 1e-6)
        rack.run(seconds: 32)
        #expect(rack.trayIsRunning(0))
        #expect(rack.acceleratorPower(0, 0) > 399)
    }

    @Test func `work is lost to a cap as the throughput curve says`() {
        let rack = settled(1)
        let (done, wanted) = (rack.workDone, rack.workWanted)
        #expect(done == wanted)
        // A quarter of the 330 W above idle: half the throughput.
        rack.setAcceleratorLimit(tray: 0, watts: 70 + 330 / 4)
        rack.run(seconds: 10)
        #expect(abs((rack.workWanted - wanted) - 80) < 1e-6)
        #expect(abs((rack.workDone - done) - 40) < 1e-6)
        #expect(abs(rack.trayThroughput(0) - 0.5) < 1e-9)
    }

    @Test func `a cap above what the load wants costs nothing`() {
        let rack = settled(0.5)
        rack.setAcceleratorLimit(tray: 0, watts: 240)
        rack.run(seconds: 5)
        #expect(rack.workDone == rack.workWanted)
        #expect(rack.trayThroughput(0) == 1)
    }

    @Test func `a host is as busy as its accelerators get on`() {
        let tray = Fixtures.tray(hostIdle: 200, hostMaximum: 600)
        let rack = Fixtures.oneTray(.constant(load: 1), tray: tray)
        rack.run(seconds: 2)
        #expect(abs(rack.trayHostPower(0) - 600) < 1e-6)
        rack.setAcceleratorLimit(tray: 0, watts: 70 + 330 / 4)
        rack.run(seconds: 2)
        #expect(abs(rack.trayHostPower(0) - 400) < 1e-6)
    }

    @Test func `a switch tray follows the mean load of the others`() {
        let trays = [Fixtures.tray(), Fixtures.tray(accelerators: 0, hostIdle: 100, hostMaximum: 300)]
        let rack = RackPlant(
            Fixtures.plant(trays: trays), workloads: [([0, 1], .constant(load: 0.5))], seed: 1)
        rack.run(seconds: 2)
        #expect(abs(rack.trayHostPower(1) - 200) < 1e-6)
    }
}
