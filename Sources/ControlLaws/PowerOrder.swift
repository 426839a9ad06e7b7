public import Units

/// What a capping law wants of the rack as a whole.
@frozen
public struct PowerOrder: Sendable {
    /// How the caps are brought there.
    @frozen
    public enum Distribution: UInt8, Sendable {
        /// Cuts and gifts change the caps that are there, by priority and share.
        case adjust
        /// Each tray's cap goes to what the law has left in its `wanted`: down at once, up as room and slew allow.
        case approach
        /// Each cap becomes what the law has left in its `wanted`, and nothing stands in between: neither room nor slew.
        case adopt
    }

    public var band: PowerBand
    /// Where power must fall to when the band says `lower`, and up to where caps may rise when it says `hold`.
    public var target: Power
    /// What the caps may add up to. Power above it is cut anyway, and trays that draw a little more than their caps
    /// (sensor gain, the BMC's own control) must not carry the rack over its budget.
    public var capLimit: Power
    public var distribution: Distribution
    /// How much caps may rise per second, where the law has its own mind about it.
    public var slew: Power?

    @inlinable public init(
        band: PowerBand, target: Power, capLimit: Power, distribution: Distribution = .adjust, slew: Power? = nil
    ) {
        self.band = band
        self.target = target
        self.capLimit = capLimit
        self.distribution = distribution
        self.slew = slew
    }
}
