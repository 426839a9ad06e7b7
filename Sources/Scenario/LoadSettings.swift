public import Units

/// What the rack controller may do beyond capping, and who takes over from it. Nothing unless the scenario asks for it.
public struct LoadSettings: Sendable {
    public enum BringUp: String, CaseIterable, Sendable {
        /// Trays come with the busbar, all at once.
        case none
        /// Trays stay off until the controller switches them on, one after the other.
        case staged
    }

    public struct Standby: Sendable {
        /// How long the acting controller's lease runs; the other may act when it has run out.
        public var takesOverAfter: Interval

        public init(takesOverAfter: Interval) { self.takesOverAfter = takesOverAfter }
    }

    public var bringUp = BringUp.none
    public var bringUpInterval = Interval.seconds(2)
    /// Whether trays may be switched off while what is left does not carry their floors.
    public var sheds = false
    /// Whether the trays' power-brake lines are wired to the controller.
    public var hasBrakeLine = false
    public var standby: Standby?

    public init() {}
}

/// A place in the rack where a controller runs.
public enum ControllerSeatName: String, CaseIterable, Sendable {
    case controller
    case standby
}

/// What a partition cuts a controller off from.
public enum ControllerReach: String, CaseIterable, Sendable {
    case buses
    /// The keeper of the lease.
    case lease
    case both
}
