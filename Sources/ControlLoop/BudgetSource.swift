internal import Synchronization
public import Units

/// Where the control thread looks for its budget in every cycle: it must not wait there, nor allocate.
public protocol BudgetSource: AnyObject, Sendable {
    /// The last budget that is known.
    var current: Power { get }
    /// From here on (CLOCK_MONOTONIC) the budget counts as lost.
    var expiresAt: Instant { get }
    /// The most that may be drawn while it is lost; `nil` for the last one known.
    var fallback: Power? { get }
}

/// A budget that somebody in this process says, and that is never lost.
public final class SpokenBudget: BudgetSource {
    private let milliwatts: Atomic<Int64>

    public init(_ budget: Power) { milliwatts = Atomic(budget.milliwatts) }

    public var current: Power { .milliwatts(milliwatts.load(ordering: .relaxed)) }
    public var expiresAt: Instant { .never }
    public var fallback: Power? { nil }

    /// Holds from the next cycle on.
    public func say(_ budget: Power) { milliwatts.store(budget.milliwatts, ordering: .relaxed) }
}
