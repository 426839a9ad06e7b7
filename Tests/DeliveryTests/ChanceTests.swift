import Delivery
import Testing

/// Orders whose distributions are known in closed form. With 20 000 futures a share is off by less than four standard
/// errors, 4 * sqrt(0.25 / 20 000) = 0.0142.
@Suite struct ChanceTests {
    static let samples = 20_000
    static let tolerance = 0.0142

    /// The distribution function of a triangular lead time.
    static func share(by day: Double, _ low: Double, _ mode: Double, _ high: Double) -> Double {
        if day <= low { return 0 }
        if day >= high { return 1 }
        return day <= mode
            ? (day - low) * (day - low) / ((high - low) * (mode - low))
            : 1 - (high - day) * (high - day) / ((high - low) * (high - mode))
    }

    @Test func `the later of two parts is distributed as the product of both`() {
        let bill = Bills.bill(
            RackOrder(racks: 1),
            Bills.part("a", 1, Bills.source("A", .triangular(earliest: 50, typical: 80, latest: 140))),
            Bills.part("b", 1, Bills.source("B", .triangular(earliest: 60, typical: 70, latest: 160))))
        let rack = Bills.forecast(bill, samples: Self.samples).asItStands.lastRack
        for day in stride(from: 60, through: 160, by: 5) {
            let wanted = Self.share(by: Double(day), 50, 80, 140) * Self.share(by: Double(day), 60, 70, 160)
            #expect(abs(rack.share(by: day) - wanted) < Self.tolerance, "day \(day)")
        }
    }

    @Test func `each of two like parts gates half of the racks`() {
        let spread = LeadTime.triangular(earliest: 0, typical: 1500, latest: 3000)
        let bill = Bills.bill(
            RackOrder(racks: 1), Bills.part("a", 1, Bills.source("A", spread)),
            Bills.part("b", 1, Bills.source("B", spread)))
        let gates = Bills.forecast(bill, samples: Self.samples).asItStands.gates
        #expect(gates.count == 2)
        for gate in gates { #expect(abs(gate.share - 0.5) < Self.tolerance) }
        // |X - Y| of two symmetric triangulars of width w: the mean is 7 w / 30 = 700 days.
        let mean = gates.map { ($0.days.mean ?? 0) * $0.share }.reduce(0, +)
        #expect(abs(mean - 700) < 15)
    }

    @Test func `bought whole from two sources, the sooner counts`() {
        let order = RackOrder(racks: 1, buying: .whole)
        let bill = Bills.bill(
            order,
            Bills.part(
                "part", 1, Bills.source("A", .triangular(earliest: 50, typical: 80, latest: 140)),
                Bills.source("B", .triangular(earliest: 60, typical: 70, latest: 160), item: "other")))
        let forecast = Bills.forecast(bill, samples: Self.samples)
        for day in stride(from: 50, through: 140, by: 5) {
            let late = (1 - Self.share(by: Double(day), 50, 80, 140)) * (1 - Self.share(by: Double(day), 60, 70, 160))
            #expect(abs(forecast.asItStands.lastRack.share(by: day) - (1 - late)) < Self.tolerance, "day \(day)")
        }
        // In no future is it later with a source more, and the first source's futures are the same ones.
        let change = forecast.ways[0].change?.lastRackEarlier
        #expect(change?.latest == 0)
        #expect((change?.earliest ?? 0) < -20)
        #expect(forecast.asItStands.purchases.map(\.leftOver) == [0, 1])
    }

    @Test func `percentiles are the least days by which so many futures are done`() {
        var distribution = DayDistribution()
        for day in 1...10 { distribution.add(day * 10) }
        #expect(
            [1, 10, 11, 50, 90, 91, 100].map { distribution.day(atPercent: $0) } == [10, 10, 20, 50, 90, 100, 100])
        #expect(distribution.share(by: 49) == 0.4)
        distribution.add(-5)
        #expect(distribution.earliest == -5 && distribution.latest == 100)
        #expect(DayDistribution().day(atPercent: 50) == nil)
    }

    @Test func `the same seed gives the same forecast, another one another`() {
        let spread = LeadTime.triangular(earliest: 0, typical: 1000, latest: 3000)
        let bill = Bills.bill(RackOrder(racks: 1), Bills.part("a", 1, Bills.source("A", spread)))
        func mean(seed: UInt64) -> Double? { Bills.forecast(bill, seed: seed, samples: 50).asItStands.lastRack.mean }
        #expect(mean(seed: 3) == mean(seed: 3))
        #expect(mean(seed: 3) != mean(seed: 4))
    }

    @Test func `a part that is added does not disturb the futures of the others`() {
        let spread = LeadTime.triangular(earliest: 100, typical: 1000, latest: 3000)
        let alone = Bills.bill(RackOrder(racks: 1), Bills.part("a", 1, Bills.source("A", spread)))
        let beside = Bills.bill(
            RackOrder(racks: 1),
            Bills.part("z", 1, Bills.source("Z", .triangular(earliest: 1, typical: 5, latest: 99))),
            Bills.part("a", 1, Bills.source("A", spread)))
        let means = [alone, beside].map { Bills.forecast($0, samples: 100).asItStands.lastRack.mean }
        #expect(means[0] == means[1])
    }
}
