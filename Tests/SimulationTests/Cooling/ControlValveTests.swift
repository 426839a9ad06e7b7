import DeviceFirmware
import ModbusWire
import Plant
import RegisterMaps
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@testable import Simulation

/// The facility water's valve with an MCU of its own, in a running liquid-cooled rack.
@Suite struct ControlValveTests {
    private static let rack = CooledRack.rack().replacing(
        "    - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}",
        with: "    - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}\n"
            + "    - {name: water, rtu: {baud: 19200, parity: none}}"
    ).replacing(
        "    - {name: pan, spec: busbar-leak-1, bus: trays, first-unit: 206}",
        with: "    - {name: pan, spec: busbar-leak-1, bus: trays, first-unit: 206}\n"
            + "    - {name: valve, spec: valve-ev200, bus: water, first-unit: 1}")

    private static func run(_ duration: String, events: [String] = []) throws -> RackSimulation {
        try CooledRack.run(duration, rack: rack, events: events)
    }

    private func signal(_ signal: ControlValveSignal, _ run: RackSimulation) throws -> Int64 {
        run.devices[try run.device("valve")].signal(signal.identifier)
    }

    @Test func `the valve goes where the pump unit's analogue output asks, and tells position and flow`() throws {
        let run = try Self.run("3 min")
        run.advance(to: 170)
        #expect(try run.isOnline("valve"))
        let asked = try signal(.analogueSetpoint, run)
        let pumpUnit = run.devices[try run.device("cdu")]
        #expect(abs(pumpUnit.signal(PumpUnitSignal.valveCommand.identifier) - asked) <= 20)
        #expect(abs(try signal(.position, run) - Int64(run.plant.facilityValve * 1000)) <= 2)
        #expect(abs(try signal(.relativeFlow, run) - signal(.position, run)) <= 5)
        // Two trays of 0.156 kg/s of coolant: as much heat in some 17 L/min of water, of which the valve lets a part through.
        let flow = Double(try signal(.flow, run)) / 1000
        #expect(abs(flow - run.plant.facilityFlow / 0.998 * 60) < 0.1 && flow > 3, "\(flow) L/min")
        let warmer = try signal(.bodyTemperature, run) - signal(.remoteTemperature, run)
        #expect(warmer > 2000, "\(warmer) mK")
        #expect(try signal(.status, run) == 0)
    }

    @Test func `over the bus it is closed, and the coolant warms`() throws {
        let run = try Self.run("3 min")
        run.advance(to: 60)
        let before = run.plant.coolantSupplyTemperature
        var reply = FrameBuffer()
        let close: [UInt8] = [6, 0, 1, 0, 2]
        run.devices[try run.device("valve")].respond(to: close.span, at: run.now, reply: &reply)
        run.advance(to: 170)
        #expect(run.plant.facilityValve == 0 && run.plant.facilityFlow == 0)
        #expect(run.plant.coolantSupplyTemperature > before + 3)
        #expect(try signal(.flow, run) == 0)
    }

    @Test func `a stuck valve is blocked by its own word, and by the pump unit's`() throws {
        let events = ["{at: 20 s, stick: cdu/valve}", "{at: 30 s, set: {facility: 38 degC}}"]
        let run = try Self.run("4 min", events: events)
        run.advance(to: 150)
        let status = ControlValveStatus(signalValue: try signal(.status, run))
        #expect(status.contains(.actuatorBlocked))
    }

    @Test func `a rack without a loop has no place for it`() throws {
        let rack = SmallRack.rack() + "\n  devices:\n    - {name: valve, spec: valve-ev200, bus: net, first-unit: 230}"
        let text =
            "# Small.\n\(rack)\nduration: 5 s\nworkload: {constant: 50 %}\ncontroller: {law: none, budget: 4.4 kW}\n"
        let (scenario, problems) = ScenarioFile.read(text, file: "x.yaml", files: SmallRack.files)
        #expect(scenario == nil)
        #expect(problems.contains { $0.text.contains("for the facility water's valve, found no loop") }, "\(problems)")
    }
}
