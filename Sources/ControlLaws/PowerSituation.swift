public import Units

/// What a capping law is told at each scan cycle, beside the trays.
@frozen
public struct PowerSituation: Sendable {
    /// What all trays together count for: readings, or worst cases where there are none.
    public var power: Power
    /// What the rack may draw for ever: the least of the operator's budget, what the supplies carry after any failure
    /// that the redundancy promises to survive, and what the feeds' breakers carry.
    public var budget: Power
    /// The same without the breakers, whose heat takes time, and with the time of the others: the operator's overdraft,
    /// and what the supplies bear until caps are down. Never below `budget`.
    public var supplyLimit: Power
    /// What the breaker with the least room lets the rack draw for ever.
    public var breakerLimit: Power
    /// Since the last scan cycle.
    public var elapsed: Interval

    @inlinable public init(
        power: Power, budget: Power, supplyLimit: Power? = nil, breakerLimit: Power? = nil,
        elapsed: Interval = .milliseconds(100)
    ) {
        self.power = power
        self.budget = budget
        self.supplyLimit = supplyLimit ?? budget
        self.breakerLimit = breakerLimit ?? budget
        self.elapsed = elapsed
    }
}
