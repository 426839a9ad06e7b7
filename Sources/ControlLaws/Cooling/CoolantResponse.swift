public import Units

/// Why the coolant no longer cools.
@frozen
public enum CoolantLoss: UInt8, Hashable, Sendable {
    /// The reservoir runs empty.
    case level
    /// The pump unit says that it is not ready: stopped, dry or blocked.
    case flow
}

/// What is done when the whole loop fails: every tray on it is switched off.
///
///     sound ──level low, or unit not ready──▶ suspected ──for the patience──▶ lost
///       ▲                                        │
///       └──────────────────sound─────────────────┘
///
/// Purpose: accelerators on cold plates without flow warm by some 2 K/s at full load, reach their own throttle within a
/// quarter of a minute and their shutdown soon after; caps cannot save them, switching off can. The level is taken
/// before the pumps draw air, so that the last coolant carries the last heat away.
///
/// Inputs and how far to trust them: the pump unit's word once it stood for the patience. A unit that is silent is no
/// loss: its pumps run on at their failsafe duty, and the accelerators' temperatures still tell. From lost on there is no
/// way back but a person's.
@frozen
public struct CoolantResponse: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case sound
        case suspected(CoolantLoss, since: Instant)
        case lost(CoolantLoss)
    }

    public private(set) var state: State = .sound

    /// Pumps draw air below some 15 % of the reservoir (typical); a tenth above that is left for switching off.
    @inlinable public static var leastLevel: PerMille { .percent(20) }
    /// A few polls; arbitrary. A pump that takes another's place is up sooner.
    @inlinable public static var patience: Interval { .seconds(2) }

    public init() {}

    public var isLost: Bool {
        if case .lost = state { true } else { false }
    }

    /// Why, once, when the coolant counts as lost from now on.
    public mutating func step(level: PerMille?, isReady: Bool?, at now: Instant) -> CoolantLoss? {
        let before = isLost
        state = following(level: level, isReady: isReady, at: now)
        guard !before, case .lost(let loss) = state else { return nil }
        return loss
    }

    private func following(level: PerMille?, isReady: Bool?, at now: Instant) -> State {
        let loss: CoolantLoss? =
            if let level, level < Self.leastLevel { .level } else if isReady == false { .flow } else { nil }
        switch state {
        case .lost: return state
        case .sound:
            guard let loss else { return .sound }
            return .suspected(loss, since: now)
        case .suspected(_, let since):
            guard let loss else { return level == nil && isReady == nil ? state : .sound }
            return now - since >= Self.patience ? .lost(loss) : .suspected(loss, since: since)
        }
    }
}
