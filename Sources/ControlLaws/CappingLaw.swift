public import Units

/// The laws by which a rack's budget becomes caps, behind one door.
///
/// A value, not an object: its memory is in it, so a controller that starts again starts its law again.
@frozen
public enum CappingLaw: Sendable {
    /// Watches and never caps; fans are still driven.
    case none
    case fixed(StaticCapLaw)
    case proportional(ProportionalLaw)
    case threeBand(ThreeBandLaw)
    case waterFilling(WaterFillingLaw)
    case tripCurve(TripCurveLaw)
    case predictive(PredictiveLaw)
    case ramp(RampLaw)
    case smooth(SmoothingLaw)

    @inlinable public var isCapping: Bool { if case .none = self { false } else { true } }

    /// What the rack should do at this scan cycle; laws that decide tray by tray leave that in `wanted`. `nil` from a law
    /// that does not cap.
    public mutating func order(
        _ situation: PowerSituation, breaker: BreakerEstimate?, _ trays: inout MutableSpan<TrayAllocation>
    ) -> PowerOrder? {
        switch self {
        case .none: return nil
        case .fixed(let law): return law.order(situation, &trays)
        case .proportional(let law): return law.order(situation, &trays)
        case .threeBand(let law): return law.order(situation)
        case .waterFilling(let law): return law.order(situation, &trays)
        case .tripCurve(var law):
            let order = law.order(situation, breaker: breaker, &trays)
            self = .tripCurve(law)
            return order
        case .predictive(let law): return law.order(situation, &trays)
        case .ramp(var law):
            let order = law.order(situation, trays)
            self = .ramp(law)
            return order
        case .smooth(let law): return law.order(situation)
        }
    }

    /// Whether it has something to say to units that store energy.
    @inlinable public var smooths: Bool { if case .smooth = self { true } else { false } }

    /// What the units that store energy should do at this scan cycle; `nil` from a law that leaves them alone.
    public mutating func order(_ situation: PowerSituation, _ units: BackupSituation) -> BackupOrder? {
        guard case .smooth(var law) = self else { return nil }
        let order = law.order(situation, units)
        self = .smooth(law)
        return order
    }

    /// What the caps that devices fall back to may add up to.
    @inlinable public var fallbackShare: PerMille {
        switch self {
        case .none, .proportional: .whole
        case .fixed: StaticCapLaw.capShare
        case .waterFilling(let law): law.capShare
        case .predictive(let law): law.filling.capShare
        case .threeBand(let law): law.capThreshold
        case .tripCurve(let law): law.filling.capShare
        case .ramp(let law): law.bands.capThreshold
        case .smooth(let law): law.bands.capThreshold
        }
    }

    /// Time constant with which a tray's demand is forgotten, where the law has its own mind about it.
    public var demandMemory: Interval? { if case .predictive = self { PredictiveLaw.patience } else { nil } }

    /// Whether the period of every tray's swings is to be learned, and its peaks kept for `PredictiveLaw.kept` of it.
    public var learnsSwings: Bool { if case .predictive = self { true } else { false } }
}
