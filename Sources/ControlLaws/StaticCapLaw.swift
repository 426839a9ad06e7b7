public import Units

/// Every tray keeps its share of the budget, whatever the others do with theirs.
///
/// What a rack does without a controller that listens: the sum of all caps fits the budget, so nothing can trip, and
/// what one tray leaves unused no other gets. The yardstick for the work that the other laws save. Shares as in
/// `SafeShare`: floors first, the rest in proportion to the room above them.
@frozen
public struct StaticCapLaw: Sendable {
    /// Kept free for trays that draw a little more than their caps. Arbitrary.
    @inlinable static var capShare: PerMille { .perMille(990) }

    @inlinable public init() {}

    @inlinable public func order(_ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>) -> PowerOrder
    {
        let limit = situation.budget.scaled(by: Self.capShare)
        SafeShare.divide(limit, among: &trays)
        let band: PowerBand = situation.power > situation.budget ? .lower : .hold
        return PowerOrder(band: band, target: limit, capLimit: limit, distribution: .approach)
    }
}
