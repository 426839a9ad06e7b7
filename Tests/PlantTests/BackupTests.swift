import Plant
import Testing

@Suite struct BackupTests {
    private static func unit(
        _ kind: BackupUnitConfiguration.Kind = .battery, energy: Double = 1_320_000, charge: Double = 1
    ) -> BackupUnitConfiguration {
        BackupUnitConfiguration(
            kind: kind, energy: energy, dischargePower: 5500, chargePower: 1000, emptyVoltage: 40, fullVoltage: 54,
            resistance: 0.02, efficiency: 0.97, holdVoltage: 48.5, holdDroop: 0.5, initialCharge: charge)
    }

    private static func rack(
        watts: Double = 27_000, units: Int = 6, unit: BackupUnitConfiguration = unit(), supplies: Int = 6
    ) -> RackPlant {
        let load = Fixtures.tray(accelerators: 0, hostIdle: watts, hostMaximum: watts)
        var plant = Fixtures.plant(shelves: [Fixtures.shelf(supplies: supplies)], trays: [load])
        plant.backups = [BackupShelfConfiguration(name: "bbu-1", unitCount: units, unit: unit, backedShelves: [0])]
        return RackPlant(plant, workloads: [], seed: 1)
    }

    private static func command(_ plant: RackPlant, _ command: BackupCommand) {
        for unit in 0..<plant.backupCount { plant.setBackup(unit, to: command) }
    }

    private static func storedAtStart(_ plant: RackPlant) -> Double { plant.energyStored }

    @Test func `units that hold carry nothing while the supplies do, and everything when they are gone`() {
        let plant = Self.rack()
        Self.command(plant, .hold)
        plant.run(milliseconds: 100)
        #expect(plant.backupPower == 0)
        #expect(plant.busVoltage > 50)
        plant.loseFeed(0)
        plant.run(milliseconds: 100)
        #expect(plant.workingSupplies == 0)
        #expect(plant.busIsLive)
        #expect(plant.busVoltage > 48 && plant.busVoltage < 48.5)
        #expect(abs(plant.backupPower - 27_000) < 1)
        #expect(abs(plant.backupPower(0) - 4500) < 1)
    }

    @Test func `without a unit that holds the busbar collapses as soon as hold-up is over`() {
        let plant = Self.rack()
        plant.loseFeed(0)
        let time = plant.milliseconds(limit: 100) { !$0.busIsLive }
        // 110 J in each of six supplies carry 27 kW for 24 ms.
        #expect((22...30).contains(time ?? 0))
    }

    @Test func `a full battery of 5.5 kW for 240 s lasts so long at that power, less its losses`() {
        let plant = Self.rack(watts: 33_000)
        Self.command(plant, .hold)
        plant.loseFeed(0)
        let time = plant.milliseconds(limit: 260_000) { !$0.busIsLive } ?? 0
        // 97 % of the converter, some 5 % in 0.02 Ohm at 120 A.
        #expect((215_000...232_000).contains(time), "\(time) ms")
        #expect(plant.drained().contains(.backupExhausted(unit: 0)))
    }

    @Test func `what the supplies cannot give at their limit, units that hold add`() {
        let plant = Self.rack(watts: 20_000, units: 2, supplies: 2)
        Self.command(plant, .hold)
        plant.run(milliseconds: 20)
        #expect(abs(plant.supplyPower + plant.backupPower - 20_000) < 1)
        #expect(plant.backupPower > 2000 && plant.backupPower < 4000)
        #expect(plant.busVoltage > 48)
    }

    @Test func `units that cannot carry the load let the busbar sag and collapse`() {
        let plant = Self.rack(watts: 27_000, units: 4)
        Self.command(plant, .hold)
        plant.loseFeed(0)
        #expect(plant.milliseconds(limit: 100) { !$0.busIsLive } != nil)
    }

    @Test func `power mode relieves the supplies and charging loads them`() {
        let plant = Self.rack(unit: Self.unit(charge: 0.5))
        Self.command(plant, .power(2000))
        plant.run(milliseconds: 10)
        #expect(abs(plant.supplyPower - 15_000) < 1)
        Self.command(plant, .power(-5000))
        plant.run(milliseconds: 10)
        // Each unit takes 1 kW at most.
        #expect(abs(plant.supplyPower - 33_000) < 1)
    }

    @Test func `nothing is given that nobody draws`() {
        let plant = Self.rack(watts: 3000)
        Self.command(plant, .power(5500))
        plant.run(milliseconds: 10)
        #expect(abs(plant.backupPower - 3000) < 1)
        #expect(plant.supplyPower > -1 && plant.supplyPower < 1)
    }

    @Test func `charging tapers off and ends at the full charge`() {
        let plant = Self.rack(watts: 1000, unit: Self.unit(energy: 50_000, charge: 0.9))
        Self.command(plant, .power(-1000))
        plant.run(seconds: 2)
        #expect(abs(plant.backupPower(0) + 1000) < 1)
        plant.run(seconds: 30)
        #expect(plant.backupPower(0) > -100)
        plant.run(seconds: 120)
        #expect(plant.backupCharge(0) == 1)
        #expect(plant.backupPower(0) == 0)
    }

    @Test(arguments: BackupUnitConfiguration.Kind.allCases)
    func `energy is conserved through discharge and charge`(kind: BackupUnitConfiguration.Kind) {
        let plant = Self.rack(watts: 20_000, unit: Self.unit(kind, energy: 100_000))
        let before = Self.storedAtStart(plant)
        for second in 0..<20 {
            Self.command(plant, .power(second % 3 == 0 ? 3000 : -900))
            plant.run(seconds: 1)
        }
        let taken = plant.energyIn + before - plant.energyStored
        let given = plant.energyOut + plant.energyLost
        #expect(abs(taken - given) / given < 1e-6)
        #expect(plant.backupCharge(0) < 1 && plant.backupCharge(0) > 0)
    }

    @Test func `a unit is pulled with what it holds, and another one brings its own charge`() {
        let plant = Self.rack(watts: 20_000, unit: Self.unit(energy: 100_000))
        let before = plant.energyStored
        Self.command(plant, .power(2000))
        plant.run(seconds: 2)
        let held = plant.backupEnergy(0)
        plant.pullBackup(0)
        plant.run(seconds: 1)
        #expect(plant.backupPower(0) == 0 && plant.backupCharge(0) == 0 && plant.energyCarriedOut == held)
        plant.setBackup(0, to: .power(-1000))
        plant.run(seconds: 1)
        #expect(plant.backupPower(0) == 0)
        plant.setBackup(0, to: .off)
        plant.insertBackup(0, charge: 0.3)
        plant.run(seconds: 1)
        #expect(plant.backupEnergy(0) == 30_000 && plant.backupPower(0) == 0)
        plant.setBackup(0, to: .power(2000))
        plant.run(seconds: 1)
        #expect(abs(plant.backupPower(0) - 2000) < 1)
        let taken = plant.energyIn + before - plant.energyStored
        let given = plant.energyOut + plant.energyLost + plant.energyCarriedOut
        #expect(abs(taken - given) / given < 1e-6)
    }

    @Test func `a capacitor's voltage falls with the square root of its energy`() {
        let plant = Self.rack(watts: 1000, unit: Self.unit(.capacitor, energy: 100_000, charge: 0.5))
        // Half way between the squares of 40 V and 54 V.
        #expect(abs(plant.backupPackVoltage(0) - 47.519) < 0.01)
    }

    /// 65 J for each of 72 accelerators, as in the supplies of a GB300-class rack, are 4.7 kJ: they cover a swing of 40 kW for
    /// 0.12 s, less what converters, resistance and the last two milliseconds of each unit keep.
    @Test func `the capacitors of a GB300-class rack cover 40 kW for a tenth of a second`() {
        var unit = Self.unit(.capacitor, energy: 585)
        unit.resistance = 0.005
        let plant = Self.rack(watts: 40_000, units: 8, unit: unit, supplies: 8)
        Self.command(plant, .hold)
        plant.run(milliseconds: 10)
        for slot in 0..<8 { plant.failSupply(shelf: 0, slot: slot) }
        let time = plant.milliseconds(limit: 1_000) { !$0.busIsLive } ?? 0
        #expect((95...120).contains(time), "\(time) ms")
    }

    @Test func `a failed unit leaves its part to the others`() {
        let plant = Self.rack()
        Self.command(plant, .hold)
        plant.failBackup(2)
        plant.loseFeed(0)
        plant.run(milliseconds: 100)
        #expect(plant.backupPower(2) == 0)
        #expect(abs(plant.backupPower(0) - 5400) < 1)
        plant.restoreBackup(2)
        plant.run(milliseconds: 10)
        #expect(abs(plant.backupPower(2) - 4500) < 1)
    }

    @Test func `a shelf announces the loss of its input when all its supplies do`() {
        let plant = Self.rack()
        for slot in 0..<5 { plant.setACLoss(shelf: 0, slot: slot, asserted: true) }
        #expect(!plant.acLossIsAnnounced(shelf: 0))
        plant.setACLoss(shelf: 0, slot: 5, asserted: true)
        #expect(plant.acLossIsAnnounced(shelf: 0))
    }
}
