public import Units

/// Raising: slowly, and only into room that is already free.
///
/// "Cap first, uncap slowly" as in Dynamo (ISCA 2016) and, for the rate-limited release, Thunderbolt (OSDI 2020). Room
/// is counted against `bound`, not `cap`: what one tray was asked to give up is given to another only after the first
/// one's limit is known to be down.
extension CapAllocation {
    /// Raises caps by at most `amount` in all, into the room that the budget leaves; returns what was given.
    ///
    /// Trays that their caps hold back come first, by priority; then the others, so that a burst finds room. With
    /// `hungryAbove`, only held-back trays with a priority above it are raised.
    @inlinable
    public static func raise(
        _ trays: inout MutableSpan<TrayAllocation>, by amount: Power, within budget: Power, hungryAbove: Int32? = nil
    ) -> Power {
        let room = max(.zero, min(amount, budget - totalBound(of: trays)))
        var remaining = give(room, to: &trays, hungry: true, above: hungryAbove)
        if hungryAbove == nil { remaining = give(remaining, to: &trays, hungry: false, above: nil) }
        return room - remaining
    }

    /// Lowers caps to make room for trays that their caps hold back; returns what was taken, at most `amount`.
    ///
    /// Slack of trays that have not lately wanted their cap goes first (unless `lowerPriorityOnly`), then the cap of
    /// trays with a lower priority than the highest one held back, down to their floors.
    @inlinable
    public static func reclaim(
        _ amount: Power, from trays: inout MutableSpan<TrayAllocation>, within budget: Power, lowerPriorityOnly: Bool
    ) -> Power {
        var wanted = Power.zero
        var highest = Int32.min
        for index in trays.indices where trays[index].isControllable && trays[index].isHungry {
            let room = trays[index].ceiling - trays[index].cap
            if room <= .zero { continue }
            wanted += room
            highest = max(highest, trays[index].priority)
        }
        let free = max(.zero, budget - totalClaim(of: trays))
        let need = min(wanted, amount) - free
        guard need > .zero else { return .zero }
        var rest = need
        if !lowerPriorityOnly { rest = take(rest, of: .slackCap, from: &trays, below: .max) }
        rest = take(rest, of: .cap, from: &trays, below: highest)
        return need - rest
    }

    /// Takes cap from trays that have more than their equals, for the others to be given; returns what was taken, at
    /// most `amount`.
    ///
    /// Equals are trays of one priority that their caps hold back. A cut takes from whoever draws at that moment, so it
    /// leaves them with unequal caps, and inside the band nothing else would ever even them out. The measure is the
    /// share of the span from floor to ceiling; differences below `levelTolerance` of it are left alone.
    @inlinable
    public static func level(_ trays: inout MutableSpan<TrayAllocation>, by amount: Power) -> Power {
        var remaining = amount
        var group = nextGroup(in: trays, above: nil)
        while remaining > .zero, let priority = group {
            var span = Power.zero
            var used = Power.zero
            for index in trays.indices where isEqual(trays[index], priority) {
                span += trays[index].ceiling - trays[index].floor
                used += trays[index].cap - trays[index].floor
            }
            for index in trays.indices where span > .zero && isEqual(trays[index], priority) {
                let own = trays[index].ceiling - trays[index].floor
                let fair = trays[index].floor + own.scaled(by: used.rawValue, over: span.rawValue)
                let excess = trays[index].cap - fair
                if excess <= own.scaled(by: levelTolerance) { continue }
                let taken = min(excess, remaining)
                trays[index].cap -= taken
                remaining -= taken
            }
            group = nextGroup(in: trays, above: priority)
        }
        return amount - remaining
    }

    /// Arbitrary: what rounding, noise and the last burst leave is not worth writes.
    @usableFromInline static var levelTolerance: PerMille { .percent(3) }

    @inlinable
    static func isEqual(_ tray: TrayAllocation, _ priority: Int32) -> Bool {
        tray.priority == priority && tray.isControllable && tray.isHungry && tray.obeys && tray.ceiling > tray.floor
            && tray.cap >= tray.floor
    }

    /// The lowest priority of a tray that has cap above its floor, so that a higher one can be served before it.
    @inlinable
    public static func lowestServedPriority(in trays: borrowing MutableSpan<TrayAllocation>) -> Int32? {
        var found: Int32?
        for index in trays.indices where trays[index].isControllable && trays[index].cap > trays[index].floor {
            if let best = found, best <= trays[index].priority { continue }
            found = trays[index].priority
        }
        return found
    }

    @inlinable
    static func room(in tray: TrayAllocation, hungry: Bool) -> Power {
        guard tray.isControllable, tray.isHungry == hungry else { return .zero }
        return max(.zero, tray.ceiling - tray.cap)
    }

    /// Gives up to `amount`, highest group first, down to the groups above `limit`; returns the rest.
    @inlinable
    static func give(
        _ amount: Power, to trays: inout MutableSpan<TrayAllocation>, hungry: Bool, above limit: Int32?
    ) -> Power {
        var remaining = amount
        var group = previousGroup(in: trays, below: nil)
        while remaining > .zero, let priority = group {
            if let limit, priority <= limit { break }
            var pool = Power.zero
            for index in trays.indices where trays[index].priority == priority {
                pool += room(in: trays[index], hungry: hungry)
            }
            if pool > .zero {
                let part = min(pool, remaining)
                var passed = Power.zero
                for index in trays.indices where trays[index].priority == priority {
                    let own = room(in: trays[index], hungry: hungry)
                    let before = passed.scaled(by: part.rawValue, over: pool.rawValue)
                    passed += own
                    let share = passed.scaled(by: part.rawValue, over: pool.rawValue) - before
                    trays[index].cap += share
                    trays[index].bound = max(trays[index].bound, trays[index].cap)
                }
                remaining -= part
            }
            group = previousGroup(in: trays, below: priority)
        }
        return remaining
    }
}
