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

/// Battery units in a running rack against the sequence that the Delta and AEI deck gives of Open Rack V3: triggered by the
/// loss or below 48.5 V for 2 ms, up within another 2 ms, 240 s at most, in standby again when the busbar was above 48.5 V for
/// 200 ms.
@Suite struct BackupFigureTests {
    private func run(events: [String], duration: String = "20 s") throws -> RackSimulation {
        let backups = """

              batteries:
                - name: bbu-{n}
                  units: {count: 2, rated: 5.5 kW, for: 240 s, spec: bbu-orv3-hpr, bus: shelf, first-unit: 48}
            """
        let rack = SmallRack.rack().replacing("\n  trays:\n", with: backups + "\n  trays:\n")
        return RackSimulation(
            try SmallRack.scenario(
                duration: duration, rack: rack, workload: "{constant: 90 %}",
                controller: "{law: three-band, redundancy: N, budget: 4.8 kW}", events: events))
    }

    @Test func `the units hold before the hold-up of the supplies is over, and the busbar never leaves its range`()
        throws
    {
        let run = try run(events: ["{at: 5 s, lose: feed-a}"])
        run.advance(to: 5)
        var lowest = run.plant.busVoltage
        var heldAfter: Int?
        for millisecond in 1...200 {
            run.advance(bySeconds: 0.001)
            lowest = min(lowest, run.plant.busVoltage)
            if heldAfter == nil, run.plant.backupPower > 100 { heldAfter = millisecond }
        }
        // 20 ms of hold-up at full load; the supplies' line comes with a sample of their MCU.
        #expect(try #require(heldAfter) <= 30)
        #expect(lowest >= 48 && run.plant.busIsLive, "\(lowest) V")
        #expect(try run.instant(of: "holds the busbar", subject: "bbu-1/unit-1") - 5 <= 0.02)
    }

    @Test func `they let go two tenths of a second after the busbar is good again`() throws {
        let run = try run(events: ["{at: 5 s, for: 2 s, lose: feed-a}"])
        run.advance(to: 20)
        let ended = try run.instant(of: "lets go of the busbar", subject: "bbu-1/unit-1")
        let started = try run.instant(of: "holds the busbar", subject: "bbu-1/unit-1")
        // The input is back at 7 s, the first supply 3 s later.
        #expect(started < 5.03 && ended > 10.2 && ended < 10.8, "\(started) s to \(ended) s")
    }
}
