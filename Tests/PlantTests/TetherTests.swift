import Plant
import Testing

@Suite struct TetherTests {
    /// 7 mOhm of cable, 0.5 mOhm of contacts, at 51 V; 98 % at any load.
    private static func tether(
        rated: Double = 3000, cable: Double = 0.007, contact: Double = 0.0005
    ) -> TetherConfiguration {
        TetherConfiguration(
            name: "tether", ratedPower: rated, limitPower: rated * 1.2, noLoadVoltage: 51, droop: 0.5,
            efficiency: [CurvePoint(x: 0, y: 0.98)], sourceVoltage: 51, cableResistance: cable,
            contactResistance: contact, contactHeatResistance: 10, contactHeatTime: 120, minimumInput: 40)
    }

    /// Two supplies of 5.5 kW and two tethers, under a load of so many watts.
    private static func rack(
        watts: Double, tethers: [TetherConfiguration] = [tether(), tether()], supplies: Int = 2
    ) -> RackPlant {
        let load = Fixtures.tray(accelerators: 0, hostIdle: watts, hostMaximum: watts)
        var plant = Fixtures.plant(shelves: [Fixtures.shelf(supplies: supplies)], trays: [load])
        plant.tethers = tethers
        return RackPlant(plant, workloads: [], seed: 1)
    }

    @Test func `supplies and tethers share the busbar by their ratings`() {
        let plant = Self.rack(watts: 8500)
        plant.run(milliseconds: 100)
        // 3 of 17 kW.
        #expect(abs(plant.tetherOutputPower(0) - 1500) < 1)
        #expect(abs(plant.supplyOutputPower(shelf: 0, slot: 0) - 2750) < 1)
        #expect(plant.workingSupplies == 4 && plant.ratedCapacity == 17_000)
    }

    @Test func `what arrives is the other rack's voltage less the drop in cable and contacts`() {
        let plant = Self.rack(watts: 8500)
        plant.run(milliseconds: 100)
        let current = plant.tetherInputCurrent(0)
        #expect(abs(plant.tetherInputVoltage(0) - (51 - 0.0075 * current)) < 1e-9)
        #expect(abs(plant.tetherInputVoltage(0) * current - 1500 / 0.98) < 1)
        #expect(abs(plant.tetherSourcePower(0) - 51 * current) < 1e-9)
        #expect(plant.feedPower(0) < 5700)
    }

    @Test func `energy that comes over a tether is given or lost, and none is made`() {
        let plant = Self.rack(watts: 8500)
        plant.run(milliseconds: 5000)
        let stored = 220.0 - plant.energyStored
        #expect(abs(plant.energyIn + stored - plant.energyOut - plant.energyLost) < 1e-3 * plant.energyOut)
        #expect(plant.energyLost > 0)
    }

    @Test func `the feed is lost and two tethers carry the rack alone, but one does not`() {
        for (count, survives) in [(2, true), (1, false)] {
            let plant = Self.rack(watts: 5000, tethers: Array(repeating: Self.tether(), count: count))
            plant.run(milliseconds: 10)
            plant.loseFeed(0)
            plant.run(milliseconds: 1000)
            #expect(plant.drained().contains(.busCollapsed) != survives, "\(count) tethers")
        }
    }

    @Test func `without hold-up a drawn plug is a lost source with the same step`() {
        let plant = Self.rack(watts: 5000)
        plant.run(milliseconds: 10)
        plant.setTetherPlug(0, isIn: false)
        #expect(!plant.tetherIsOn(0) && plant.tetherRemoteVoltage(0) == nil)
        plant.run(milliseconds: 1)
        #expect(plant.tetherInputVoltage(0) == 0 && plant.tetherOutputPower(0) == 0)
        #expect(abs(plant.tetherOutputPower(1) - 5000 * 3 / 14) < 1)
        plant.setTetherPlug(0, isIn: true)
        plant.run(milliseconds: 1)
        #expect(plant.tetherIsOn(0))
    }

    @Test func `a dead busbar in the other rack is told by the sense pair, other than a drawn plug`() {
        let plant = Self.rack(watts: 5000)
        plant.setTetherSource(1, isLive: false)
        #expect(plant.tetherRemoteVoltage(1) == 0 && !plant.tetherIsOn(1))
    }

    @Test func `contacts warm by ten kelvins a watt, and to two thirds of that in two minutes`() {
        let plant = Self.rack(watts: 8500)
        plant.setTetherContact(0, resistance: 0.02)
        plant.run(milliseconds: 120_000)
        let loss = plant.tetherInputCurrent(0) * plant.tetherInputCurrent(0) * 0.02
        let rise = plant.tetherContactTemperature(0) - 25
        #expect(loss > 15 && abs(rise / (10 * loss) - 0.632) < 0.01, "\(rise) K at \(loss) W")
        #expect(plant.tetherContactTemperature(1) < 30)
        plant.setTetherContact(0, resistance: nil)
        #expect(plant.tetherContactResistance(0) == 0.0005)
    }

    @Test func `a path that cannot carry the power starves the converter until it is switched off and on`() {
        // 51 V over 0.4 Ohm give at most 1626 W.
        let plant = Self.rack(watts: 8500)
        plant.setTetherContact(0, resistance: 0.4)
        plant.run(milliseconds: 1)
        #expect(!plant.tetherIsOn(0))
        #expect(plant.drained().contains(.tetherStarved(tether: 0)))
        plant.setTetherContact(0, resistance: nil)
        plant.run(milliseconds: 10)
        #expect(!plant.tetherIsOn(0))
        plant.setTether(0, relayIsClosed: false, outputIsEnabled: false)
        plant.setTether(0, relayIsClosed: true, outputIsEnabled: true)
        plant.run(milliseconds: 10)
        #expect(plant.tetherIsOn(0))
    }
}
