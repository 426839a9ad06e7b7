public import Units

/// The naive law: at every scan cycle each cap is multiplied by budget over power.
///
/// The textbook's feedback on the measured power, with nothing added: no sum of caps that fits the budget, no
/// hysteresis, no slew. It settles while the load stands still. When the load swings, every trough opens the caps, and
/// the peak that follows runs over the budget until the next readings are in; and since it learns of a lost supply from
/// the budget alone, it survives no failure that must be survived without it. The case for the other laws: it is shipped
/// to be seen failing and claims nothing.
@frozen
public struct ProportionalLaw: Sendable {
    @inlinable public init() {}

    @inlinable public func order(_ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>) -> PowerOrder
    {
        // In watts, so that the product with a cap stays far below 64 bits.
        let (budget, power) = (situation.budget.rawValue / 1000, max(1, situation.power.rawValue / 1000))
        for index in trays.indices where trays[index].isControllable {
            let top = max(trays[index].floor, trays[index].ceiling)
            trays[index].wanted = trays[index].cap.scaled(by: budget, over: power).clamped(to: trays[index].floor...top)
        }
        let band: PowerBand = situation.power > situation.budget ? .lower : .raise
        return PowerOrder(band: band, target: situation.budget, capLimit: situation.budget, distribution: .adopt)
    }
}
