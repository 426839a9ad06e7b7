import Plant
import Testing

@Suite struct BreakerTests {
    /// Seconds until the breaker of a feed that carries `multiple` times its rating opens.
    private func timeToTrip(_ curve: TripCurve, multiple: Double, limit: Int) -> Double? {
        let rack = Fixtures.resistorRack(watts: 20_000)
        rack.step()
        let rated = rack.feedCurrent(0) / multiple
        let loaded = Fixtures.resistorRack(
            watts: 20_000, feeds: [Fixtures.feed(Fixtures.breaker(curve, rated: rated))])
        return loaded.milliseconds(limit: limit) { $0.breakerTripped(0) }.map { Double($0) / 1000 }
    }

    @Test func `the very inverse curve is that of IEC 60255`() throws {
        let curve = TripCurve.veryInverse(timeMultiplier: 2)
        #expect(try #require(curve.time(atMultiple: 3)) == 13.5)
        #expect(curve.time(atMultiple: 1) == nil)
    }

    @Test func `the extremely inverse curve is that of IEC 60255`() throws {
        let curve = TripCurve.extremelyInverse(timeMultiplier: 0.5)
        #expect(try #require(curve.time(atMultiple: 3)) == 5)
        #expect(curve.time(atMultiple: 0.9) == nil)
    }

    @Test func `a table is read along straight lines and holds beyond its end`() throws {
        let curve = TripCurve.table([CurvePoint(x: 1.2, y: 100), CurvePoint(x: 2, y: 20)])
        #expect(curve.time(atMultiple: 1.1) == nil)
        #expect(abs(try #require(curve.time(atMultiple: 1.6)) - 60) < 1e-9)
        #expect(try #require(curve.time(atMultiple: 4)) == 20)
    }

    @Test(arguments: [1.2, 1.5, 2, 3])
    func `the plant trips on the fast edge of the very inverse curve`(multiple: Double) throws {
        let time = try #require(timeToTrip(.veryInverse(timeMultiplier: 0.1), multiple: multiple, limit: 10_000))
        #expect(abs(time - 0.8 * 0.1 * 13.5 / (multiple - 1)) < 0.0015)
    }

    @Test(arguments: [1.2, 1.5, 2, 3])
    func `the plant trips on the fast edge of the extremely inverse curve`(multiple: Double) throws {
        let time = try #require(timeToTrip(.extremelyInverse(timeMultiplier: 0.05), multiple: multiple, limit: 10_000))
        #expect(abs(time - 0.8 * 0.05 * 80 / (multiple * multiple - 1)) < 0.0015)
    }

    @Test func `the plant trips on the fast edge of a table`() throws {
        let table = TripCurve.table([CurvePoint(x: 1.2, y: 10), CurvePoint(x: 2, y: 2)])
        #expect(abs(try #require(timeToTrip(table, multiple: 1.6, limit: 10_000)) - 0.8 * 6) < 0.0015)
    }

    @Test func `a current below the pick-up never trips`() {
        #expect(timeToTrip(.veryInverse(timeMultiplier: 0.001), multiple: 1.04, limit: 5000) == nil)
    }

    @Test func `the magnetic trip opens after ten milliseconds whatever the curve`() throws {
        let slow = TripCurve.veryInverse(timeMultiplier: 1000)
        #expect(try #require(timeToTrip(slow, multiple: 5.1, limit: 100)) == 0.010)
        #expect(timeToTrip(slow, multiple: 4.9, limit: 100) == nil)
    }

    @Test func `heat decays with the cooling time once the current is gone`() {
        let rack = Fixtures.resistorRack(
            watts: 20_000, feeds: [Fixtures.feed(Fixtures.breaker(.veryInverse(timeMultiplier: 1), rated: 15))])
        rack.run(milliseconds: 2000)
        let heat = rack.breakerHeat(0)
        #expect(heat > 0.1 && heat < 1)
        rack.setPower(tray: 0, on: false)
        rack.run(seconds: 300)
        #expect(abs(rack.breakerHeat(0) / heat - 0.36788) < 0.001)
    }

    @Test func `a trip takes the feed away until it is reset`() throws {
        let rack = Fixtures.resistorRack(
            watts: 20_000,
            feeds: [Fixtures.feed(Fixtures.breaker(.veryInverse(timeMultiplier: 0.01), rated: 15))])
        _ = try #require(rack.milliseconds(limit: 1000) { $0.breakerTripped(0) })
        #expect(rack.drained().first == .breakerTripped(feed: 0))
        #expect(!rack.feedIsLive(0))
        rack.run(milliseconds: 500)
        #expect(rack.workingSupplies == 0)
        #expect(rack.feedPower(0) == 0)
        rack.resetBreaker(0)
        rack.run(milliseconds: 3100)
        #expect(rack.workingSupplies == 6)
    }
}
