public import Units

/// What a look at a budget file found.
public enum BudgetLook: Hashable, Sendable {
    case unreadable(reason: String)
    /// It can be read, but is no power.
    case malformed(content: String)
    /// `changed` is the file's time of modification in nanoseconds, `age` how long ago that is by the time of day.
    case budget(Power, changed: Int64, age: Interval)
}

/// Keeps a budget for as long as its source refreshes it.
///
/// A refresh is a file that was written anew and says a power. The age by the time of day counts at the first look
/// only; afterwards it is the change itself, noticed by a clock that nobody sets, so that a jump of the time of day
/// neither prolongs a lease nor ends one.
struct BudgetLease {
    let lease: Interval
    private(set) var budget: Power?
    /// From here on the budget counts as lost.
    private(set) var expiresAt = Instant.start
    private var lastChange: Int64?
    private var isTroubled = false

    init(_ lease: Interval) { self.lease = lease }

    /// True when the trouble is new and worth a word.
    mutating func note(_ look: BudgetLook, at now: Instant) -> Bool {
        guard case .budget(let power, let changed, let age) = look else {
            let isNew = !isTroubled
            isTroubled = true
            return isNew
        }
        isTroubled = false
        guard changed != lastChange else { return false }
        expiresAt = lastChange == nil ? now - max(.zero, age) + lease : now + lease
        lastChange = changed
        budget = power
        return false
    }
}
