public import Units

/// The three-band capping law: capping begins close under the budget, cuts to a target well below it, and ends only
/// when power has receded below a third, lower threshold.
///
/// After Q. Wu et al., "Dynamo: Facebook's Data Center-Wide Power Management System", ISCA 2016, section III-C. The
/// figures of `typical` are those commonly told of that system; they were not checked against the paper.
@frozen
public struct ThreeBandLaw: Sendable {
    /// Share of the budget above which power is cut.
    public var capThreshold: PerMille
    /// Share of the budget to which it is cut.
    public var capTarget: PerMille
    /// Share of the budget below which caps may rise.
    public var uncapThreshold: PerMille

    @inlinable public init(capThreshold: PerMille, capTarget: PerMille, uncapThreshold: PerMille) {
        self.capThreshold = capThreshold
        self.capTarget = capTarget
        self.uncapThreshold = uncapThreshold
    }

    /// 99 %, 95 %, 90 %.
    @inlinable public static var typical: ThreeBandLaw {
        ThreeBandLaw(capThreshold: .perMille(990), capTarget: .perMille(950), uncapThreshold: .perMille(900))
    }

    @inlinable public func band(power: Power, budget: Power) -> PowerBand {
        if power > budget.scaled(by: capThreshold) { return .lower }
        return power < budget.scaled(by: uncapThreshold) ? .raise : .hold
    }

    @inlinable public func order(_ situation: PowerSituation) -> PowerOrder {
        order(situation, within: situation.budget)
    }

    /// The same bands around another budget than the situation's.
    @inlinable func order(_ situation: PowerSituation, within budget: Power) -> PowerOrder {
        PowerOrder(
            band: band(power: situation.power, budget: budget), target: budget.scaled(by: capTarget),
            capLimit: budget.scaled(by: capThreshold))
    }
}
