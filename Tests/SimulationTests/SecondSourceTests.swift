import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import Scenario
import Testing
import Units

@testable import Simulation

/// Monitors of other makers in the place of the first: read, armed and obeyed through their own maps.
@Suite struct SecondSourceTests {
    private func run(_ model: String, busy: BusySettings? = nil) throws -> RackSimulation {
        let rack = SmallRack.rack().replacing("busbar-pm-1", with: model)
        let run = RackSimulation(try SmallRack.scenario(rack: rack))
        run.advance(to: 4)
        return run
    }

    @Test(arguments: [("busbar-pm-1", 7.0), ("acme-pm-2", 8.0), ("volta-pm-48", 13.0)])
    func `the controller reads a tray's power through any map`(model: String, perMille: Double) throws {
        let run = try run(model)
        for tray in 0..<2 {
            #expect(try run.isOnline("tray-\(tray + 1)/monitor"))
            let truth = run.plant.trayPower(tray)
            let read = run.controller.countedPower(tray: tray).inWatts
            // Gain errors of voltage, current and shunt; the reading is a hundred milliseconds old.
            #expect(abs(read - truth) < truth * perMille / 1000, "\(model): \(read) W for \(truth) W")
        }
    }

    @Test(arguments: ["acme-pm-2", "volta-pm-48"])
    func `the controller arms a monitor of any maker`(model: String) throws {
        let run = try run(model)
        let monitor = run.devices[try run.device("tray-1/monitor")]
        #expect(monitor.signal(PowerMonitorSignal.watchdogTimeout.identifier) > 0)
        let limit = monitor.signal(PowerMonitorSignal.powerLimit.identifier)
        // A fifth above the tray's ceiling of 2460 W and above its share of the budget, in whole steps of the register.
        #expect(abs(limit - 2_952_000) <= 2000)
        let fallback = monitor.signal(PowerMonitorSignal.defaultPowerLimit.identifier)
        #expect(abs(fallback - Int64(SmallRack.safeShare * 1200)) <= 2000)
    }

    @Test func `a monitor that is busy now and then is asked again and stays online`() throws {
        let run = try run("volta-pm-48")
        #expect(run.controller.counters.exceptions > 4)
        #expect(run.texts(of: "tray-1/monitor").contains { $0.contains("lost") } == false)
        #expect(try run.isOnline("tray-1/monitor") && run.isOnline("tray-2/monitor"))
        for tray in 0..<2 { #expect(run.controller.countedPower(tray: tray) < .watts(2300)) }
    }
}
