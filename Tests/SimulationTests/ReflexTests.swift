import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// What the devices do of their own accord when nobody commands them.
@Suite struct ReflexTests {
    private static let silence = ["shelf", "trays", "net"].map { "{at: 10 s, for: 3 s, bus: \($0), fault: no-reply}" }

    /// One busy tray and one idle one, so that the busy one's cap is above its share of the budget.
    private static let uneven = "[{trays: [tray-1], constant: 95 %}, {trays: [tray-2], constant: 5 %}]"

    private func disconnectAll(at seconds: Int, for length: Int) throws -> [String] {
        try SmallRack.scenario().rack.devices.map { "{at: \(seconds) s, for: \(length) s, disconnect: \($0.path)}" }
    }

    @Test func `a controller that cannot be heard leaves the default caps in force within the watchdog time`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "30 s", workload: Self.uneven, events: try disconnectAll(at: 10, for: 10)))
        run.advance(to: 10)
        #expect(run.value(of: .trayCap(tray: 0)) > 2300)
        // The watchdog time is 2 s, and the BMC looks every 100 ms.
        run.advance(to: 12.2)
        for tray in 0...1 { #expect(run.value(of: .trayCap(tray: tray)) == SmallRack.safeShare) }
        run.advance(to: 30)
        for device in run.scenario.rack.devices.indices { #expect(run.controller.isOnline(device: device)) }
        #expect(run.value(of: .trayCap(tray: 0)) > SmallRack.safeShare)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    /// Who serves a rack to a controller under test sees from the log when each device gave it up.
    @Test func `an expired watchdog is told, and when it is fed again`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "30 s", events: try disconnectAll(at: 10, for: 10)))
        run.advance(to: 30)
        for path in ["tray-1/bmc", "tray-1/monitor", "tray-1/fans"] {
            let told = run.marks.filter { $0.source == .device && $0.subject == path && $0.text.contains("watchdog") }
            #expect(told.map(\.text) == ["comms watchdog expired, default in force", "comms watchdog fed again"])
            guard told.count == 2 else { continue }
            // The watchdog time is 2 s, a monitor's twice that; a device may have been written to 1 s before it was cut off.
            #expect((11...14.2).contains(told[0].at) && (20...22).contains(told[1].at), "\(path): \(told.map(\.at))")
        }
    }

    @Test func `a device that restarts has no watchdog that was fed again`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", events: try disconnectAll(at: 5, for: 10) + ["{at: 10 s, reboot: tray-1/bmc}"]))
        run.advance(to: 12)
        let told = run.marks.filter { $0.source == .device && $0.subject == "tray-1/bmc" }.map(\.text)
        #expect(told.count { $0 == "comms watchdog expired, default in force" } >= 1)
        #expect(!told.contains("comms watchdog fed again"))
    }

    @Test func `a controller that hears nothing stops commanding, and its devices fall back`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "13 s", workload: Self.uneven, events: Self.silence))
        run.advance(to: 10)
        #expect(run.value(of: .trayCap(tray: 0)) > 2300)
        // Its last write may have been heard until it gave up, three time-outs later.
        run.advance(to: 12.5)
        for tray in 0...1 { #expect(run.value(of: .trayCap(tray: tray)) == SmallRack.safeShare) }
    }

    @Test func `the rack stays inside what surviving supplies carry while nobody commands it`() throws {
        let events =
            try disconnectAll(at: 10, for: 10) + [
                "{at: 13 s, set: {demand: 100 %}}", "{at: 14 s, fail: shelf-1/psu-5}",
            ]
        let run = RackSimulation(try SmallRack.scenario(duration: "22 s", workload: Self.uneven, events: events))
        var greatest = 0.0
        for step in 0...200 {
            run.advance(to: 10 + Double(step) / 20)
            if step > 44 { greatest = max(greatest, run.plant.rackPower) }
        }
        // Both trays work as hard as they may; four supplies of 1.2 kW are left.
        #expect(greatest > 4000)
        #expect(greatest <= 4800)
        #expect(!run.plant.breakerTripped(0))
    }

    @Test func `a few lost replies do not make a device fall back, for it hears its controller`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "14 s", events: ["{at: 10 s, bus: net, chance: 10 %, fault: no-reply}"]))
        run.advance(to: 14)
        let reflexes = run.marks.filter { $0.source == .device }
        #expect(reflexes.isEmpty, "\(reflexes.map { "\($0.at) \($0.subject) \($0.text)" })")
    }

    @Test func `the monitor brakes its tray with the first sample above its limit`() throws {
        // The monitor's limit is 120 % of 2460 W; twice some 2 kW is above it.
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 2 s, sensor: tray-1/monitor.current, gain: 200 %}"]))
        run.advance(to: 2)
        #expect(!run.plant.brakeIsEngaged(0))
        run.advance(to: 2.001)
        #expect(run.plant.brakeIsEngaged(0))
        #expect(!run.plant.brakeIsEngaged(1))
        let before = run.plant.trayPower(0)
        run.advance(to: 2.04)
        #expect(run.plant.trayPower(0) < before - 300)
        #expect(try run.instant(of: "power brake asserted", subject: "tray-1/monitor") == 2.001)
    }

    @Test func `a brake that power no longer calls for is let go`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                events: ["{at: 2 s, for: 500 ms, sensor: tray-1/monitor.current, gain: 200 %}"]))
        run.advance(to: 5)
        #expect(!run.plant.brakeIsEngaged(0))
        // Caps came down for what the monitor said, and rise slowly.
        #expect(run.plant.rackPower > 3500)
        #expect(run.texts(of: "tray-1/monitor", after: 2).last == "power brake released")
    }

    @Test func `fans without a controller run at the failsafe duty`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(duration: "35 s", events: ["{at: 30 s, disconnect: tray-1/fans}"]))
        run.advance(to: 30)
        #expect(run.plant.fanDuty(0) < 0.7)
        run.advance(to: 32.5)
        #expect(run.plant.fanDuty(0) == 0.75)
        #expect(run.plant.fanDuty(1) < 0.7)
        #expect(run.controller.isInFailsafe(tray: 0))
    }
}
