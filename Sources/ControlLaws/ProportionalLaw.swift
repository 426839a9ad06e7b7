public import Units

/// The naive law: at every scan cycle each cap is the tray's present power times budget over the rack's present power.
///
/// The textbook's proportional controller, with nothing added: no hysteresis, no memory, no slew. It is exact while
/// the load stands still. When the load swings it gives the caps away in every trough, to whoever drew most at that
/// moment, and every peak finds them high: the case for the other laws.
@frozen
public struct ProportionalLaw: Sendable {
    @inlinable public init() {}

    @inlinable public func order(_ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>) -> PowerOrder
    {
        var fixed = Power.zero
        var drawn = Power.zero
        for index in trays.indices {
            if trays[index].isControllable { drawn += trays[index].power } else { fixed += trays[index].bound }
        }
        let share = max(.zero, situation.budget - fixed)
        for index in trays.indices where trays[index].isControllable {
            let tray = trays[index]
            // In watts, so that the product of two powers stays far below 64 bits.
            let part =
                drawn > .zero
                ? share.scaled(by: tray.power.rawValue / 1000, over: max(1, drawn.rawValue / 1000)) : share
            trays[index].wanted = part.clamped(to: tray.floor...max(tray.floor, tray.ceiling))
        }
        let band: PowerBand = situation.power > situation.budget ? .lower : .raise
        return PowerOrder(band: band, target: situation.budget, capLimit: situation.budget, distribution: .jump)
    }
}
