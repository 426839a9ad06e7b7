public import Units

/// Priorities first, and equals equally: what the budget holds is poured over the trays' demands.
///
/// Every tray has its floor. What is left goes to the group of the highest priority until its demands are met, then to
/// the next; the group for which it does not suffice is filled to one level, so that the smallest demands are met in
/// full and the others get the same (max-min fairness: D. Bertsekas, R. Gallager, "Data Networks", 2nd ed., section
/// 6.5.2). Global priorities over a budget per feed as in CapMaestro (HPCA 2019). What is left when all demands are met
/// lies above them as room for bursts.
///
/// A tray that its cap holds back demands its ceiling, since what it would draw cannot be seen.
@frozen
public struct WaterFillingLaw: Sendable {
    /// Share of the budget that caps may add up to.
    public var capShare: PerMille

    @inlinable public init(capShare: PerMille = .perMille(990)) { self.capShare = capShare }

    @inlinable public func order(_ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>) -> PowerOrder
    {
        let limit = situation.budget.scaled(by: capShare)
        Self.pour(limit, over: &trays)
        let band: PowerBand = situation.power > limit ? .lower : .hold
        return PowerOrder(band: band, target: limit, capLimit: limit, distribution: .approach)
    }

    /// Sets every tray's `wanted`. Costs a bounded number of passes over the buffer for each priority group.
    @inlinable
    static func pour(_ budget: Power, over trays: inout MutableSpan<TrayAllocation>) {
        var left = budget
        for index in trays.indices {
            if trays[index].isControllable {
                trays[index].wanted = trays[index].floor
                left -= trays[index].floor
            } else {
                left -= trays[index].bound
            }
        }
        var group = CapAllocation.previousGroup(in: trays, below: nil)
        while left > .zero, let priority = group {
            left -= fill(left, priority, &trays, toCeiling: false)
            group = CapAllocation.previousGroup(in: trays, below: priority)
        }
        group = CapAllocation.previousGroup(in: trays, below: nil)
        while left > .zero, let priority = group {
            left -= fill(left, priority, &trays, toCeiling: true)
            group = CapAllocation.previousGroup(in: trays, below: priority)
        }
    }

    /// Raises `wanted` of a group to one level, at most to each tray's demand or ceiling; returns what that took.
    @inlinable
    static func fill(
        _ amount: Power, _ priority: Int32, _ trays: inout MutableSpan<TrayAllocation>, toCeiling: Bool
    ) -> Power {
        var low = Power.zero
        var high = Power.zero
        for index in trays.indices where takes(trays[index], priority) {
            high = max(high, goal(of: trays[index], toCeiling: toCeiling))
        }
        // The cost of a level rises with it; halving a range of megawatts to a milliwatt takes about thirty turns.
        while high - low > .milliwatts(1) {
            let middle = (low + high) / 2
            if cost(ofLevel: middle, priority, trays, toCeiling: toCeiling) <= amount {
                low = middle
            } else {
                high = middle
            }
        }
        let level = cost(ofLevel: high, priority, trays, toCeiling: toCeiling) <= amount ? high : low
        var taken = Power.zero
        for index in trays.indices where takes(trays[index], priority) {
            let next = max(trays[index].wanted, min(level, goal(of: trays[index], toCeiling: toCeiling)))
            taken += next - trays[index].wanted
            trays[index].wanted = next
        }
        return taken
    }

    @inlinable
    static func cost(
        ofLevel level: Power, _ priority: Int32, _ trays: borrowing MutableSpan<TrayAllocation>, toCeiling: Bool
    ) -> Power {
        var sum = Power.zero
        for index in trays.indices where takes(trays[index], priority) {
            sum += max(.zero, min(level, goal(of: trays[index], toCeiling: toCeiling)) - trays[index].wanted)
        }
        return sum
    }

    @inlinable static func takes(_ tray: TrayAllocation, _ priority: Int32) -> Bool {
        tray.isControllable && tray.priority == priority
    }

    @inlinable static func goal(of tray: TrayAllocation, toCeiling: Bool) -> Power {
        let top = max(tray.floor, tray.ceiling)
        return toCeiling || tray.isHungry ? top : tray.demand.clamped(to: tray.floor...top)
    }
}
