public import Units

/// By how much the operator lets the rack exceed its budget for a while: an energy, paid back by drawing less, and a
/// power that is never exceeded.
public struct Overdraft: Sendable {
    public var energy: Energy
    /// Above the budget of the scenario.
    public var to: Power

    public init(energy: Energy, to: Power) {
        self.energy = energy
        self.to = to
    }
}
