import Plant
import Testing

/// Supplies and backup units that are pulled out of a running rack and put into it.
@Suite struct ExchangeTests {
    private let strongFeed = [Fixtures.feed(Fixtures.breaker(rated: 1000))]

    private func rack(_ watts: Double, shareTolerance: Double = 0) -> RackPlant {
        let shelf = Fixtures.shelf(supply: Fixtures.supply(shareTolerance: shareTolerance))
        let rack = Fixtures.resistorRack(watts: watts, feeds: strongFeed, shelves: [shelf])
        rack.step()
        return rack
    }

    @Test func `the others carry what a pulled supply carried`() {
        let rack = rack(24_000)
        rack.pullSupply(shelf: 0, slot: 2)
        rack.run(seconds: 5)
        #expect(rack.workingSupplies == 5 && rack.supplyIsAbsent(shelf: 0, slot: 2))
        #expect(rack.busIsLive && rack.busVoltage > 50.4)
        #expect(abs(rack.supplyOutputPower(shelf: 0, slot: 1) - 4800) < 1e-6)
        #expect(rack.supplyOutputPower(shelf: 0, slot: 2) == 0 && rack.supplyOutputVoltage(shelf: 0, slot: 2) == 0)
        #expect(rack.supplyInputPower(shelf: 0, slot: 2) == 0)
        #expect(rack.energyCarriedOut == 110)
        // Nobody can pull what is not there.
        rack.pullSupply(shelf: 0, slot: 2)
        #expect(rack.energyCarriedOut == 110)
    }

    @Test func `a supply that is put in charges its capacitor and comes on after the soft start`() throws {
        let rack = rack(24_000)
        rack.failSupply(shelf: 0, slot: 2)
        rack.setSupplySetpoint(shelf: 0, slot: 2, volts: 48)
        rack.pullSupply(shelf: 0, slot: 2)
        rack.run(seconds: 2)
        let before = rack.feedPower(0)
        rack.insertSupply(shelf: 0, slot: 2, shareDeviation: 0)
        rack.step()
        #expect(!rack.supplyIsOn(shelf: 0, slot: 2) && !rack.supplyHasFailed(shelf: 0, slot: 2))
        // 110 J within a tenth of a second.
        #expect(abs(rack.feedPower(0) - before - 1100) < 1e-6)
        let time = try #require(rack.milliseconds(limit: 10_000) { $0.workingSupplies == 6 })
        #expect(abs(time - 3000) <= 2, "\(time) ms")
        rack.run(seconds: 1)
        #expect(rack.bulkVoltage(shelf: 0, slot: 2) == 420)
        #expect(rack.supplySetpoint(shelf: 0, slot: 2) == 51)
        #expect(abs(rack.supplyOutputPower(shelf: 0, slot: 2) - 4000) < 1e-6)
    }

    @Test func `a new specimen has its own place in the tolerance of the share`() {
        let rack = rack(24_000, shareTolerance: 0.05)
        rack.pullSupply(shelf: 0, slot: 0)
        rack.insertSupply(shelf: 0, slot: 0, shareDeviation: 0.99)
        rack.run(seconds: 4)
        let high = rack.supplyOutputPower(shelf: 0, slot: 0)
        rack.pullSupply(shelf: 0, slot: 0)
        rack.insertSupply(shelf: 0, slot: 0, shareDeviation: -0.99)
        rack.run(seconds: 4)
        let low = rack.supplyOutputPower(shelf: 0, slot: 0)
        #expect(high > 1.03 * low && high <= 4000 * 1.05 && low >= 4000 * 0.95, "\(high) W and \(low) W")
    }

    @Test func `an empty place neither announces the loss of the input nor hides it`() {
        let rack = rack(0)
        for slot in 1..<6 { rack.setACLoss(shelf: 0, slot: slot, asserted: true) }
        #expect(!rack.acLossIsAnnounced(shelf: 0))
        rack.pullSupply(shelf: 0, slot: 0)
        #expect(rack.acLossIsAnnounced(shelf: 0))
        for slot in 1..<6 { rack.pullSupply(shelf: 0, slot: slot) }
        #expect(!rack.acLossIsAnnounced(shelf: 0))
    }

    @Test func `a supply that is put in without input waits for it`() throws {
        let rack = rack(0)
        rack.pullSupply(shelf: 0, slot: 0)
        rack.loseFeed(0)
        rack.insertSupply(shelf: 0, slot: 0, shareDeviation: 0)
        rack.run(seconds: 60)
        #expect(rack.workingSupplies == 0)
        rack.restoreFeed(0)
        let time = try #require(rack.milliseconds(limit: 10_000) { $0.workingSupplies == 6 })
        #expect(abs(time - 3000) <= 2)
    }

    @Test func `what is carried out and in stays in the account`() {
        let rack = rack(20_000)
        let stored = rack.energyStored
        rack.run(seconds: 1)
        rack.pullSupply(shelf: 0, slot: 3)
        rack.run(seconds: 1)
        rack.insertSupply(shelf: 0, slot: 3, shareDeviation: 0.5)
        rack.run(seconds: 5)
        let balance =
            rack.energyIn - rack.energyOut - rack.energyLost - rack.energyCarriedOut - (rack.energyStored - stored)
        #expect(abs(balance) < 1e-9 * rack.energyIn)
        #expect(rack.energyStored == stored)
    }
}
