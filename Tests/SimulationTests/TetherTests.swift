import DeviceFirmware
import ModbusWire
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// Power tethers in running racks, as their own registers and the controller tell of them.
@Suite struct TetherTests {
    /// Two 3 kW supplies and two tethers of so many watts on one line, under two trays of some 2.4 kW.
    private static func run(
        to seconds: Double, rated: String = "3 kW", budget: String = "9 kW", redundancy: String = "N+N",
        events: [String] = []
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
                with: "{count: 2, rated: 3 kW, spec: psu-orv3, bus: shelf, first-unit: 200}")
            + "\n  tethers:\n    - {name: \"tether-{n}\", count: 2, rated: \(rated), spec: power-tether-orv3, bus: shelf, "
            + "first-unit: 8}"
        let scenario = try SmallRack.scenario(
            duration: "1 min", rack: rack,
            controller: "{law: three-band, redundancy: \(redundancy), budget: \(budget), timeout: 200 ms}",
            events: events)
        let run = RackSimulation(scenario)
        run.advance(to: seconds)
        return run
    }

    private func signal(
        _ signal: PowerTetherSignal, _ run: RackSimulation, of path: String = "tether-1"
    ) throws -> Int64 {
        run.devices[try run.device(path)].signal(signal.identifier)
    }

    @Test func `its registers show what the plant's cable carries`() throws {
        let run = try Self.run(to: 8)
        let shown = Double(try signal(.outputPower, run)) / 1000
        let truth = run.plant.tetherOutputPower(0)
        #expect(truth > 1000 && abs(shown - truth) < 0.015 * truth, "\(shown) W for \(truth) W")
        let volts = Double(try signal(.inputVoltage, run)) / 1000
        #expect(abs(volts - run.plant.tetherInputVoltage(0)) < 0.2)
        #expect(try signal(.position, run, of: "tether-2") == 1)
        #expect(try signal(.generalAlarms, run) == 0 && signal(.inputAlarms, run) == 0)
        #expect(run.value(of: .tether(.power, tether: 0)) == truth)
        #expect(run.value(of: .tether(.isOn, tether: 1)) == 1)
    }

    @Test func `the controller counts tethers as a second source and caps when one is unplugged`() throws {
        let run = try Self.run(to: 20, events: ["{at: 10 s, unplug: tether-1}"])
        #expect(run.controller.workingSupplies == 3)
        // Two supplies are lost with the feed; one tether of 3 kW is left.
        #expect(run.controller.effectiveBudget == .watts(3000))
        #expect(try PowerTetherGeneralAlarms(signalValue: signal(.generalAlarms, run)).contains(.remoteSenseLost))
        let before = try Self.run(to: 9)
        #expect(before.controller.workingSupplies == 4 && before.controller.effectiveBudget == .watts(6000))
    }

    @Test func `tethers weaker than a supply are shown and not counted on`() throws {
        let run = try Self.run(to: 8, rated: "1 kW", budget: "5 kW", redundancy: "N")
        #expect(run.controller.workingSupplies == 2)
        #expect(try run.isOnline("tether-1"))
        #expect(run.plant.tetherOutputPower(0) > 100)
    }

    @Test func `the feed is lost and the rack lives on its tethers`() throws {
        let run = try Self.run(to: 20, events: ["{at: 10 s, for: 5 s, lose: feed-a}"])
        #expect(run.plant.busIsLive)
        #expect(!run.texts(of: "busbar").contains { $0.contains("collapsed") })
        // The supplies are back.
        #expect(run.plant.workingSupplies == 4)
    }

    @Test func `a dead busbar in the other rack is lost and comes back by itself`() throws {
        let run = try Self.run(to: 14, events: ["{at: 10 s, for: 10 s, lose: tether-1}"])
        #expect(!run.plant.tetherIsOn(0) && run.plant.tetherIsOn(1))
        let alarms = PowerTetherInputAlarms(signalValue: try signal(.inputAlarms, run))
        #expect(alarms.contains(.underVoltage) && alarms.contains(.remoteLow) && alarms.contains(.inputRelayOff))
        run.advance(to: 22)
        #expect(run.plant.tetherIsOn(0))
        #expect(try signal(.powerCycleCount, run) == 1)
    }

    @Test func `a failed converter latches until the unit is replaced`() throws {
        let run = try Self.run(to: 14, events: ["{at: 10 s, fail: tether-2}", "{at: 20 s, restore: tether-2}"])
        let alarms = ConverterOutputAlarms(signalValue: try signal(.outputAlarms, run, of: "tether-2"))
        #expect(alarms.contains(.stageFailed) && !run.plant.tetherIsOn(1))
        run.advance(to: 25)
        #expect(run.plant.tetherIsOn(1))
        #expect(try signal(.outputAlarms, run, of: "tether-2") == 0)
    }

    @Test func `a worn plug is hot in the registers before the unit lets go of it`() throws {
        let run = try Self.run(to: 40, events: ["{at: 5 s, wear: tether-1, contact: 20 mOhm}"])
        let contact = run.plant.tetherContactTemperature(0)
        #expect(contact > 40)
        #expect(abs(Double(try signal(.maximumTemperature, run)) / 1000 - contact) < 1)
        #expect(run.plant.tetherContactTemperature(1) < 35)
    }
}
