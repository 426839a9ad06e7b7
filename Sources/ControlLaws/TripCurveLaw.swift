public import Units

/// Spends the time that limits have, knowingly, and pays it back.
///
/// A breaker carries more than its rated current for a while: its curve says how long (IEC 60255-151). Supplies bear a
/// peak for some seconds, so the spare may be used as long as caps come down, or devices that hear nothing fall back,
/// before the peak time of those that are left is over. An operator may agree to an overdraft. So power may rise as far
/// as leaves the heat under `spend` for the next `horizon`, and no further than what supplies and operator bear. The
/// allowance shrinks smoothly as the heat comes up; once `nearlyAll` of it is used, the budget falls to what the breaker
/// carries for ever until the heat is back at `rested`.
///
/// What the devices fall back to fits the budget that holds for ever: that is what makes the rest safe. Within the
/// allowance the caps are poured as the water-filling law does.
@frozen
public struct TripCurveLaw: Sendable {
    public var filling: WaterFillingLaw
    /// How much of the trip heat may be used. At 500 per mille, 20 % remain for caps that come late before the 30 %
    /// that are never to be touched. Arbitrary within that.
    public var spend: PerMille
    /// Below this the overdraft is open again.
    public var rested: PerMille
    /// For so long the present allowance must last: long enough for caps to take hold several times over.
    public var horizon: Interval
    /// Multiples above this are left to the curve's tolerance and the magnetic trip. Arbitrary.
    public var most: PerMille
    public private(set) var isRepaying = false

    /// The allowance approaches `spend` ever more slowly; from this share of it on the heat is paid back. Arbitrary.
    @inlinable static var nearlyAll: PerMille { .percent(90) }

    @inlinable public init(
        filling: WaterFillingLaw = WaterFillingLaw(), spend: PerMille = .percent(50), rested: PerMille = .percent(20),
        horizon: Interval = .seconds(10), most: PerMille = .perMille(1400)
    ) {
        self.filling = filling
        self.spend = spend
        self.rested = rested
        self.horizon = horizon
        self.most = most
    }

    public mutating func order(
        _ situation: PowerSituation, breaker: BreakerEstimate?, _ trays: inout MutableSpan<TrayAllocation>
    ) -> PowerOrder {
        var allowed = situation
        allowed.budget = budget(situation, breaker: breaker)
        return filling.order(allowed, &trays)
    }

    /// What may be drawn now.
    mutating func budget(_ situation: PowerSituation, breaker: BreakerEstimate?) -> Power {
        guard let breaker, situation.breakerLimit < situation.supplyLimit else {
            isRepaying = false
            return min(situation.supplyLimit, situation.breakerLimit)
        }
        if breaker.share >= spend.scaled(by: Self.nearlyAll) { isRepaying = true }
        if breaker.share <= rested { isRepaying = false }
        if isRepaying { return situation.breakerLimit }
        let multiple = breaker.allowedMultiple(for: horizon, limit: spend, most: min(most, breaker.most))
        return min(situation.supplyLimit, situation.breakerLimit.scaled(by: multiple))
    }
}
