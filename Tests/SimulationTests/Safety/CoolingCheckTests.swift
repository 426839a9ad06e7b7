import DeviceSpecs
import Plant
import RegisterMaps
import Scenario
import Testing
import Units

@testable import Simulation

/// Duties that are written while temperatures are old.
@Suite struct CoolingCheckTests {
    private func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

    private func device(_ path: String, in scenario: ScenarioDefinition) throws -> Int {
        try #require(scenario.rack.devices.firstIndex { $0.path == path })
    }

    /// A read of every register that the device has.
    private func read(_ device: Int, at now: Instant, _ check: inout CoolingCheck) {
        for table in [.inputRegisters, .holdingRegisters] as [RegisterTable] {
            check.noteRead(of: device, table: table, address: 0, count: .max, askedAt: now)
        }
    }

    @Test func `a duty below failsafe is told once the temperatures are old, and one at failsafe is not`() throws {
        let scenario = try SmallRack.scenario()
        var check = CoolingCheck(scenario)
        let (bmc, fans) = (try device("tray-1/bmc", in: scenario), try device("tray-1/fans", in: scenario))
        func judge(_ percent: Int64, at milliseconds: Int64) -> String? {
            check.dutyWritten(.percent(percent), to: fans, path: "fans", at: at(milliseconds))
        }
        #expect(judge(40, at: 100)?.contains("never read") == true)
        read(bmc, at: at(1000), &check)
        // Five seconds, and the second each of the two loops.
        #expect(judge(40, at: 8000) == nil)
        #expect(judge(40, at: 8001)?.contains("accelerators") == true)
        #expect(judge(75, at: 8001) == nil)
        #expect(judge(73, at: 8001) != nil)
        #expect(check.dutyWritten(.percent(40), to: bmc, path: "no fans", at: at(9000)) == nil)
    }

    @Test func `a read beside the temperatures leaves them as old as they were`() throws {
        let scenario = try SmallRack.scenario()
        var check = CoolingCheck(scenario)
        let (bmc, fans) = (try device("tray-1/bmc", in: scenario), try device("tray-1/fans", in: scenario))
        read(bmc, at: at(1000), &check)
        let power = try #require(
            scenario.rack.devices[bmc].specification.point(boundTo: BaseboardSignal.power.identifier)?.definition)
        check.noteRead(
            of: bmc, table: power.table, address: power.address, count: UInt16(power.wordCount), askedAt: at(8000))
        #expect(check.dutyWritten(.percent(40), to: fans, path: "fans", at: at(9000)) != nil)
    }

    @Test func `a tray that is switched off is not looked at`() throws {
        let scenario = try SmallRack.scenario()
        var check = CoolingCheck(scenario)
        let fans = try device("tray-1/fans", in: scenario)
        check.noteTrays { $0 != 0 }
        #expect(check.dutyWritten(.percent(40), to: fans, path: "fans", at: at(9000)) == nil)
        check.noteTrays { _ in true }
        #expect(check.dutyWritten(.percent(40), to: fans, path: "fans", at: at(9000)) != nil)
    }

    @Test func `each input of a zone has its own failsafe duty, and the pumps look at the coolant`() throws {
        let zones = """
                zones:
                  - name: pumps
                    drives: pumps
                    failsafe: 90 %
                    loops:
                      - {input: accelerators, pid: {setpoint: 80 degC}}
                      - {input: coolant-return, failsafe: 60 %, stepwise: {steps: [[0 degC, 30 %]]}}
                  - name: wall
                    drives: fan-wall
                    failsafe: 70 %
                    loops:
                      - {input: hosts, failsafe: 95 %, pid: {setpoint: 60 degC}}
            """
        let scenario = try SmallRack.scenario(
            rack: CooledRack.rack(zones: zones), controller: "{law: three-band, budget: 16 kW}")
        var check = CoolingCheck(scenario)
        let (cdu, wall) = (try device("cdu", in: scenario), try device("wall", in: scenario))
        for tray in ["tray-1", "tray-2", "switch-1"] {
            read(try device("\(tray)/bmc", in: scenario), at: at(20_000), &check)
        }
        func judge(_ percent: Int64, _ device: Int, at milliseconds: Int64) -> String? {
            check.dutyWritten(.percent(percent), to: device, path: "it", at: at(milliseconds))
        }
        #expect(judge(50, cdu, at: 21_000)?.contains("coolant-return") == true)
        #expect(judge(60, cdu, at: 21_000) == nil)
        #expect(judge(40, wall, at: 21_000) == nil)
        #expect(judge(80, wall, at: 40_000)?.contains("hosts") == true)
        #expect(judge(95, wall, at: 40_000) == nil)
        #expect(judge(80, cdu, at: 40_000)?.contains("accelerators") == true)
    }

    @Test func `the controller drives the fans of a tray that it cannot see at failsafe`() throws {
        let definition = try SmallRack.scenario(
            duration: "30 s", workload: "{constant: 20 %}",
            events: ["{at: 10 s, for: 14 s, disconnect: tray-1/bmc}"],
            safety: "{healed-by: 24 s, settles-within: 4 s}")
        let simulation = RackSimulation(definition)
        simulation.advance(to: 23)
        #expect(simulation.plant.fanDuty(0) >= 0.74)
        #expect(simulation.plant.fanDuty(1) < 0.7)
        simulation.advance(to: 30)
        #expect(simulation.safetyFindings == [])
    }
}
