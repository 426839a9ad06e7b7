import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Devices that vanish and return: no cap is lost or left behind.
@Suite struct ReturnTests {
    @Test func `a BMC that restarts gets its cap back`() throws {
        // 30 s of boot; meanwhile the budget falls, so that the cap of before must not come back.
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "45 s", events: ["{at: 3 s, reboot: tray-1/bmc}", "{at: 10 s, set: {budget: 3.6 kW}}"]))
        run.advance(to: 5)
        #expect(try run.isOnline("tray-1/bmc") == false)
        run.advance(to: 45)
        #expect(try run.isOnline("tray-1/bmc"))
        let back = try run.instant(of: "online", subject: "tray-1/bmc", after: 3)
        // Booted at 33 s, and probed every 2 s.
        #expect((33...35.5).contains(back))
        let asked = run.controller.askedCap(tray: 0)
        #expect(run.value(of: .trayCap(tray: 0)) == Double(asked.milliwatts / 1000))
        #expect(asked + run.controller.askedCap(tray: 1) <= .watts(3600))
        #expect(run.plant.rackPower <= 3600)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `a monitor that restarts between two polls is armed again`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "8 s", events: ["{at: 3 s, reboot: tray-1/monitor}"]))
        run.advance(to: 3.1)
        #expect(run.devices[try run.device("tray-1/monitor")].answers(at: run.now) == false)
        run.advance(to: 8)
        #expect(try run.isOnline("tray-1/monitor"))
        let limit = run.devices[try run.device("tray-1/monitor")].signal(PowerMonitorSignal.powerLimit.identifier)
        // 120 % of the tray's ceiling of 2460 W.
        #expect(limit == 2_952_000)
    }

    @Test func `a monitor that vanishes is missed, and is armed when it returns`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "10 s", events: ["{at: 3 s, for: 3 s, disconnect: tray-1/monitor}"]))
        run.advance(to: 3.6)
        #expect(try run.isOnline("tray-1/monitor") == false)
        run.advance(to: 5)
        // The BMC's word stands in for the monitor's.
        #expect(
            (run.controller.countedPower(tray: 0).milliwatts - Int64(run.plant.trayPower(0) * 1000)).magnitude < 30_000)
        run.advance(to: 10)
        #expect(try run.isOnline("tray-1/monitor"))
        #expect(
            run.texts(of: "tray-1/monitor", after: 3) == [
                "lost", "comms watchdog expired, default in force", "identified", "comms watchdog fed again", "online",
            ])
    }

    @Test func `a tray of which nothing is heard counts for what its BMC falls back to`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "10 s",
                events: ["{at: 3 s, disconnect: tray-1/monitor}", "{at: 3 s, disconnect: tray-1/bmc}"]))
        run.advance(to: 10)
        #expect(run.controller.countedPower(tray: 0).inWatts == SmallRack.safeShare)
        #expect(run.controller.askedCap(tray: 1) <= .watts(2200))
        #expect(run.plant.rackPower <= 4400)
    }

    @Test func `a supply that is restored is marked as major when it works again, and not at the start`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s", events: ["{at: 6 s, for: 2 s, fail: shelf-1/psu-1}"]))
        run.advance(to: 12)
        let marks = run.result(wallSeconds: 0).events.filter {
            $0.subject == "shelf-1/psu-1" && $0.source == .controller
        }
        #expect(marks.contains { $0.text == "working" && !$0.isMajor })
        #expect(marks.filter(\.isMajor).map(\.text) == ["lost to the controller", "working"])
    }
}
