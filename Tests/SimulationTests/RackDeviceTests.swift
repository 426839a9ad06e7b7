import ModbusWire
import Plant
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@testable import Simulation

/// Devices of the rack itself, and parts of a tray that the controller does not need.
@Suite struct RackDeviceTests {
    private func run() throws -> RackSimulation {
        let rack =
            SmallRack.rack().replacing(
                "      floor: 1.7 kW",
                with: "      floor: 1.7 kW\n      rail-monitor: {spec: busbar-rails-4, bus: net, first-unit: 112}")
            + "\n  devices:\n    - {name: \"meter-{n}\", count: 2, spec: busbar-meter-1, bus: net, first-unit: 236}"
        let run = RackSimulation(try SmallRack.scenario(rack: rack))
        run.advance(to: 4)
        return run
    }

    private func close(_ value: Double, _ truth: Double, perMille: Double) -> Bool {
        abs(value - truth) <= truth * perMille / 1000
    }

    @Test func `a busbar meter reads what all trays together draw`() throws {
        let run = try run()
        let meter = run.devices[try run.device("meter-1")]
        #expect(meter.definition.attachment == .rack(0))
        #expect(run.devices[try run.device("meter-2")].definition.attachment == .rack(1))
        let power = Double(meter.signal(BusbarMeterSignal.power.identifier)) / 1000
        #expect(close(power, run.plant.rackPower, perMille: 10), "\(power) W for \(run.plant.rackPower) W")
        let energy = Double(meter.signal(BusbarMeterSignal.energy.identifier)) / 1000
        #expect(close(energy, run.plant.energyOut, perMille: 10), "\(energy) J for \(run.plant.energyOut) J")
    }

    @Test func `the rails of a tray add up to its power`() throws {
        let run = try run()
        let rails = run.devices[try run.device("tray-1/rails")]
        let powers = (0..<4).map {
            Double(rails.signal(ShuntMonitorSignal.channelPower.identifier(member: UInt8($0)))) / 1000
        }
        #expect(close(powers[0], run.plant.trayHostPower(0), perMille: 15))
        // A step of 10 mA is much of what the fans take.
        #expect(close(powers[1], run.plant.trayFanPower(0), perMille: 30))
        #expect(powers[2] > 100 && powers[3] > 100)
        #expect(close(powers.reduce(0, +), run.plant.trayPower(0), perMille: 15))
    }

    @Test func `the controller identifies them and leaves them alone`() throws {
        let run = try run()
        for path in ["meter-1", "meter-2", "tray-1/rails"] { #expect(try run.isOnline(path), "\(path)") }
        #expect(run.texts(of: "meter-1").contains { $0.contains("identified") })
    }

    @Test func `optical modules draw their power and heat through their tray`() throws {
        let optics = """
                  floor: 1.7 kW
                  optical-modules: {count: 10, power: 15 W}
                  optics: {spec: busbar-optics-1, bus: net, first-unit: 128}
            """
        let rack = SmallRack.rack().replacing("      floor: 1.7 kW", with: optics)
        let run = RackSimulation(try SmallRack.scenario(duration: "10 s", rack: rack, workload: "{constant: 0 %}"))
        run.advance(to: 1)
        let before = run.plant.trayHostPower(0)
        run.advance(to: 10)
        #expect(
            abs(run.plant.trayHostPower(0) - before - 150 + 15) < 1, "\(run.plant.trayHostPower(0)) after \(before)")
        let device = run.devices[try run.device("tray-1/optics")]
        #expect(device.signal(OpticsSignal.readyModules.identifier) == 0x3FF)
        #expect(device.signal(OpticsSignal.modulePowerClass.identifier) == 8)
        #expect(try run.isOnline("tray-1/optics"))
    }

    @Test func `a rack PDU meters its feed and its outlet switches the shelf off and on`() throws {
        let rack = SmallRack.rack() + "\n  devices:\n    - {name: pdu, spec: busbar-pdu-1, bus: net, first-unit: 160}"
        let run = RackSimulation(try SmallRack.scenario(duration: "10 s", rack: rack, workload: "{constant: 40 %}"))
        run.advance(to: 4)
        let pdu = run.devices[try run.device("pdu")]
        let inlet = Double(pdu.signal(RackPDUSignal.inletPower.identifier)) / 1000
        #expect(close(inlet, run.plant.feedPower(0), perMille: 20), "\(inlet) W for \(run.plant.feedPower(0)) W")
        let outlet = Double(pdu.signal(RackPDUSignal.outletPower.identifier)) / 1000
        #expect(close(outlet, inlet, perMille: 5))
        // 80 % of the 16 A of the breaker: what a branch circuit may carry continuously (NFPA 70; Geist, "Why are Geist
        // cord-connected units listed with a de-rated amperage?").
        #expect(pdu.signal(RackPDUSignal.overloadThreshold.identifier) == 12_800)
        var reply = FrameBuffer()
        let off: [UInt8] = [6, 0, 0x60, 0, 0]
        pdu.respond(to: off.span, at: run.now, reply: &reply)
        run.advance(to: 4.5)
        // One shelf behind one outlet: the busbar is dead once its capacitors are empty.
        #expect(pdu.signal(RackPDUSignal.outletState.identifier) == 0)
        #expect(!run.plant.busIsLive)
        #expect(run.plant.feedIsLive(0) && run.plant.feedPower(0) == 0)
        reply.removeAll()
        let on: [UInt8] = [6, 0, 0x60, 0, 1]
        pdu.respond(to: on.span, at: run.now, reply: &reply)
        run.advance(to: 8)
        #expect(run.plant.busIsLive && run.plant.feedPower(0) > 100)
        #expect(run.result(wallSeconds: 0).checks.first { $0.name.contains("energy") }?.held == true)
    }

    @Test func `a wrong device of the rack itself is told`() throws {
        let rack = SmallRack.rack() + "\n  devices:\n    - {name: lost, spec: psu-orv3-hpr, bus: net, first-unit: 208}"
        let text =
            "# Small.\n\(rack)\nduration: 5 s\nworkload: {constant: 50 %}\ncontroller: {law: none, budget: 4.4 kW}\n"
        let (scenario, problems) = ScenarioFile.read(text, file: "x.yaml", files: SmallRack.files)
        #expect(scenario == nil)
        #expect(problems.count == 1 && problems[0].text.hasPrefix("expected a map that no firmware serves"))
        #expect(problems.first?.text.contains("a busbar meter") == true)
    }
}
