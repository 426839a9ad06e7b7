/// What a scan cycle found, for the safety machine.
@frozen
public struct SafetyFacts: Equatable, Sendable {
    /// Every device was found or found missing, or there was time enough for it.
    public var isSurveyed = false
    public var causes = SafetyCauses()
    /// Trays that wait off with all their parts in place.
    public var readyTrays = 0
    /// Whether the next of them fits beside what is on.
    public var isRoomForNext = false

    @inlinable public init() {}
}

@frozen
public enum SafetyEvent: Equatable, Sendable {
    /// The end, or a budget that nobody refreshes: hold what is safe without anybody who decides.
    case told
    case released
    case scanned(SafetyFacts)
}

/// What the controller is to do until the next event.
@frozen
public struct SafetyAction: Equatable, Sendable {
    @frozen
    public enum Caps: Equatable, Sendable {
        /// Nothing is asked for.
        case wait
        case decide
        /// Every tray gets its share of the last budget.
        case holdShares
        /// Nothing is seen: every tray gets its share, or keeps what it has if that is less.
        case lowerToShares
    }

    public var caps: Caps
    /// Trays may be switched on, one after the other.
    public var mayEnergise: Bool
    /// The tray that is needed least must be switched off.
    public var mustShed: Bool
    /// The state, where the event changed it.
    public var entered: SafetyState?

    @inlinable public init(
        caps: Caps, mayEnergise: Bool = false, mustShed: Bool = false, entered: SafetyState? = nil
    ) {
        self.caps = caps
        self.mayEnergise = mayEnergise
        self.mustShed = mustShed
        self.entered = entered
    }
}
