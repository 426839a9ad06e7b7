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

    @Test func `telemetry has the valve by its own word`() throws {
        func value(_ path: String, _ run: RackSimulation) throws -> Double {
            let index = try #require(run.observation.catalogue.index(of: "valve.\(path)"), "there is no \(path)")
            return run.value(of: run.observation.catalogue.entries[index].source)
        }
        let run = try Self.run(
            "5 min", events: ["{at: 100 s, for: 150 s, stick: cdu/valve}", "{at: 110 s, set: {facility: 38 degC}}"])
        run.advance(to: 90)
        #expect(try value("answers", run) == 1 && value("blocked", run) == 0)
        #expect(try abs(value("position", run) - run.plant.facilityValve * 100) < 0.2)
        #expect(try abs(value("asked", run) - run.plant.facilityValveSignal * 100) < 2)
        #expect(try abs(value("flow", run) - run.plant.facilityFlow / 0.998 * 60) < 0.1)
        #expect(try abs(value("water-in", run) - 25) < 0.1)
        #expect(try value("water-out", run) > 27)
        run.advance(to: 240)
        #expect(try value("blocked", run) == 1 && value("setpoint-not-reached", run) == 1)
        #expect(try value("wanted-flow", run) > value("flow", run) + 1)
        run.advance(to: 290)
        #expect(try value("blocked", run) == 0)
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
