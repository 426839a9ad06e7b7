import DeviceFirmware
import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@testable import Simulation

/// An Open Rack V2: everything stands on 12.5 V.
@Suite struct TwelveVoltTests {
    private func run(_ law: String = "three-band", events: String = "", duration: String = "10 s") throws
        -> RackSimulation
    {
        RackSimulation(
            try SmallRack.read(
                """
                # Twelve volts.
                rack: open-rack-v2
                duration: \(duration)
                workload: {constant: 90 %}
                controller: {law: \(law), redundancy: N, period: 200 ms, budget: 14 kW, timeout: 200 ms}
                \(events)
                """))
    }

    @Test func `supplies, trays, monitors and meter live on 12.5 volts without an alarm`() throws {
        let run = try run()
        run.advance(to: 10)
        #expect(run.plant.busIsLive && (12.37...12.5).contains(run.plant.busVoltage), "\(run.plant.busVoltage) V")
        #expect(run.plant.rackPower > 10_000)
        #expect(run.controller.workingSupplies == 5)
        let supply = run.devices[try run.device("shelf-1/psu-3")]
        #expect(abs(supply.signal(PowerSupplySignal.outputVoltage.identifier) - 12_430) < 150)
        #expect(supply.signal(PowerSupplySignal.generalAlarms.identifier) == 0)
        let monitor = run.devices[try run.device("tray-7/monitor")]
        #expect(monitor.signal(PowerMonitorSignal.latchedFaults.identifier) == 0)
        let power = Double(monitor.signal(PowerMonitorSignal.power.identifier)) / 1000
        #expect(abs(power / run.plant.trayPower(6) - 1) < 0.02)
        let meter = run.devices[try run.device("meter")]
        #expect(meter.signal(BusbarMeterSignal.current.identifier) > 800_000)
        #expect(meter.signal(BusbarMeterSignal.latchedFaults.identifier) == 0)
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test func `trays lock out at ten volts and come back at eleven`() throws {
        let run = try run("none", events: "events: [{at: 3 s, for: 2 s, lose: feed-a}]", duration: "12 s")
        run.advance(to: 3.5)
        #expect(!run.plant.busIsLive && run.plant.busVoltage < 10)
        run.advance(to: 12)
        #expect(run.plant.busIsLive && run.plant.busVoltage > 12.3)
    }

    @Test func `a failed supply is seen by its voltage alone`() throws {
        let run = try run(events: "events: [{at: 5 s, fail: shelf-1/psu-2}]")
        run.advance(to: 10)
        #expect(run.controller.workingSupplies == 4 && run.budgetInForce == .watts(12_000))
        #expect(run.plant.busIsLive && run.plant.rackPower <= 12_000)
    }

    private func problems(_ old: String, _ new: String) -> [String] {
        let rack = SmallRack.rack().replacing(old, with: new)
        let text =
            "# Small.\n\(rack)\nduration: 5 s\nworkload: {constant: 50 %}\ncontroller: {law: none, budget: 4.4 kW}\n"
        let (scenario, problems) = ScenarioFile.read(text, file: "x.yaml", files: SmallRack.files)
        return scenario == nil ? problems.map(\.text) : []
    }

    @Test(arguments: [
        (
            "rated: 1.2 kW, voltage: 12.5 V, spec: psu-orv3-hpr,",
            "\"psu-orv3-hpr\" gives 46 V to 52 V, the supplies here 12.5 V; state their \"voltage\""
        ),
        ("rated: 1.2 kW, spec: psu-orv2,", "\"psu-orv2\" gives 16 V at most, the supplies here 51 V"),
        ("rated: 1.2 kW, spec: [psu-orv3-hpr, psu-orv2],", "\"psu-orv2\" gives 16 V at most, the supplies here 51 V"),
    ])
    func `a supply that is made for another busbar is told`(supplies: String, text: String) {
        let problems = problems("rated: 1.2 kW, spec: psu-orv3-hpr,", supplies)
        #expect(problems.contains { $0.contains(text) }, "\(problems)")
    }

    @Test func `shelves of two voltages are refused, and so are batteries on 12.5 volts`() {
        let shelf =
            "\n    - name: shelf-2\n      feed: feed-a\n      supplies: "
            + "{count: 1, rated: 3 kW, voltage: 12.5 V, spec: psu-orv2, bus: shelf, first-unit: 160}"
        let mixed = problems("\n  trays:\n", shelf + "\n  trays:\n")
        #expect(
            mixed.contains {
                $0.hasPrefix(
                    "expected supplies of about 51 V as in \"shelf-1\", since all stand on one busbar, found 12.5 V")
            }, "\(mixed)")
        let batteries = problems(
            "rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}",
            "rated: 1.2 kW, voltage: 12.5 V, spec: psu-orv2, bus: shelf, first-unit: 160}\n  batteries:\n"
                + "    - {name: bbu, units: {count: 1, spec: bbu-orv3-hpr, bus: trays, first-unit: 48}}")
        #expect(batteries.contains { $0.hasPrefix("backup units hold a busbar of 48 V to 51 V") }, "\(batteries)")
    }
}
