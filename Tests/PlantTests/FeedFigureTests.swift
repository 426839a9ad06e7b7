import Plant
import Testing

/// Line currents and breakers against published points.
@Suite struct FeedFigureTests {
    /// I = P / (root of three times U times the power factor) of 132 kW at 415 V, 33 kW at 480 V and 18 kW at 400 V.
    @Test(arguments: [(132_000.0, 415.0, 0.99, 185.0), (33_000, 480, 0.99, 40), (18_000, 400, 1, 26)])
    func `a three-phase feed has the current of its power`(
        watts: Double, volts: Double, factor: Double, amperes: Double
    ) {
        var supply = Fixtures.supply()
        supply.efficiency = [CurvePoint(x: 0, y: 1), CurvePoint(x: 1, y: 1)]
        supply.ratedPower = 33_000
        supply.peakPower = 50_000
        var feed = Fixtures.feed(Fixtures.breaker(rated: 1000))
        (feed.lineVoltage, feed.powerFactor) = (volts, factor)
        let rack = Fixtures.resistorRack(watts: watts, feeds: [feed], shelves: [Fixtures.shelf(supply: supply)])
        rack.step()
        #expect(abs(rack.feedCurrent(0) - amperes) < 0.7, "\(rack.feedCurrent(0)) A")
    }

    /// A breaker's points after IEC 60947-2 (as a maker's table of a 125 A miniature breaker gives them): none below
    /// 1.05 times the rating, a trip within an hour at 1.30, within a second to a minute at 2. Curves of a relay
    /// with a time multiplier of 1 lie within these; so does a table that names them.
    @Test(arguments: [
        TripCurve.veryInverse(timeMultiplier: 1), .extremelyInverse(timeMultiplier: 1),
        .table([CurvePoint(x: 1.3, y: 1800), CurvePoint(x: 2, y: 30), CurvePoint(x: 5, y: 2)]),
    ])
    func `a thermal trip keeps to the conventional currents`(curve: TripCurve) throws {
        let atThirty = try #require(curve.time(atMultiple: 1.3))
        #expect(atThirty > 1 && atThirty < 3600)
        let atTwo = try #require(curve.time(atMultiple: 2))
        #expect((1...60).contains(atTwo))
        let rack = loaded(curve, magnetic: 7, multiple: 1.049)
        rack.run(seconds: 30)
        #expect(rack.breakerHeat(0) == 0)
    }

    /// Instantaneous trips after IEC 60898: B at 3 to 5 times the rating, C at 5 to 10, D at 10 to 20; the maker's
    /// breaker holds 8 and opens within 0.2 s at 12.
    @Test(arguments: [(4.0, 3.0, 5.0), (7, 5, 10), (15, 10, 20), (10, 8, 12)])
    func `a magnetic trip holds the lower end of its band and opens at the upper`(
        magnetic: Double, lower: Double, upper: Double
    ) throws {
        let slow = TripCurve.veryInverse(timeMultiplier: 1000)
        let held = loaded(slow, magnetic: magnetic, multiple: lower)
        held.run(milliseconds: 200)
        #expect(!held.breakerTripped(0))
        let opened = loaded(slow, magnetic: magnetic, multiple: upper)
        let time = try #require(opened.milliseconds(limit: 200) { $0.breakerTripped(0) })
        #expect(time <= 20, "\(time) ms")
    }

    /// IEC 60255's constants, as the manuals of Siemens 7SJ62 and DEIF PPM-300 print them: 13.5 over M - 1, 80 over the
    /// square less 1.
    @Test(arguments: [(1.5, 27.0, 64.0), (2, 13.5, 26.667), (5, 3.375, 3.333), (10, 1.5, 0.808)])
    func `the two inverse curves have their published times`(multiple: Double, very: Double, extremely: Double) throws {
        let first = try #require(TripCurve.veryInverse(timeMultiplier: 1).time(atMultiple: multiple))
        let second = try #require(TripCurve.extremelyInverse(timeMultiplier: 1).time(atMultiple: multiple))
        #expect(abs(first / very - 1) < 0.001 && abs(second / extremely - 1) < 0.001)
    }

    /// A rack whose feed carries so many times the rating of its breaker.
    private func loaded(_ curve: TripCurve, magnetic: Double, multiple: Double) -> RackPlant {
        let probe = Fixtures.resistorRack(watts: 20_000)
        probe.step()
        var breaker = Fixtures.breaker(curve, rated: probe.feedCurrent(0) / multiple)
        breaker.magneticMultiple = magnetic
        return Fixtures.resistorRack(watts: 20_000, feeds: [Fixtures.feed(breaker)])
    }
}
