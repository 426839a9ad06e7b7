import DeviceSpecs
import ModbusWire
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// A monitor is pulled, and another type answers in its place.
@Suite struct ReplacementTests {
    private func run(
        _ event: String, monitor: String = "[busbar-pm-1, acme-pm-2]", duration: String = "12 s",
        law: String = "three-band"
    ) throws -> RackSimulation {
        let rack = SmallRack.rack().replacing("spec: busbar-pm-1", with: "spec: \(monitor)")
        return RackSimulation(
            try SmallRack.scenario(
                duration: duration, rack: rack, controller: "{law: \(law), budget: 4.4 kW}", events: [event]))
    }

    private func monitor(_ run: RackSimulation) throws -> VirtualDevice {
        run.devices[try run.device("tray-1/monitor")]
    }

    @Test func `a qualified successor is found, read and armed through its own map`() throws {
        let run = try run("{at: 3 s, replace: tray-1/monitor, with: acme-pm-2, for: 3 s}")
        run.advance(to: 5)
        #expect(try run.isOnline("tray-1/monitor") == false)
        #expect(try monitor(run).answers(at: run.now) == false)
        run.advance(to: 12)
        #expect(
            run.texts(of: "tray-1/monitor", after: 3) == ["lost", "identified", "is acme-pm-2 now", "online"])
        #expect(run.controller.source(device: try run.device("tray-1/monitor")) == 1)
        let truth = run.plant.trayPower(0)
        #expect(abs(run.controller.countedPower(tray: 0).inWatts - truth) < truth * 8 / 1000)
        #expect(try monitor(run).definition.specification.model == "acme-pm-2")
        #expect(try monitor(run).signal(PowerMonitorSignal.watchdogTimeout.identifier) == 4_000)
        // 120 % of the tray's ceiling of 2460 W.
        #expect(try monitor(run).signal(PowerMonitorSignal.powerLimit.identifier) == 2_952_000)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `the first source comes back as well`() throws {
        let rack = SmallRack.rack().replacing("spec: busbar-pm-1", with: "spec: [busbar-pm-1, acme-pm-2]")
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", rack: rack,
                events: [
                    "{at: 3 s, replace: tray-1/monitor, with: acme-pm-2, for: 3 s}",
                    "{at: 10 s, replace: tray-1/monitor, with: busbar-pm-1, for: 3 s}",
                ]))
        run.advance(to: 20)
        #expect(run.texts(of: "tray-1/monitor", after: 10).contains("is busbar-pm-1 now"))
        #expect(try run.isOnline("tray-1/monitor"))
    }

    @Test func `a type that is not qualified is named and refused, and its tray counts for no less than it draws`()
        throws
    {
        let run = try run("{at: 3 s, replace: tray-1/monitor, with: volta-pm-48, for: 3 s}", duration: "20 s")
        run.advance(to: 20)
        let texts = run.texts(of: "tray-1/monitor", after: 3)
        #expect(
            texts == [
                "lost", "is not what the rack says; left alone", "calls itself \"VPM48\" and is not qualified there",
                // Its maker's 5 s, which nobody feeds.
                "comms watchdog expired, default in force",
            ])
        #expect(try run.isOnline("tray-1/monitor") == false)
        #expect(run.controller.countedPower(tray: 0).inWatts >= run.plant.trayPower(0) * 0.99)
        // Nobody wrote to it: its limit is still its maker's.
        #expect(try monitor(run).signal(PowerMonitorSignal.restartCount.identifier) == 1)
        #expect(try monitor(run).signal(PowerMonitorSignal.watchdogTimeout.identifier) == 5_000)
    }

    @Test func `a change too quick to be missed is noticed by the first register that is not there`() throws {
        let run = try run("{at: 3 s, replace: tray-1/monitor, with: acme-pm-2, for: 1 ms}")
        run.advance(to: 8)
        let texts = run.texts(of: "tray-1/monitor", after: 3)
        #expect(texts.suffix(2) == ["is acme-pm-2 now", "online"], "\(texts)")
    }

    @Test func `a pulled monitor lets go of the brake`() throws {
        let run = try run(
            "{at: 5 s, replace: tray-1/monitor, with: acme-pm-2, for: 3 s}", monitor: "busbar-pm-1", duration: "10 s",
            law: "none")
        run.advance(to: 4)
        // Its limit is far below what the tray draws.
        var reply = FrameBuffer()
        let request: [UInt8] = [6, 0, 0x20, 1, 0x2C]
        try monitor(run).respond(to: request.span, at: run.now, reply: &reply)
        run.advance(to: 4.2)
        #expect(run.plant.brakeIsEngaged(0))
        run.advance(to: 5.1)
        #expect(!run.plant.brakeIsEngaged(0))
    }

    @Test func `a slow second source stretches the polls of its line`() throws {
        let run = try run("{at: 3 s, replace: tray-1/monitor, with: acme-pm-2, for: 1 s}")
        run.advance(to: 2.9)
        let before = run.transactions
        run.advance(to: 3)
        #expect(run.transactions > before)
        run.advance(to: 12)
        let load = run.value(of: .busLoad(bus: 1))
        #expect(load < 95, "the line carries \(load) %")
        #expect(try run.isOnline("tray-2/monitor") && run.isOnline("tray-1/fans"))
    }
}
