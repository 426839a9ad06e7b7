import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import Scenario
import Testing
import Units

@testable import Simulation

/// Rectifiers of two generations in running racks, against their published figures, as their own registers tell them.
@Suite struct SupplyFigureTests {
    /// Six 3 kW rectifiers of an Open Rack V3 shelf at 19200 baud, loaded by one or several trays.
    private func run(trays: Int, workload: String) throws -> RackSimulation {
        let buses = """
              - {name: shelf, rtu: {baud: 19200, parity: even}}
              - {name: trays, rtu: {baud: 115200, parity: even}}
              - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
            """
        let rack = SmallRack.rack(buses: buses, trays: trays)
            .replacing(
                "{count: 5, rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}",
                with: "{count: 6, rated: 3 kW, spec: psu-orv3, bus: shelf, first-unit: 200}"
            )
            .replacing("breaker: {rated: 16 A", with: "breaker: {rated: 40 A")
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "8 s", rack: rack, workload: workload,
                controller: "{law: none, budget: \(trays * 2 + 1) kW, timeout: 200 ms}"))
        run.advance(to: 8)
        return run
    }

    private func signal(_ signal: PowerSupplySignal, of path: String, _ run: RackSimulation) throws -> Double {
        Double(run.devices[try run.device(path)].signal(signal.identifier)) / 1000
    }

    /// Open Rack V3 talk of the Open Compute Project: peak 97.5 %, full load 96.5 % with the fan.
    @Test(arguments: [(4, "{constant: 90 %}"), (7, "{constant: 100 %}")])
    func `a 3 kW supply has the efficiency of its generation`(trays: Int, workload: String) throws {
        let run = try run(trays: trays, workload: workload)
        var (input, output, shownInput, shownOutput) = (0.0, 0.0, 0.0, 0.0)
        for slot in 0..<6 {
            input += run.plant.supplyInputPower(shelf: 0, slot: slot)
            output += run.plant.supplyOutputPower(shelf: 0, slot: slot)
            shownInput += try signal(.inputPower, of: "shelf-1/psu-\(slot + 1)", run)
            shownOutput += try signal(.outputPower, of: "shelf-1/psu-\(slot + 1)", run)
        }
        let load = output / 18_000
        // Losses of 0.5 % and 3.13 % of the square of the load: through 97.5 % at half load and 96.5 % at full load.
        let expected = load / (load + 0.0050 + 0.0313 * load * load)
        #expect(abs(output / input - expected) < 0.0015, "\(output / input) at \(load), \(expected) expected")
        // Six supplies with errors of up to 1.5 % each.
        #expect(abs(shownInput / input - 1) < 0.015 && abs(shownOutput / output - 1) < 0.015)
    }

    @Test func `the controller counts 3 kW supplies by their own map`() throws {
        let run = try run(trays: 2, workload: "{constant: 50 %}")
        #expect(run.controller.workingSupplies == 6)
        for slot in 1...6 { #expect(try run.isOnline("shelf-1/psu-\(slot)")) }
        #expect(run.devices[try run.device("shelf-1/psu-1")].definition.specification.model == "psu-orv3")
    }

    /// 60 J carry 3 kW for 20 ms (Delta and AEI, HPR shelf; Open Rack V3).
    @Test func `a 3 kW supply stores 60 joules of hold-up`() throws {
        let run = try run(trays: 2, workload: "{constant: 50 %}")
        #expect(run.scenario.rack.plant.shelves[0].supply.holdUpEnergy == 60)
        #expect(run.plant.energyStored == 360)
    }
}
