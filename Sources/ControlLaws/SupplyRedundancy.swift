public import Units

/// Which supply failures a rack promises to survive, and what power that leaves.
@frozen
public enum SupplyRedundancy: UInt8, Sendable {
    /// The capacity of all working supplies may be used.
    case none
    /// The loss of any one working supply must be survived (N+1).
    case oneSpare

    /// What the supplies can carry after any single failure that the mode promises to survive.
    ///
    /// Ratings only: the short overload that a rectifier can bear (160 % for pulses in Open Rack V3 HPR) pays for the
    /// time until caps act and is not spent in advance.
    @inlinable public func capacity(workingSupplies: Int64, rating: Power) -> Power {
        switch self {
        case .none: rating * max(0, workingSupplies)
        case .oneSpare: rating * max(0, workingSupplies - 1)
        }
    }
}
