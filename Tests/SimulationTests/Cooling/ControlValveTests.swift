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
        let told = problems.contains { $0.text.contains("for the rack's own control valve, found no loop") }
        #expect(told, "\(problems)")
    }

    @Test func `a valve with another map serves floats of the same water`() throws {
        let rack = Self.rack.replacing("spec: valve-ev200", with: "spec: valve-003z8540")
        let run = try CooledRack.run("3 min", rack: rack)
        run.advance(to: 170)
        #expect(try run.isOnline("valve"))
        let device = run.devices[try run.device("valve")]
        func float(_ address: Int) throws -> Float {
            var reply = FrameBuffer()
            let read: [UInt8] = [3, UInt8(address >> 8), UInt8(address & 0xFF), 0, 2]
            device.respond(to: read.span, at: run.now, reply: &reply)
            let octets = (0..<reply.count).map { reply.span[$0] }
            try #require(octets.count == 6 && octets[0] == 3 && octets[1] == 4, "\(octets)")
            return Float(bitPattern: octets[2...].reduce(0) { $0 << 8 | UInt32($1) })
        }
        #expect(try abs(Double(float(0x860E)) / 100 - run.plant.facilityValve) < 0.002)
        #expect(try abs(Double(float(0x81C2)) - run.plant.facilityTemperature) < 0.01)
        #expect(try abs(float(0x8206) - float(0x860E) / 10) < 0.02)
        #expect(try abs(float(0x8608) - float(0x860E)) < 0.5)
        #expect(try abs(Double(float(0x801E)) - run.scenario.rack.plant.facilityDesignFlow / 0.998 * 60) < 0.1)
        // Its default of 100 % came through the map into the firmware, and a write of 40 % closes it to that.
        #expect(try float(0x8104) == 100)
        var reply = FrameBuffer()
        let write: [UInt8] = [16, 0x81, 0x04, 0, 2, 4, 0x42, 0x20, 0, 0]
        device.respond(to: write.span, at: run.now, reply: &reply)
        #expect(try float(0x8104) == 40 && signal(.maximum, run) == 400)
    }
}
