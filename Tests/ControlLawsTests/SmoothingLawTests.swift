import ControlLaws
import Testing
import Units

@Suite struct SmoothingLawTests {
    private static let units = BackupSituation(charge: .percent(60), energy: .joules(600_000))

    /// Runs the law over a square wave; the boxes of the last `watched` cycles.
    private func boxes(
        _ law: inout SmoothingLaw, period: Int64, seconds: Int64, high: Int64 = 106_000, low: Int64 = 66_000,
        units: BackupSituation = units, watched: Int = 50
    ) -> [BackupOrder] {
        var orders: [BackupOrder] = []
        for cycle in 0..<(seconds * 5) {
            let power = Power.watts(cycle * 200 % period < period * 7 / 10 ? high : low)
            let situation = PowerSituation(power: power, budget: .watts(112_000), elapsed: .milliseconds(200))
            if let order = law.order(situation, units) { orders.append(order) }
        }
        return Array(orders.suffix(watched))
    }

    @Test(arguments: [Int64(1000), 2000, 5000])
    func `the box lies at the mean of a swing and hardly moves with it`(period: Int64) {
        var law = SmoothingLaw(ramp: .watts(10_000))
        let orders = boxes(&law, period: period, seconds: 120)
        let middles = orders.map { ($0.floor + $0.ceiling) / 2 }
        let (least, greatest) = (middles.min() ?? .zero, middles.max() ?? .zero)
        // 70 % of 106 kW and 30 % of 66 kW are 94 kW; a swing of 40 kW leaves less than a fifth of itself.
        #expect(least > .watts(88_000) && greatest < .watts(100_000), "\(least) \(greatest)")
        #expect(greatest - least < .watts(8000), "\(least) \(greatest)")
    }

    @Test func `a charge above the middle of its band lowers the box, one below raises it`() {
        var law = SmoothingLaw(ramp: .watts(10_000))
        _ = boxes(&law, period: 1000, seconds: 60)
        var (full, empty) = (law, law)
        let situation = PowerSituation(power: .watts(94_000), budget: .watts(112_000), elapsed: .milliseconds(200))
        let middle = law.order(situation, Self.units)
        let high = full.order(situation, BackupSituation(charge: .percent(70), energy: .joules(600_000)))
        let low = empty.order(situation, BackupSituation(charge: .percent(50), energy: .joules(600_000)))
        // A tenth of 600 kJ in 20 s.
        #expect(middle.map { $0.floor - (high?.floor ?? .zero) } == .watts(3000))
        #expect(low.map { $0.floor - (middle?.floor ?? .zero) } == .watts(3000))
    }

    @Test func `outside the band the charge is brought back twice as fast`() {
        var law = SmoothingLaw(ramp: .watts(10_000))
        let situation = PowerSituation(power: .watts(80_000), budget: .watts(112_000), elapsed: .milliseconds(200))
        let order = law.order(situation, BackupSituation(charge: .percent(95), energy: .joules(600_000)))
        // 35 % of 600 kJ in 20 s, twice; half a per cent of the mean below.
        #expect(order?.floor == .watts(80_000 - 21_000 - 400))
    }

    @Test func `the box never lies above the budget`() {
        var law = SmoothingLaw(ramp: .watts(10_000))
        let situation = PowerSituation(power: .watts(120_000), budget: .watts(112_000), elapsed: .milliseconds(200))
        let order = law.order(situation, BackupSituation(charge: .percent(10), energy: .joules(600_000)))
        #expect(order?.ceiling == .watts(112_000))
    }

    @Test func `without units there is nothing to order, and the caps are those of the three-band law`() {
        var law = CappingLaw.smooth(SmoothingLaw(ramp: .watts(10_000)))
        let situation = PowerSituation(power: .watts(111_500), budget: .watts(112_000))
        #expect(law.order(situation, BackupSituation(charge: .zero, energy: .zero)) == nil)
        var bands = CappingLaw.threeBand(.typical)
        #expect(bands.order(situation, Self.units) == nil)
        #expect(SmoothingLaw(ramp: .watts(1)).order(situation).band == ThreeBandLaw.typical.order(situation).band)
    }
}
