import DeviceFirmware
import Plant
import RackControl
import RegisterMaps
import Scenario
import Testing
import Units

@testable import Simulation

/// Pump unit, leak sensors and controller on a loop that fails in several ways.
@Suite struct LiquidRackTests {
    @Test func `the controller finds pump unit, fan wall and leak sensors, and leaves failsafe`() throws {
        let run = try CooledRack.run("15 s")
        run.advance(to: 15)
        for path in ["cdu", "wall", "pan", "tray-1/leak", "tray-2/leak"] {
            #expect(try run.isOnline(path), "\(path)")
        }
        #expect(run.texts(of: "cdu").contains("under control again"))
        #expect(run.texts(of: "wall").contains("under control again"))
        #expect(run.controller.zoneNames.indices.allSatisfy { !run.controller.isInFailsafe(zone: $0) })
    }

    @Test func `the pumps' duty goes with the heat`() throws {
        let idle = try CooledRack.run("4 min", workload: "{constant: 0 %}")
        let busy = try CooledRack.run("4 min", workload: "{constant: 100 %}")
        idle.advance(to: 240)
        busy.advance(to: 240)
        #expect(idle.plant.pumpDuty(0) < 0.4)
        #expect(busy.plant.pumpDuty(0) > idle.plant.pumpDuty(0) + 0.2)
        #expect(busy.plant.hottestAccelerator(0) < 80)
    }

    @Test func `what wall and pumps draw is left out of what the trays may have`() throws {
        let run = try CooledRack.run("20 s")
        run.advance(to: 20)
        let cooling = run.plant.wallPower + run.plant.pumpPower
        #expect(cooling > 30)
        #expect(abs(run.controller.coolingPower.inWatts - cooling) < 0.1 * cooling)
        #expect(abs(run.controller.measuredPower.inWatts - run.plant.rackPower) < 0.02 * run.plant.rackPower)
    }

    @Test func `a silent pump unit counts for all that its pumps can draw`() throws {
        let run = try CooledRack.run("20 s", events: ["{at: 8 s, disconnect: cdu}"])
        run.advance(to: 20)
        let pumps = try #require(run.scenario.rack.plant.cooling.loop).pumps
        #expect(run.controller.coolingPower.inWatts >= 2 * (pumps.idlePower + pumps.cubicPower) - 0.001)
        // Its own watchdog has driven it to its failsafe duty.
        #expect(run.plant.pumpDuty(0) >= 0.75)
    }

    @Test func `a dead pump is locked out and the other carries the flow, until a new one is fitted`() throws {
        let run = try CooledRack.run("40 s", events: ["{at: 10 s, for: 15 s, fail: cdu/pump-1}"])
        run.advance(to: 24)
        #expect(run.plant.pumpSpeed(0) < 1)
        #expect(run.plant.pumpDuty(1) == 1)
        #expect(run.plant.coolantShare(tray: 0) > 0.8)
        run.advance(to: 40)
        #expect(run.plant.pumpSpeed(0) > 1000)
    }

    @Test func `a tray that leaks is switched off and shut off, and the others go on`() throws {
        let run = try CooledRack.run("40 s", events: ["{at: 8 s, leak: tray-2, rate: 3 L/min}"])
        run.advance(to: 40)
        #expect(run.texts(of: "tray-2", after: 8).contains("leaks coolant; switched off"))
        #expect(run.texts(of: "tray-2", after: 8).contains("shut off from the coolant"))
        #expect(run.plant.trayPower(1) == 0)
        #expect(!run.plant.branchIsOpen(tray: 1))
        #expect(run.plant.branchIsOpen(tray: 0))
        #expect(run.plant.trayPower(0) > 4000)
        let level = run.plant.coolantLevel
        #expect(level > 0.5)
    }

    @Test func `a leak of the loop itself ends with every tray on it off before the pumps draw air`() throws {
        let run = try CooledRack.run("90 s", branch: false, events: ["{at: 8 s, leak: cdu, rate: 4 L/min}"])
        run.advance(to: 90)
        #expect(run.texts(of: "rack", after: 8).contains("coolant runs out; all trays on the loop switched off"))
        #expect(run.plant.trayPower(0) == 0 && run.plant.trayPower(1) == 0)
        #expect(run.plant.trayPower(2) > 500)
        #expect(run.plant.shutdownCount == 0)
    }

    @Test func `the emergency button stops the pumps, and the trays are off before they are lost`() throws {
        let run = try CooledRack.run(
            "30 s", workload: "{constant: 100 %}", events: ["{at: 10 s, press: cdu/emergency-stop}"])
        run.advance(to: 30)
        #expect(run.plant.pumpDuty(0) == 0)
        #expect(
            run.texts(of: "rack", after: 10).contains("pump unit no longer cools; all trays on the loop switched off"))
        #expect(run.plant.trayPower(0) == 0)
        #expect(run.plant.shutdownCount == 0)
    }

    @Test func `a stuck valve is told by the unit and warms the supply no further than the water lets it`() throws {
        let run = try CooledRack.run(
            "5 min", events: ["{at: 2 min, stick: cdu/valve}", "{at: 2 min, set: {facility: 33 degC}}"])
        run.advance(to: 300)
        let device = try run.device("cdu")
        let status = PumpUnitStatus(
            signalValue: run.devices[device].signal(PumpUnitSignal.status.identifier))
        #expect(status.contains(.valveStuck))
        #expect(run.plant.coolantSupplyTemperature > 34)
    }

    @Test func `an open door puts the wall into failsafe, and it recovers when the door closes`() throws {
        let run = try CooledRack.run("40 s", events: ["{at: 12 s, for: 10 s, open: door}"])
        run.advance(to: 20)
        #expect(run.texts(of: "pan", after: 12).contains("door open"))
        #expect(run.texts(of: "wall", after: 12).contains("to failsafe duty"))
        #expect(run.plant.wallDuty >= 0.75)
        run.advance(to: 40)
        #expect(run.texts(of: "wall", after: 22).contains("under control again"))
    }

    @Test func `pump unit and wall stop with the busbar and are controlled again after it`() throws {
        let run = try CooledRack.run("90 s", events: ["{at: 10 s, for: 3 s, lose: feed-a}"])
        run.advance(to: 12)
        #expect(!run.devices[try run.device("cdu")].answers(at: run.now))
        #expect(run.plant.pumpPower == 0)
        run.advance(to: 90)
        #expect(try run.isOnline("cdu"))
        #expect(try run.isOnline("wall"))
        #expect(run.plant.coolantFlow > 0.1)
    }

    @Test func `the map of a real pumping unit is served with live values and driven`() throws {
        let rack = CooledRack.rack(pumpUnit: "rpu-orv3", unit: 12, coolingLine: "{baud: 19200, parity: none}")
        let run = try CooledRack.run("30 s", rack: rack)
        run.advance(to: 30)
        #expect(try run.isOnline("cdu"))
        let device = run.devices[try run.device("cdu")]
        let flow = Double(device.signal(PumpUnitSignal.flow.identifier)) / 1000
        #expect(abs(flow - run.plant.coolantFlow / Coolant.density * 60) < 0.1)
        #expect(device.signal(PumpUnitSignal.status.identifier) & 0b110 == 0)
        #expect(run.controller.zoneNames.indices.allSatisfy { !run.controller.isInFailsafe(zone: $0) })
    }
}

extension CooledRack {
    fileprivate static func run(_ duration: String, branch: Bool, events: [String]) throws -> RackSimulation {
        try run(duration, rack: rack(branchValves: branch), events: events)
    }
}
