public import Units

/// Which supply failures a rack promises to survive, and what power that leaves.
@frozen
public enum SupplyRedundancy: UInt8, Sendable {
    /// The capacity of all working supplies may be used.
    case none
    /// The loss of any one working supply must be survived (N+1).
    case oneSpare
    /// The loss of any one of two or more feeds, with all supplies behind it, must be survived (N+N, A/B feeds).
    case twoFeeds

    /// What the supplies can carry after any single failure that the mode promises to survive.
    ///
    /// Ratings only: the short overload that a rectifier can bear (160 % for pulses in Open Rack V3 HPR) pays for the
    /// time until caps act and is not spent in advance, unless a law counts on `bearableLoad`.
    ///
    /// - Parameter onLargestFeed: how many of them hang on the feed that carries most; with all of them on one feed,
    ///   because the others are gone, that feed's loss cannot be survived any more and its supplies may be used.
    @inlinable public func capacity(workingSupplies: Int64, onLargestFeed: Int64 = 0, rating: Power) -> Power {
        switch self {
        case .none: rating * max(0, workingSupplies)
        case .oneSpare: rating * max(0, workingSupplies - 1)
        case .twoFeeds: rating * (onLargestFeed < workingSupplies ? workingSupplies - onLargestFeed : workingSupplies)
        }
    }

    /// What the supplies can carry when those that the failure leaves may be overloaded for `reaction`, until caps are
    /// down or devices have fallen back; while all of them work none is overloaded.
    @inlinable public func bearableLoad(
        workingSupplies: Int64, onLargestFeed: Int64 = 0, rating: Power, peak: SupplyPeak, reaction: Interval
    ) -> Power {
        let each = rating + peak.excess(over: rating, for: reaction)
        let left = capacity(workingSupplies: workingSupplies, onLargestFeed: onLargestFeed, rating: each)
        return min(rating * max(0, workingSupplies), left)
    }
}
