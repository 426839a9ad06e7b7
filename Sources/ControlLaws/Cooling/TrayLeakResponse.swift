public import Units

/// What is done about coolant in a tray.
///
///     dry ──wet──▶ suspected ──wet for the patience──▶ switching off ──off, or grace over──▶ isolated
///      ▲               │
///      └──────dry──────┘
///
/// Purpose: end a leak with the loss of one tray. The tray is switched off before its branch is shut, since accelerators
/// without flow are lost within seconds; a BMC that does not answer must not keep the leak running, so the branch is shut
/// after a grace all the same.
///
/// Inputs and how far to trust them: the leak sensor's word once it stood for the patience; a silent sensor changes
/// nothing. From switching off on there is no way back but a person's: a rope that dries is no mended hose. A controller
/// that restarts begins at dry and comes to the same end while the rope is wet.
@frozen
public struct TrayLeakResponse: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case dry
        case suspected(since: Instant)
        case switchingOff(since: Instant)
        case isolated
    }

    public enum Action: Hashable, Sendable {
        case nothing
        case switchOff
        case shutBranch
    }

    public private(set) var state: State = .dry

    /// Two polls of a sensor that has waited itself already; arbitrary.
    @inlinable public static var patience: Interval { .milliseconds(1500) }
    /// A BMC switches its tray within a poll or two; arbitrary.
    @inlinable public static var grace: Interval { .seconds(5) }

    public init() {}

    /// Whether the tray is to be off.
    public var holdsOff: Bool {
        switch state {
        case .dry, .suspected: false
        case .switchingOff, .isolated: true
        }
    }

    public mutating func step(isWet: Bool?, isOff: Bool, at now: Instant) -> Action {
        let (next, action) = following(isWet: isWet, isOff: isOff, at: now)
        state = next
        return action
    }

    private func following(isWet: Bool?, isOff: Bool, at now: Instant) -> (State, Action) {
        switch state {
        case .dry:
            guard isWet == true else { return (.dry, .nothing) }
            return (.suspected(since: now), .nothing)
        case .suspected(let since):
            guard let isWet else { return (state, .nothing) }
            guard isWet else { return (.dry, .nothing) }
            return now - since >= Self.patience ? (.switchingOff(since: now), .switchOff) : (state, .nothing)
        case .switchingOff(let since):
            return isOff || now - since >= Self.grace ? (.isolated, .shutBranch) : (state, .nothing)
        case .isolated: return (.isolated, .nothing)
        }
    }
}
