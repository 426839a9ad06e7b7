import DeviceFirmware
import DeviceSpecs
import Plant
import RegisterMaps
import Scenario
import Testing
import Units

@testable import Simulation

/// The battery unit of plain Open Rack V3 in a running rack, against its published figures, as its own registers tell them.
@Suite struct OpenRackBackupFigureTests {
    /// Two 3 kW units beside two 3 kW supplies on one line of 19200 baud, under two trays of some 2.4 kW; the feed is lost
    /// at 10 s for 8 s.
    private static func run(
        to seconds: Double, energy: String = "for: 90 s", notice: String = "line"
    ) throws -> RackSimulation {
        let buses = """
              - {name: shelf, rtu: {baud: 19200, parity: even}}
              - {name: trays, rtu: {baud: 115200, parity: even}}
              - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
            """
        let rack =
            SmallRack.rack(buses: buses)
            .replacing(
                "{count: 5, rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}",
                with: "{count: 2, rated: 3 kW, loss-notice: \(notice), spec: psu-orv3, bus: shelf, first-unit: 200}")
            + "\n  batteries:\n    - {name: bbu-1, units: {count: 2, rated: 3 kW, \(energy), spec: bbu-orv3, bus: shelf, "
            + "first-unit: 64}}"
        let scenario = try SmallRack.scenario(
            duration: "1 min", rack: rack,
            controller: "{law: three-band, redundancy: N, budget: 5.5 kW, timeout: 200 ms}",
            events: ["{at: 10 s, for: 8 s, lose: feed-a}"])
        let run = RackSimulation(scenario)
        run.advance(to: seconds)
        return run
    }

    /// The raw words that a client reads of a point.
    private func register(_ name: String, of path: String, _ run: RackSimulation) throws -> Int64 {
        let device = run.devices[try run.device(path)]
        let point = try #require(device.definition.specification.point(named: name)?.definition)
        return point.scale.raw(fromSignal: device.signal(point.signal))
    }

    /// Six units of 3 kW carry 18 kW for 90 s: 270 kJ each, in the Smart Battery Data Specification's 10 mWh.
    @Test func `a full unit shows 75 watt hours and the 90 seconds that they last at 3 kW`() throws {
        let run = try Self.run(to: 5)
        #expect(try register("remaining-capacity", of: "bbu-1/unit-1", run) == 7500)
        #expect(try register("full-charge-capacity", of: "bbu-1/unit-2", run) == 7500)
        #expect(try register("relative-state-of-charge", of: "bbu-1/unit-1", run) == 100)
        let unit = run.devices[try run.device("bbu-1/unit-1")]
        #expect((84...90).contains(unit.signal(BackupUnitSignal.ratedTimeToEmpty.identifier)))
        #expect(try register("configurable-bbu-maximum-discharge-time", of: "bbu-1/unit-1", run) == 240)
        #expect(try register("psu-ac-ok", of: "bbu-1/unit-1", run) == 1)
        #expect(try register("bbu-mode", of: "bbu-1/unit-1", run) == 0)
    }

    /// Triggered within 2 ms of the loss, up within another 2 ms: before the supplies' 20 ms of hold-up are over.
    @Test func `the units hold the busbar from hold-up on, and let go when the supplies are back`() throws {
        let run = try Self.run(to: 14)
        #expect(run.plant.workingSupplies == 0 && run.plant.busIsLive)
        #expect(!run.texts(of: "busbar").contains { $0.contains("collapsed") })
        let mode = BackupUnitMode(signalValue: try register("bbu-mode", of: "bbu-1/unit-1", run))
        #expect(mode == .discharging)
        #expect(try register("psu-ac-ok", of: "bbu-1/unit-1", run) == 0)
        #expect(try register("count-of-discharge-events", of: "bbu-1/unit-1", run) == 1)
        // 4 s of some 2.4 kW of 270 kJ.
        let charge = try register("relative-state-of-charge", of: "bbu-1/unit-1", run)
        #expect((94...98).contains(charge), "\(charge) %")
        // Held at 48.4 V less 0.4 V at the rated power.
        let volts = try register("shelf-busbar-voltage", of: "bbu-1/unit-1", run)
        #expect((47_900...48_450).contains(volts), "\(volts) mV")
        run.advance(to: 25)
        #expect(run.plant.workingSupplies == 2 && run.plant.backupPower <= 0)
        #expect(try register("psu-ac-ok", of: "bbu-1/unit-1", run) == 1)
    }

    /// Without a line: 3 V less at 3 V/ms once half of the hold-up is used, below 48.5 V for 2 ms, up within another 2 ms (the
    /// same deck).
    @Test func `the units of a shelf that lowers its voltage hold the busbar in time, and say that the input is lost`()
        throws
    {
        let run = try Self.run(to: 14, notice: "3 V")
        #expect(run.plant.workingSupplies == 0 && run.plant.busIsLive)
        #expect(!run.texts(of: "busbar").contains { $0.contains("collapsed") })
        #expect(try register("psu-ac-ok", of: "bbu-1/unit-1", run) == 0)
        #expect(try register("count-of-discharge-events", of: "bbu-1/unit-1", run) == 1)
        run.advance(to: 25)
        #expect(run.plant.workingSupplies == 2 && run.plant.backupPower <= 0)
        #expect(run.plant.busVoltage > 50)
        #expect(try register("psu-ac-ok", of: "bbu-1/unit-1", run) == 1)
    }

    @Test func `the controller reads the units by their own map`() throws {
        let run = try Self.run(to: 8)
        #expect(try run.isOnline("bbu-1/unit-1") && run.isOnline("bbu-1/unit-2"))
        #expect(run.devices[try run.device("bbu-1/unit-1")].definition.specification.model == "bbu-orv3")
    }
}
