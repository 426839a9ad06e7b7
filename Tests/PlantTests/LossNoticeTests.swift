import Plant
import Testing

/// Supplies that tell of a lost input by a lower output, as plain Open Rack V3 has it: 3 V less at 3 V/ms, once half of the
/// hold-up is used (Delta/AEI deck).
@Suite struct LossNoticeTests {
    private static func rack(
        feeds: Int = 1, notice: SupplyConfiguration.LossNotice = .drop(3), watts: Double = 27_000
    ) -> RackPlant {
        var supply = Fixtures.supply()
        supply.lossNotice = notice
        let shelves = (0..<feeds).map { Fixtures.shelf(feed: $0, supply: supply, name: "shelf-\($0)") }
        let breaker = Fixtures.breaker(rated: 1000)
        let load = Fixtures.tray(accelerators: 0, hostIdle: watts, hostMaximum: watts)
        let configuration = Fixtures.plant(
            feeds: (0..<feeds).map { _ in Fixtures.feed(breaker) }, shelves: shelves, trays: [load])
        let plant = RackPlant(configuration, workloads: [], seed: 1)
        plant.run(milliseconds: 50)
        return plant
    }

    /// 110 J in each of six supplies carry 27 kW for 24 ms.
    @Test func `half of the hold-up passes at the usual voltage, the other half 3 V below it`() {
        let plant = Self.rack()
        let usual = plant.busVoltage
        plant.loseFeed(0)
        plant.run(milliseconds: 11)
        #expect(abs(plant.busVoltage - usual) < 0.01)
        plant.run(milliseconds: 5)
        #expect(abs(plant.busVoltage - (usual - 3)) < 0.1)
        #expect(plant.busIsLive)
        #expect(plant.milliseconds(limit: 20) { !$0.busIsLive } != nil)
    }

    @Test func `a supply with a line beside the busbar keeps its voltage to the end`() {
        let plant = Self.rack(notice: .line)
        let usual = plant.busVoltage
        plant.loseFeed(0)
        plant.run(milliseconds: 20)
        #expect(plant.busIsLive && abs(plant.busVoltage - usual) < 0.01)
    }

    @Test func `an input that comes back in time brings the voltage back`() {
        let plant = Self.rack()
        let usual = plant.busVoltage
        plant.loseFeed(0)
        plant.run(milliseconds: 17)
        plant.restoreFeed(0)
        plant.run(milliseconds: 5)
        #expect(plant.workingSupplies == 6 && abs(plant.busVoltage - usual) < 0.01)
    }

    /// They stand 3 V higher, and whoever stands lower gives nothing.
    @Test func `beside supplies that hold, those that have lowered their voltage carry nothing, and nobody sees 3 V`() {
        let plant = Self.rack(feeds: 2)
        plant.loseFeed(0)
        plant.run(milliseconds: 40)
        #expect(plant.busVoltage > 50)
        #expect(plant.supplyOutputPower(shelf: 0, slot: 0) == 0)
        #expect(abs(plant.supplyOutputPower(shelf: 1, slot: 0) - 4500) < 500)
        // What they need themselves comes from what is left of their hold-up.
        #expect(plant.workingSupplies == 6 || plant.supplyOutputPower(shelf: 0, slot: 5) == 0)
    }
}
