import DeviceFirmware
import Plant
import RegisterMaps
import Scenario
import ScenarioFiles
import Testing

@testable import Simulation

/// Published figures of liquid-cooled racks: what a pump unit must carry, and what a leak rope must find.
@Suite struct CoolantFigureTests {
    /// OCP's guideline for liquid-cooled OAM systems asks for 1.25 to 2.0 L/min per kilowatt, 1.5 as a rule, and the specification of
    /// its reservoir and pumping unit for 150 L/min at 100 kW (both as told by ProphetStor, "Why fixed-flow GPU rack cooling wastes
    /// energy", 2025).
    @Test(arguments: ["liquid-32", "open-rack-hpr", "nvl72", "gb300-nvl72", "cloudmatrix-cabinet", "tianchi-cabinet"])
    func `a rack's trays get the coolant per kilowatt that pump units are specified for`(name: String) throws {
        let (rack, problems) = RackFile.load(path: SmallRack.files.path(ofRack: name), files: SmallRack.files)
        let trays = try #require(rack, "\(problems)").plant.trays.filter {
            $0.cooling == .liquid && $0.acceleratorCount > 0
        }
        #expect(!trays.isEmpty)
        for tray in trays {
            let litres = tray.thermal.coolantFlow / Coolant.density * 60
            let kilowatts = (Double(tray.acceleratorCount) * tray.accelerator.ratedPower + tray.hostMaximumPower) / 1000
            #expect((1.25...2.0).contains(litres / kilowatts), "\(tray.name): \(litres / kilowatts) L/min per kW")
        }
    }

    /// A sensing cable tells of no more than a foot of liquid, a sixteenth of an inch deep (Tyco TraceTek, model specification of a
    /// small leak detection system, 1.1). Taken as a square foot, which is ours: 147 mL.
    @Test func `a rope tells of coolant before a square foot of it stands a sixteenth of an inch deep`() throws {
        let run = try CooledRack.run("30 s", events: ["{at: 8 s, leak: tray-2, rate: 0.5 L/min}"])
        let sensor = run.devices[try run.device("tray-2/leak")]
        var tenths = 80
        while sensor.signal(LeakSensorSignal.leak.identifier) == 0, tenths < 300 {
            tenths += 1
            run.advance(to: Double(tenths) / 10)
        }
        let spilled = run.plant.spilledCoolant(tray: 1)
        #expect(spilled > 0.02 && spilled <= 0.147 * Coolant.density, "\(spilled) kg")
        #expect(sensor.signal(LeakSensorSignal.leak.identifier) == 1)
    }
}
