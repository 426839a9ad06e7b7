public import Units

/// What a supply bears above its rating, and for how long, by its plate.
@frozen
public struct SupplyPeak: Sendable {
    public var power: Power
    public var time: Interval

    /// How much of the peak time is counted on: the other half is for what comes late. Arbitrary.
    @usableFromInline static var share: PerMille { .percent(50) }

    @inlinable public init(power: Power, time: Interval) {
        self.power = power
        self.time = time
    }

    /// Power above `rating` that it bears for `reaction`: the shorter, the more, by the product of excess and time.
    @inlinable public func excess(over rating: Power, for reaction: Interval) -> Power {
        let whole = max(.zero, power - rating)
        let counted = time.milliseconds * Self.share.rawValue / 1000
        return min(whole, whole.scaled(by: counted, over: max(1, reaction.milliseconds)))
    }
}
