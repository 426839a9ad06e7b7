public import Units

/// How a cut or a gift is shared out among trays.
///
/// Priority groups as in Dynamo (ISCA 2016, section III): cuts empty the lowest group down to its floors before they
/// touch the next; gifts fill the highest group first. Inside a group the share is proportional: cuts to the power
/// above the floor, gifts to the room below the ceiling. Dynamo cuts the highest consumers of a group first; the
/// proportional rule is preferred here since ranks do not swap from one period to the next, so caps do not either.
///
/// Every function costs (number of priority groups + 1) passes over the buffer, never allocates, and shares out
/// exactly: parts are differences of a running product, so no milliwatt is lost to rounding. Products fit 64 bits for
/// racks below 3 MW.
public enum CapAllocation {
    /// What can be taken from a tray.
    @usableFromInline
    enum Source {
        /// Power that it draws above its floor.
        case drawnPower
        /// Cap that it does not use at this moment.
        case idleCap
        /// Cap above what it has lately wanted.
        case slackCap
        /// Cap above its floor, used or not.
        case cap
    }

    /// What all trays together may draw once every asked cap is in force.
    @inlinable public static func totalClaim(of trays: borrowing MutableSpan<TrayAllocation>) -> Power {
        var sum = Power.zero
        for index in trays.indices { sum += trays[index].claim }
        return sum
    }

    /// All caps as they are asked for, whether or not anybody hears of them.
    @inlinable public static func totalCap(of trays: borrowing MutableSpan<TrayAllocation>) -> Power {
        var sum = Power.zero
        for index in trays.indices { sum += trays[index].cap }
        return sum
    }

    /// What all trays together may draw by the limits that may be in force now.
    @inlinable public static func totalBound(of trays: borrowing MutableSpan<TrayAllocation>) -> Power {
        var sum = Power.zero
        for index in trays.indices { sum += trays[index].bound }
        return sum
    }

    @inlinable public static func totalPower(of trays: borrowing MutableSpan<TrayAllocation>) -> Power {
        var sum = Power.zero
        for index in trays.indices { sum += trays[index].power }
        return sum
    }

    /// Lowers caps so that the power drawn falls by `amount`; the rest that floors forbid is returned.
    @inlinable
    public static func cut(_ amount: Power, from trays: inout MutableSpan<TrayAllocation>) -> Power {
        take(amount, of: .drawnPower, from: &trays, below: .max)
    }

    /// Lowers caps until they and what cannot be capped fit the budget; what does not fit even at the floors is
    /// returned. Idle cap goes first, whatever its priority, since taking it costs no work.
    @inlinable
    public static func fit(_ trays: inout MutableSpan<TrayAllocation>, within budget: Power) -> Power {
        let excess = totalClaim(of: trays) - budget
        guard excess > .zero else { return .zero }
        let rest = take(excess, of: .idleCap, from: &trays, below: .max)
        return take(rest, of: .cap, from: &trays, below: .max)
    }

    @inlinable
    static func available(_ source: Source, in tray: TrayAllocation) -> Power {
        guard tray.isControllable else { return .zero }
        let kept: Power
        switch source {
        case .drawnPower:
            return tray.obeys ? max(.zero, min(tray.power, tray.cap) - tray.floor) : .zero
        case .idleCap: kept = max(tray.floor, tray.power)
        case .slackCap:
            if tray.isHungry { return .zero }
            kept = max(tray.floor, tray.demand)
        case .cap: kept = tray.floor
        }
        return max(.zero, tray.cap - kept)
    }

    /// Takes up to `amount` from the trays with a priority below `limit`, lowest group first; returns the rest.
    @inlinable
    static func take(
        _ amount: Power, of source: Source, from trays: inout MutableSpan<TrayAllocation>, below limit: Int32
    ) -> Power {
        var remaining = amount
        var group = nextGroup(in: trays, above: nil)
        while remaining > .zero, let priority = group, priority < limit {
            var pool = Power.zero
            for index in trays.indices where trays[index].priority == priority {
                pool += available(source, in: trays[index])
            }
            if pool > .zero {
                let part = min(pool, remaining)
                var passed = Power.zero
                for index in trays.indices where trays[index].priority == priority {
                    let own = available(source, in: trays[index])
                    let before = passed.scaled(by: part.rawValue, over: pool.rawValue)
                    passed += own
                    let share = passed.scaled(by: part.rawValue, over: pool.rawValue) - before
                    if share == .zero { continue }
                    let base = source == .drawnPower ? min(trays[index].power, trays[index].cap) : trays[index].cap
                    trays[index].cap = base - share
                }
                remaining -= part
            }
            group = nextGroup(in: trays, above: priority)
        }
        return remaining
    }

    /// The lowest priority above a given one, or the lowest of all.
    @inlinable
    static func nextGroup(in trays: borrowing MutableSpan<TrayAllocation>, above priority: Int32?) -> Int32? {
        var found: Int32?
        for index in trays.indices {
            let candidate = trays[index].priority
            if let priority, candidate <= priority { continue }
            if let best = found, best <= candidate { continue }
            found = candidate
        }
        return found
    }

    /// The highest priority below a given one, or the highest of all.
    @inlinable
    static func previousGroup(in trays: borrowing MutableSpan<TrayAllocation>, below priority: Int32?) -> Int32? {
        var found: Int32?
        for index in trays.indices {
            let candidate = trays[index].priority
            if let priority, candidate >= priority { continue }
            if let best = found, best >= candidate { continue }
            found = candidate
        }
        return found
    }
}
