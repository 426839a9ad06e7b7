public import Units

/// What the controller may do beyond capping. Nothing unless it is asked for: switching a tray off is a person's decision.
public struct LoadConfiguration: Sendable {
    /// Trays that are off are switched on one after the other, each with all its parts in place.
    public var bringsUp = false
    /// From one tray that is switched on to the next. Two looks at the BMCs' power states; arbitrary.
    public var bringUpInterval = Interval.seconds(2)
    /// Trays are switched off while what is left does not carry all of them at their floors.
    public var sheds = false
    /// The controller drives the trays' power-brake lines.
    public var hasBrakeLine = false
    /// How hot the controller takes the breakers to be when it starts: it cannot ask them.
    public var heatAtStart = PerMille.zero
    /// The same for one that begins in another's place, in the middle of whatever goes on: a breaker that has not tripped may
    /// be about to. It cools down in the estimate as it does in the panel, and until then an overload is ended at once.
    public static let heatAtTakeOver = PerMille.perMille(990)

    public init() {}
}
