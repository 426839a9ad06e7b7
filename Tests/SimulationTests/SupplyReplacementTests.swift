import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// Supplies and backup units are pulled in service, and other types answer in their places.
@Suite struct SupplyReplacementTests {
    private func run(
        _ events: [String], supply: String = "[psu-orv3-hpr, acme-psu-5500]", duration: String = "20 s",
        backups: String = ""
    ) throws -> RackSimulation {
        let rack = SmallRack.rack().replacing("spec: psu-orv3-hpr", with: "spec: \(supply)")
            .replacing("\n  trays:\n", with: backups + "\n  trays:\n")
        return RackSimulation(
            try SmallRack.scenario(
                duration: duration, rack: rack, workload: "{constant: 90 %}",
                controller: "{law: three-band, redundancy: N+1, budget: 4.6 kW}", events: events))
    }

    private static let path = "shelf-1/psu-2"
    private static let batteries = """

          batteries:
            - name: bbu-{n}
              units: {count: 2, rated: 3 kW, for: 240 s, charge: 80 %, charging: 500 W, spec: [busbar-bbu-1, bbu-orv3-hpr], bus: shelf, first-unit: 48}
        """

    @Test func `the others carry the busbar, and the second source counts once it is known by its own map`() throws {
        let run = try run(["{at: 5 s, replace: \(Self.path), with: acme-psu-5500, for: 4 s}"])
        run.advance(to: 4.9)
        #expect(run.controller.workingSupplies == 5 && run.budgetInForce == .watts(4600))
        run.advance(to: 8)
        #expect(run.plant.workingSupplies == 4 && run.controller.workingSupplies == 4)
        // Three of 1.2 kW are left when one more fails.
        #expect(run.budgetInForce == .watts(3600))
        #expect(run.plant.rackPower <= 3600 && run.plant.busVoltage > 50)
        #expect(try run.isOnline(Self.path) == false)
        run.advance(to: 20)
        #expect(run.plant.workingSupplies == 5 && run.controller.workingSupplies == 5)
        #expect(run.budgetInForce == .watts(4600))
        let texts = run.texts(of: Self.path, after: 5)
        #expect(texts.contains("lost") && texts.contains("is acme-psu-5500 now"), "\(texts)")
        let device = run.devices[try run.device(Self.path)]
        let shown = Double(device.signal(PowerSupplySignal.outputPower.identifier)) / 1000
        let truth = run.plant.supplyOutputPower(shelf: 0, slot: 1)
        #expect(truth > 500 && abs(shown / truth - 1) < 0.02, "\(shown) W for \(truth) W")
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `the output is back three seconds after the module is plugged, and not before its MCU has booted`()
        throws
    {
        let run = try run(["{at: 5 s, replace: \(Self.path), with: psu-orv3-hpr, for: 2 s}"], supply: "psu-orv3-hpr")
        run.advance(to: 9.8)
        #expect(!run.plant.supplyIsOn(shelf: 0, slot: 1))
        run.advance(to: 10.5)
        #expect(run.plant.supplyIsOn(shelf: 0, slot: 1))
        #expect(run.texts(of: Self.path, after: 5).contains("online"))
    }

    @Test func `a type that is not qualified carries load, and the controller counts on none of it`() throws {
        let run = try run(
            ["{at: 5 s, replace: \(Self.path), with: acme-psu-5500, for: 2 s}"], supply: "psu-orv3-hpr")
        run.advance(to: 20)
        #expect(run.plant.supplyIsOn(shelf: 0, slot: 1) && run.plant.supplyOutputPower(shelf: 0, slot: 1) > 500)
        #expect(run.controller.workingSupplies == 4 && run.budgetInForce == .watts(3600))
        #expect(run.texts(of: Self.path).contains { $0.contains("not qualified there") })
    }

    @Test func `a failed supply is replaced by another that works`() throws {
        let run = try run([
            "{at: 3 s, fail: \(Self.path)}", "{at: 5 s, replace: \(Self.path), with: acme-psu-5500, for: 2 s}",
        ])
        run.advance(to: 20)
        #expect(!run.plant.supplyHasFailed(shelf: 0, slot: 1) && run.controller.workingSupplies == 5)
    }

    @Test func `a rack without one of its supplies still hears that its input is lost`() throws {
        let run = try run(
            ["{at: 5 s, replace: \(Self.path), with: acme-psu-5500, for: 10 s}", "{at: 8 s, lose: feed-a}"],
            backups: Self.batteries)
        run.advance(to: 9)
        #expect(run.plant.acLossIsAnnounced(shelf: 0))
        #expect(run.plant.busIsLive && run.plant.backupPower > 2000)
    }

    @Test func `a spare battery brings the charge that it was stored with, and its gauge knows it`() throws {
        let run = try run(
            ["{at: 5 s, replace: bbu-1/unit-1, with: bbu-orv3-hpr, for: 3 s}"], backups: Self.batteries)
        run.advance(to: 7)
        #expect(run.plant.backupCharge(0) == 0 && run.plant.backupCharge(1) > 0.79)
        run.advance(to: 20)
        // 30 %, and some seconds of charging.
        #expect((0.3...0.32).contains(run.plant.backupCharge(0)), "\(run.plant.backupCharge(0))")
        let device = run.devices[try run.device("bbu-1/unit-1")]
        #expect((300...320).contains(device.signal(BackupUnitSignal.charge.identifier)))
        #expect(try run.isOnline("bbu-1/unit-1"))
        #expect(run.texts(of: "bbu-1/unit-1", after: 5).contains("is bbu-orv3-hpr now"))
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `a spare may be told its charge`() throws {
        let run = try run(
            ["{at: 5 s, replace: bbu-1/unit-2, with: busbar-bbu-1, for: 3 s, charge: 95 %}"],
            backups: Self.batteries)
        run.advance(to: 8.5)
        #expect(abs(run.plant.backupCharge(1) - 0.95) < 0.01)
    }
}
