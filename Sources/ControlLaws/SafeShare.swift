public import Units

/// The caps that a rack keeps when nobody decides: every tray's own share of the budget.
///
/// They are what a device falls back to when its comms watchdog expires, so together they must fit the budget:
/// proactive caps as Thunderbolt (OSDI 2020) falls back to when telemetry is lost. Each tray gets its floor, and of
/// what is left a part in proportion to its room between floor and ceiling. What cannot be capped counts in full.
public enum SafeShare {
    /// Sets every controllable tray's `wanted` to its share. False when even the floors do not fit; then all get floors.
    @inlinable @discardableResult
    public static func divide(_ budget: Power, among trays: inout MutableSpan<TrayAllocation>) -> Bool {
        var spare = budget
        var pool = Power.zero
        for index in trays.indices {
            guard trays[index].isControllable else {
                spare -= trays[index].bound
                continue
            }
            spare -= trays[index].floor
            pool += max(.zero, trays[index].ceiling - trays[index].floor)
        }
        let part = max(.zero, min(spare, pool))
        var passed = Power.zero
        for index in trays.indices where trays[index].isControllable {
            let before = pool == .zero ? .zero : passed.scaled(by: part.rawValue, over: pool.rawValue)
            passed += max(.zero, trays[index].ceiling - trays[index].floor)
            let after = pool == .zero ? .zero : passed.scaled(by: part.rawValue, over: pool.rawValue)
            trays[index].wanted = trays[index].floor + (after - before)
        }
        return spare >= .zero
    }
}
