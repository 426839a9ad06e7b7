import Plant
import Testing

@Suite struct PowerShelfTests {
    private let strongFeed = [Fixtures.feed(Fixtures.breaker(rated: 1000))]

    private func rack(
        _ watts: Double, supplies: Int = 6, shareTolerance: Double = 0, shelves: Int = 1
    ) -> RackPlant {
        let shelf = Fixtures.shelf(supplies: supplies, supply: Fixtures.supply(shareTolerance: shareTolerance))
        let rack = Fixtures.resistorRack(
            watts: watts, feeds: strongFeed, shelves: Array(repeating: shelf, count: shelves))
        rack.step()
        return rack
    }

    @Test func `the bus falls along the load line by the droop at rated power`() {
        #expect(abs(rack(33_000).busVoltage - 50.5) < 1e-9)
        #expect(abs(rack(0).busVoltage - 51) < 1e-9)
        // Half the power at a slightly higher voltage: a little less than half the current, and of the droop.
        #expect(abs(rack(16_500).busVoltage - 50.7512) < 1e-3)
    }

    @Test(arguments: [(0.1, 0.949), (0.3, 0.962), (0.5, 0.975), (0.75, 0.97), (1.0, 0.965)])
    func `input power follows the efficiency curve`(load: Double, efficiency: Double) {
        let rack = rack(33_000 * load)
        #expect(abs(rack.rackPower / rack.feedPower(0) - efficiency) < 1e-9)
    }

    @Test func `losses below the first point of the curve stay what they are there`() {
        let standing = 3300 / 0.949 - 3300
        #expect(abs(rack(0).feedPower(0) - standing) < 1e-9)
        #expect(abs(rack(1000).feedPower(0) - 1000 - standing) < 1e-9)
    }

    @Test func `line current is power over root three times voltage`() {
        let rack = rack(33_000)
        #expect(abs(rack.feedCurrent(0) - 33_000 / 0.965 / (3.0.squareRoot() * 400)) < 1e-9)
        #expect(abs(rack.supplyInputVoltage(shelf: 0, slot: 0) - 230.94) < 0.01)
        #expect(abs(rack.supplyInputCurrent(shelf: 0, slot: 0) * 6 / 3 - rack.feedCurrent(0)) < 1e-9)
    }

    @Test func `shares add up to the whole and stay within the tolerance`() {
        let rack = rack(25_000, shareTolerance: 0.05, shelves: 2)
        var power = 0.0
        var input = 0.0
        var distinct = Set<Double>()
        for shelf in 0..<2 {
            for slot in 0..<6 {
                let output = rack.supplyOutputPower(shelf: shelf, slot: slot)
                #expect(abs(output / (25_000 / 12) - 1) <= 0.05)
                power += output
                input += rack.supplyInputPower(shelf: shelf, slot: slot)
                distinct.insert(output)
            }
        }
        #expect(distinct.count == 12)
        #expect(abs(power - 25_000) < 1e-6)
        #expect(abs(input - rack.feedPower(0)) < 1e-6)
    }

    @Test func `with a spare supply the loss of one keeps the bus`() {
        let rack = rack(27_000)
        let before = rack.busVoltage
        rack.failSupply(shelf: 0, slot: 2)
        rack.run(seconds: 60)
        #expect(rack.workingSupplies == 5)
        #expect(rack.busIsLive)
        #expect(rack.busVoltage < before && rack.busVoltage > 50.5)
        #expect(rack.supplyOutputPower(shelf: 0, slot: 2) == 0)
        #expect(rack.supplyOutputVoltage(shelf: 0, slot: 2) == 0)
        #expect(abs(rack.supplyOutputPower(shelf: 0, slot: 1) - 5400) < 1e-6)
        #expect(rack.drained().isEmpty)
        rack.restoreSupply(shelf: 0, slot: 2)
        rack.step()
        #expect(abs(rack.supplyOutputPower(shelf: 0, slot: 2) - 4500) < 1e-6)
    }

    @Test func `at peak power a supply lasts for its peak time`() throws {
        let rack = Fixtures.resistorRack(watts: 6 * 8800, feeds: strongFeed)
        let time = try #require(rack.milliseconds(limit: 1000) { $0.workingSupplies < 6 })
        #expect(time == 100)
    }

    @Test func `halfway to peak power a supply lasts twice as long`() throws {
        let rack = Fixtures.resistorRack(watts: 6 * 7150, feeds: strongFeed)
        let time = try #require(rack.milliseconds(limit: 1000) { $0.workingSupplies < 6 })
        #expect(abs(time - 200) <= 1)
        #expect(rack.drained().contains(.supplyOverloaded(shelf: 0, slot: 0)))
        #expect(rack.supplyIsLatched(shelf: 0, slot: 0))
    }

    @Test func `a shelf at its rating does not lose the supply with the largest share`() {
        let rack = rack(33_000, shareTolerance: 0.05)
        rack.run(seconds: 60)
        #expect((0..<6).contains { rack.supplyOutputPower(shelf: 0, slot: $0) > 5500 })
        #expect(rack.workingSupplies == 6)
    }

    @Test func `an overload is forgotten at a tenth of the pace`() {
        let tray = Fixtures.tray(accelerators: 0, hostIdle: 33_000, hostMaximum: 33_000)
        let extra = Fixtures.tray(accelerators: 0, hostIdle: 9900, hostMaximum: 9900)
        let rack = RackPlant(Fixtures.plant(feeds: strongFeed, trays: [tray, extra]), workloads: [], seed: 1)
        rack.run(milliseconds: 100)
        #expect(abs(rack.supplyOverload(shelf: 0, slot: 0) - 0.5) < 1e-6)
        rack.setPower(tray: 1, on: false)
        rack.run(milliseconds: 250)
        #expect(abs(rack.supplyOverload(shelf: 0, slot: 0) - 0.25) < 1e-6)
        rack.run(milliseconds: 400)
        #expect(rack.supplyOverload(shelf: 0, slot: 0) == 0)
    }

    @Test func `more than the peak power of all supplies brings the bus down`() throws {
        let rack = Fixtures.resistorRack(watts: 60_000, feeds: strongFeed)
        _ = try #require(rack.milliseconds(limit: 100) { !$0.busIsLive })
        #expect(rack.busVoltage < 40)
        rack.step()
        #expect(rack.rackPower == 0)
        #expect(rack.drained().contains(.busCollapsed))
        // Relieved, the supplies lift the bus again and the trays boot.
        rack.run(milliseconds: 100)
        #expect(rack.busIsLive)
        #expect(!rack.trayIsRunning(0))
    }

    @Test func `110 joules hold 5.5 kilowatts up for 20 milliseconds`() throws {
        let rack = rack(33_000)
        rack.loseFeed(0)
        let time = try #require(rack.milliseconds(limit: 1000) { $0.workingSupplies == 0 })
        #expect(time == 20)
        #expect(rack.bulkVoltage(shelf: 0, slot: 0) == 320)
        #expect(rack.drained().prefix(2) == [.feedLost(feed: 0), .supplyStopped(shelf: 0, slot: 0)])
    }

    @Test func `half the load is held up twice as long and the bulk voltage falls as the root of the energy`() throws {
        let rack = rack(16_500)
        rack.loseFeed(0)
        rack.run(milliseconds: 20)
        #expect(abs(rack.bulkVoltage(shelf: 0, slot: 0) - 373.363) < 0.01)
        #expect(rack.busIsLive)
        #expect(rack.feedPower(0) == 0)
        let time = try #require(rack.milliseconds(limit: 1000) { $0.workingSupplies == 0 })
        #expect(time == 20)
    }

    @Test func `a dip shorter than the hold-up is survived and paid back`() {
        let rack = rack(33_000)
        rack.loseFeed(0)
        rack.run(milliseconds: 10)
        rack.restoreFeed(0)
        rack.step()
        #expect(rack.workingSupplies == 6)
        #expect(rack.feedPower(0) > 33_000 / 0.965 + 1000)
        rack.run(milliseconds: 200)
        #expect(rack.bulkVoltage(shelf: 0, slot: 0) == 420)
        #expect(abs(rack.feedPower(0) - 33_000 / 0.965) < 1e-6)
    }

    @Test func `after an outage the supplies return with a delay`() throws {
        let rack = rack(33_000)
        rack.loseFeed(0)
        rack.run(seconds: 1)
        _ = rack.drained()
        rack.restoreFeed(0)
        let time = try #require(rack.milliseconds(limit: 10_000) { $0.workingSupplies == 6 })
        #expect(abs(time - 3000) <= 2)
        #expect(rack.drained().contains(.supplyStarted(shelf: 0, slot: 5)))
    }

    @Test func `the other feed's shelf takes over when one feed is lost`() {
        let feeds = strongFeed + [Fixtures.feed(Fixtures.breaker(rated: 1000), name: "feed-b")]
        let rack = Fixtures.resistorRack(
            watts: 30_000, feeds: feeds,
            shelves: [Fixtures.shelf(), Fixtures.shelf(feed: 1, name: "shelf-2")])
        rack.step()
        #expect(abs(rack.feedPower(0) - rack.feedPower(1)) < 1e-6)
        rack.loseFeed(0)
        rack.run(milliseconds: 200)
        #expect(rack.busIsLive)
        #expect(rack.workingSupplies == 6)
        #expect(rack.feedPower(1) > 30_000)
    }

    @Test func `a latched supply comes back when its output is switched off and on`() throws {
        let rack = Fixtures.resistorRack(watts: 6 * 7150, feeds: strongFeed)
        _ = try #require(rack.milliseconds(limit: 1000) { $0.supplyIsLatched(shelf: 0, slot: 0) })
        rack.setSupplyOutput(shelf: 0, slot: 0, enabled: false)
        #expect(!rack.supplyIsOn(shelf: 0, slot: 0))
        rack.setSupplyOutput(shelf: 0, slot: 0, enabled: true)
        #expect(rack.supplyIsOn(shelf: 0, slot: 0))
    }

    @Test func `the bus follows the mean setpoint`() {
        let rack = rack(0)
        for slot in 0..<6 { rack.setSupplySetpoint(shelf: 0, slot: slot, volts: slot < 3 ? 49 : 50) }
        rack.step()
        #expect(abs(rack.busVoltage - 49.5) < 1e-9)
    }

    @Test func `what goes in comes out, is lost, or is stored`() {
        let rack = rack(24_000, shareTolerance: 0.05)
        let stored = rack.energyStored
        rack.run(seconds: 5)
        rack.loseFeed(0)
        rack.run(milliseconds: 12)
        rack.restoreFeed(0)
        rack.run(milliseconds: 40)
        rack.failSupply(shelf: 0, slot: 0)
        rack.run(seconds: 5)
        let balance = rack.energyIn - rack.energyOut - rack.energyLost - (rack.energyStored - stored)
        #expect(rack.energyIn > rack.energyOut)
        #expect(rack.energyLost > 0.02 * rack.energyOut)
        #expect(abs(balance) < 1e-9 * rack.energyIn)
    }
}
