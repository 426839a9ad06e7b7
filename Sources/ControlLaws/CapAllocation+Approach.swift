public import Units

/// Bringing the caps to what a law wants of each.
extension CapAllocation {
    /// Lowers at once every cap above its `wanted`; raises the others by at most `amount` in all, into the room that
    /// the budget leaves now. Returns what was given.
    ///
    /// Room is counted against `bound`: what one tray was asked to give up is given to another only after the first
    /// one's limit is known to be down.
    @inlinable @discardableResult
    public static func approach(
        _ trays: inout MutableSpan<TrayAllocation>, by amount: Power, within budget: Power
    ) -> Power {
        var missing = Power.zero
        for index in trays.indices where trays[index].isControllable {
            trays[index].cap = min(trays[index].cap, trays[index].wanted)
            missing += trays[index].wanted - trays[index].cap
        }
        let part = max(.zero, min(missing, min(amount, budget - totalBound(of: trays))))
        guard part > .zero else { return .zero }
        var passed = Power.zero
        for index in trays.indices where trays[index].isControllable {
            let own = trays[index].wanted - trays[index].cap
            let before = passed.scaled(by: part.rawValue, over: missing.rawValue)
            passed += own
            trays[index].cap += passed.scaled(by: part.rawValue, over: missing.rawValue) - before
            trays[index].bound = max(trays[index].bound, trays[index].cap)
        }
        return part
    }
}
