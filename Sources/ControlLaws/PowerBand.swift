/// Where the power stands relative to the bands of a budget.
@frozen
public enum PowerBand: UInt8, Sendable {
    /// Above the cap threshold: power must come down to the target now.
    case lower
    /// Between the thresholds: neither cut nor give, so that the caps do not hunt.
    case hold
    /// Below the uncap threshold: caps may rise, slowly.
    case raise
}
