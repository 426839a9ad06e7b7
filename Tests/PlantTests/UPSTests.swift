import Plant
import Testing

/// The overload times are those of the Staco FirstLine user manual.
@Suite struct UPSTests {
    /// A resistor of `watts` behind a lossless supply, so that the load of the UPS is known.
    private static func rack(_ watts: Double, rated: Double = 20_000, autonomy: Double = 60) -> RackPlant {
        var supply = Fixtures.supply()
        supply.efficiency = [CurvePoint(x: 0, y: 1), CurvePoint(x: 1, y: 1)]
        var feed = Fixtures.feed(Fixtures.breaker(rated: 630))
        feed.ups = UPSConfiguration(
            ratedPower: rated, inverterOverload: UPSConfiguration.typicalInverterOverload,
            bypassOverload: UPSConfiguration.typicalBypassOverload, autonomy: autonomy)
        return Fixtures.resistorRack(watts: watts, feeds: [feed], shelves: [Fixtures.shelf(supply: supply)])
    }

    @Test func `at its rating a UPS runs for ever`() {
        let plant = Self.rack(20_000)
        plant.run(seconds: 300)
        #expect(plant.upsMode(0) == .inverter)
        #expect(plant.upsHeat(0) == 0)
    }

    @Test(arguments: [(20_100.0, 120.0), (22_001.0, 120.0), (25_000.0, 30.0)])
    func `the inverter hands over to the bypass after the time of its table`(watts: Double, seconds: Double) {
        let plant = Self.rack(watts)
        let time = plant.milliseconds(limit: 130_000) { $0.upsMode(0) == .bypass } ?? 0
        #expect(abs(Double(time) / 1000 - seconds) < 0.2, "\(time) ms")
        #expect(plant.drained().contains(.upsBypassed(feed: 0)))
        #expect(plant.feedIsLive(0))
    }

    @Test func `beyond its table the inverter hands over at once, and the bypass gives up after its own time`() {
        let plant = Self.rack(30_000)
        plant.run(milliseconds: 5)
        #expect(plant.upsMode(0) == .bypass)
        let time = plant.milliseconds(limit: 20_000) { $0.upsMode(0) == .off } ?? 0
        #expect(abs(time - 10_000) < 20, "\(time) ms")
        #expect(!plant.feedIsLive(0))
        #expect(plant.drained().contains(.feedLost(feed: 0)))
    }

    @Test func `the bypass bears 125 per cent for two minutes`() {
        // Just above, so that the inverter gives up at once.
        let plant = Self.rack(25_001)
        plant.run(milliseconds: 5)
        #expect(plant.upsMode(0) == .bypass)
        let time = plant.milliseconds(limit: 200_000) { $0.upsMode(0) == .off } ?? 0
        #expect(abs(Double(time) / 1000 - 120) < 0.5, "\(time) ms")
    }

    /// Five cycles of 50 Hz.
    @Test func `the bypass bears seven times its rating for five cycles`() {
        let plant = Self.rack(28_000, rated: 4_000)
        plant.run(milliseconds: 5)
        #expect(plant.upsMode(0) == .bypass)
        let time = plant.milliseconds(limit: 1_000) { $0.upsMode(0) == .off } ?? 0
        #expect(abs(time - 100) <= 6, "\(time) ms")
    }

    @Test func `the load goes back to the inverter ten seconds after the overload is over`() {
        let plant = Self.rack(26_000)
        plant.run(milliseconds: 5)
        #expect(plant.upsMode(0) == .bypass)
        plant.setPower(tray: 0, on: false)
        let time = plant.milliseconds(limit: 11_000) { $0.upsMode(0) == .inverter } ?? 0
        #expect(abs(time - 10_000) < 20, "\(time) ms")
    }

    @Test func `the battery carries the feed for its time and no longer`() {
        let plant = Self.rack(20_000)
        plant.loseFeed(0)
        #expect(plant.upsIsOnBattery(0))
        #expect(plant.feedIsLive(0))
        let time = plant.milliseconds(limit: 70_000) { !$0.feedIsLive(0) } ?? 0
        #expect(abs(time - 60_000) < 20, "\(time) ms")
        plant.restoreFeed(0)
        #expect(plant.feedIsLive(0))
        #expect(plant.upsMode(0) == .inverter)
    }

    @Test func `a utility that returns in time is not noticed behind the UPS, and charges its battery`() {
        let plant = Self.rack(20_000)
        plant.loseFeed(0)
        plant.run(seconds: 30)
        plant.restoreFeed(0)
        #expect(abs(plant.upsCharge(0) - 0.5) < 0.001)
        plant.run(seconds: 60)
        #expect(abs(plant.upsCharge(0) - 0.6) < 0.001)
        #expect(plant.busIsLive)
    }

    @Test func `on the bypass a lost utility is a lost feed`() {
        let plant = Self.rack(26_000)
        plant.run(milliseconds: 5)
        plant.loseFeed(0)
        #expect(!plant.feedIsLive(0))
    }
}
