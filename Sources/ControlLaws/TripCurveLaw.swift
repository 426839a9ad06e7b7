public import Units

/// Spends a breaker's thermal headroom knowingly, and pays it back.
///
/// A breaker carries more than its rated current for a while: its curve says how long (IEC 60255-151). Where the
/// breaker, not the supplies, is what binds, bursts may go through it uncapped: power may rise as far as leaves the
/// heat under `spend` for the next `horizon`. So the allowance shrinks smoothly as the heat comes up; once `nearlyAll`
/// of it is used, the budget falls to `repay` of what the breaker carries for ever until the heat is back at `rested`.
/// What the operator asked for and what the supplies carry is never exceeded. The bands around the budget are those of
/// the three-band law.
@frozen
public struct TripCurveLaw: Sendable {
    public var bands: ThreeBandLaw
    /// How much of the trip heat may be used. At 500 per mille, 20 % remain for caps that come late before the 30 %
    /// that are never to be touched. Arbitrary within that.
    public var spend: PerMille
    /// Below this the overdraft is open again.
    public var rested: PerMille
    /// What of the breaker's lasting limit is used while the heat is paid back: with the band's 99 % just below the
    /// estimate's pick-up.
    public var repay: PerMille
    /// For so long the present allowance must last: long enough for caps to take hold several times over.
    public var horizon: Interval
    /// Multiples above this are left to the curve's tolerance and the magnetic trip. Arbitrary.
    public var most: PerMille
    public private(set) var isRepaying = false

    /// The allowance approaches `spend` ever more slowly; from this share of it on the heat is paid back. Arbitrary.
    @inlinable static var nearlyAll: PerMille { .percent(90) }

    @inlinable public init(
        bands: ThreeBandLaw = .typical, spend: PerMille = .percent(50), rested: PerMille = .percent(20),
        repay: PerMille = .percent(98), horizon: Interval = .seconds(10), most: PerMille = .perMille(1400)
    ) {
        self.bands = bands
        self.spend = spend
        self.rested = rested
        self.repay = repay
        self.horizon = horizon
        self.most = most
    }

    public mutating func order(_ situation: PowerSituation, breaker: BreakerEstimate?) -> PowerOrder {
        bands.order(situation, within: budget(situation, breaker: breaker))
    }

    /// What may be drawn now.
    mutating func budget(_ situation: PowerSituation, breaker: BreakerEstimate?) -> Power {
        guard let breaker, situation.supplyLimit > situation.budget else {
            isRepaying = false
            return situation.budget
        }
        if breaker.share >= spend.scaled(by: Self.nearlyAll) { isRepaying = true }
        if breaker.share <= rested { isRepaying = false }
        if isRepaying { return min(situation.supplyLimit, situation.breakerLimit.scaled(by: repay)) }
        let multiple = breaker.allowedMultiple(for: horizon, limit: spend, most: most)
        return min(situation.supplyLimit, situation.breakerLimit.scaled(by: multiple))
    }
}
