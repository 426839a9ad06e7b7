import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Sensors that say something else than the plant.
@Suite struct SensorFaultTests {
    private func power(_ run: RackSimulation, _ path: String) throws -> Double {
        Double(run.devices[try run.device(path)].signal(PowerMonitorSignal.power.identifier)) / 1000
    }

    @Test func `a stuck current sensor says what it said when it stuck`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "8 s", workload: "{constant: 40 %}",
                events: [
                    "{at: 2 s, for: 4 s, sensor: tray-1/monitor.current, stuck: true}",
                    "{at: 3 s, set: {demand: 90 %}}",
                ]))
        run.advance(to: 2)
        let before = run.plant.trayPower(0)
        run.advance(to: 5.9)
        #expect(run.plant.trayPower(0) > before + 300)
        #expect((try power(run, "tray-1/monitor") - before).magnitude < 30)
        run.advance(to: 8)
        #expect((try power(run, "tray-1/monitor") - run.plant.trayPower(0)).magnitude < 30)
    }

    @Test func `a drifting sensor leaves the truth at its rate`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                workload: "{constant: 40 %}",
                events: ["{at: 2 s, sensor: tray-1/monitor.current, drift: 2 A/s}"]))
        run.advance(to: 4)
        let excess = try power(run, "tray-1/monitor") - run.plant.trayPower(0)
        // After 2 s 4 A too much, of some 50.8 V.
        #expect((190...215).contains(excess))
    }

    @Test func `a monitor that reads half lets no tray above its cap`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s",
                events: [
                    "{at: 3 s, sensor: tray-1/monitor.current, gain: 50 %}",
                    "{at: 3 s, sensor: tray-2/monitor.current, gain: 50 %}",
                ]))
        run.advance(to: 3)
        for step in 1...170 {
            run.advance(to: 3 + Double(step) / 10)
            #expect(run.controller.askedCap(tray: 0) + run.controller.askedCap(tray: 1) <= .watts(4400))
            #expect(run.plant.rackPower <= 4400 * 1.01)
        }
        // It believes that there is room, and still the caps hold.
        #expect(run.controller.measuredPower < .watts(2500))
    }

    @Test func `a supply whose voltage sensor runs away stops itself, and counts as lost`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "4 s", events: ["{at: 2 s, sensor: shelf-1/psu-4.voltage, drift: 100 V/s}"]))
        run.advance(to: 4)
        #expect(run.texts(of: "shelf-1/psu-4", after: 2) == ["output disabled by its MCU", "lost to the controller"])
        #expect(run.controller.effectiveBudget == .watts(3600))
    }

    @Test func `an impossible temperature puts the fans into failsafe`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "9 s", events: ["{at: 3 s, for: 3 s, sensor: tray-1/bmc.temperature, gain: 800 %}"]))
        // Temperatures are read every second, and the fan loop decides every second.
        run.advance(to: 5.1)
        #expect(run.controller.isInFailsafe(tray: 0))
        #expect(!run.controller.isInFailsafe(tray: 1))
        run.advance(to: 9)
        #expect(!run.controller.isInFailsafe(tray: 0))
    }

    @Test func `a tachometer that reads nothing counts as a fan that stands still`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "14 s", events: ["{at: 2 s, sensor: tray-1/fans.speed, gain: 0 %}"]))
        run.advance(to: 14)
        #expect(run.controller.isInFailsafe(tray: 0))
        #expect(run.plant.fanSpeed(0, 0) > 1000)
    }

    @Test(arguments: ["9000000000000", "-9000000000000"])
    func `no rate of drift stops the program`(rate: String) throws {
        let sensors = [
            "tray-1/monitor.current, drift: \(rate) A/s", "tray-1/monitor.voltage, drift: \(rate) V/s",
            "tray-1/monitor.temperature, drift: \(rate) K/s", "tray-1/bmc.temperature, drift: \(rate) K/s",
            "tray-1/fans.temperature, drift: \(rate) K/s", "tray-1/fans.speed, drift: \(rate) rpm/s",
            "shelf-1/psu-1.current, drift: \(rate) A/s", "shelf-1/psu-1.voltage, drift: \(rate) V/s",
            "shelf-1/psu-1.temperature, drift: \(rate) K/s",
        ]
        let run = RackSimulation(
            try SmallRack.scenario(duration: "4 s", events: sensors.map { "{at: 1 s, sensor: \($0)}" }))
        run.advance(to: 4)
        #expect(run.reachedSeconds == 4)
    }

    @Test func `of two faults of one sensor the later shows, and the first is back when it ends`() {
        var chain = SensorChain()
        chain.begin(.gain(.percent(50)), on: .current, event: 0, at: .start)
        chain.begin(.gain(.percent(200)), on: .current, event: 1, at: .start)
        #expect(chain.shown(100, by: .current, at: .start) == 200)
        #expect(chain.shown(100, by: .voltage, at: .start) == 100)
        chain.end(event: 1)
        #expect(chain.shown(100, by: .current, at: .start) == 50)
        chain.end(event: 0)
        #expect(chain.isHealthy)
        #expect(chain.shown(100, by: .current, at: .start) == 100)
    }
}
