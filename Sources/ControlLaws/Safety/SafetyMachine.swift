public import Units

/// What a rack controller may do, by what it knows.
///
///             ┌── surveyed, nothing to switch on ──▶ normal ◀── all there for a second ──┐
///             │                                        │ ▲                              │
///     start ──┤                           something missing │                            │
///             │                                        ▼    └── or degraded ─┐           │
///             │                                    degraded ─────────────────│───────────┘
///             │                                        │                     │ nothing left to switch on for 3 s
///             └── trays wait, switched off ──▶ recovery ◀── trays wait ──────┤
///                                              ▲     ▲                       │
///                       room again for 10 s ───┘     └─── word or sight back ┤
///                               │                                            │
///     from any but start:     shed ◀── floors do not fit for 2 s             │
///                             failsafe ◀── told, or blind for 1 s ───────────┘
///
/// Purpose: one place that says who decides. Only `start` decides nothing; `normal` and `degraded` let the law decide;
/// `failsafe` holds shares; `shed` switches load off; `recovery` switches it on, tray by tray, while the law decides.
///
/// Inputs and how far to trust them: facts of a scan cycle, made from readings that have an age. None moves the machine at
/// once that a single lost reading could cause: each must last (`SafetyTiming`).
///
/// Intended behaviour: a shortage of power goes before everything but the start, since floors that do not fit trip a
/// breaker whoever decides; the word from above comes next, then the trays that wait. Between `degraded` and `normal`
/// nothing but the name changes: the law counts with worst cases either way.
///
/// After a restart of the controller: `start`, whatever was before. Trays that are found on stay on.
@frozen
public struct SafetyMachine: Equatable, Sendable {
    /// Each state with what only it must remember.
    @usableFromInline
    enum Stage: Equatable, Sendable {
        case start
        case normal
        /// Since when nothing has been missing.
        case degraded(soundSince: Instant?)
        case failsafe
        /// Since when the next tray would have fitted.
        case shed(roomSince: Instant?)
        /// Since when there has been nothing to switch on.
        case recovery(idleSince: Instant?)
    }

    @usableFromInline var stage = Stage.start
    public private(set) var causes = SafetyCauses()
    /// Whether the word from above is to hold the safe state; it is kept through the start and through a shortage.
    public private(set) var isTold = false
    @usableFromInline var blindSince: Instant?
    @usableFromInline var shortSince: Instant?
    @usableFromInline let timing: SafetyTiming

    public init(timing: SafetyTiming = SafetyTiming()) { self.timing = timing }

    public var state: SafetyState {
        switch stage {
        case .start: .start
        case .normal: .normal
        case .degraded: .degraded
        case .failsafe: .failsafe
        case .shed: .shed
        case .recovery: .recovery
        }
    }

    public mutating func take(_ event: SafetyEvent, at now: Instant) -> SafetyAction {
        let next = successor(on: event, at: now)
        var action = next.order
        if next.state != state { action.entered = next.state }
        self = next
        return action
    }

    private func successor(on event: SafetyEvent, at now: Instant) -> SafetyMachine {
        var next = self
        switch event {
        case .told:
            next.isTold = true
            next.causes.insert(.told)
            if state != .start && state != .shed { next.stage = .failsafe }
        case .released:
            next.isTold = false
            next.causes.remove(.told)
            if state == .failsafe { next.stage = .recovery(idleSince: nil) }
        case .scanned(let facts):
            next.causes = isTold ? facts.causes.union(.told) : facts.causes
            next.blindSince = facts.causes.contains(.blind) ? blindSince ?? now : nil
            next.shortSince = facts.causes.contains(.floorsDoNotFit) ? shortSince ?? now : nil
            next.stage = next.nextStage(facts, at: now)
        }
        return next
    }

    private func nextStage(_ facts: SafetyFacts, at now: Instant) -> Stage {
        if case .start = stage, !facts.isSurveyed { return .start }
        if lasts(shortSince, timing.shedPatience, at: now) { return .shed(roomSince: nil) }
        let mustHold = isTold || lasts(blindSince, timing.blindPatience, at: now)
        switch stage {
        case .start:
            if mustHold { return .failsafe }
            return facts.readyTrays > 0 ? .recovery(idleSince: nil) : settled(at: now)
        case .normal:
            if mustHold { return .failsafe }
            if facts.readyTrays > 0 { return .recovery(idleSince: nil) }
            return isSound ? .normal : .degraded(soundSince: nil)
        case .degraded(let soundSince):
            if mustHold { return .failsafe }
            if facts.readyTrays > 0 { return .recovery(idleSince: nil) }
            guard isSound else { return .degraded(soundSince: nil) }
            let since = soundSince ?? now
            return now - since >= timing.soundHold ? .normal : .degraded(soundSince: since)
        case .failsafe: return mustHold || causes.contains(.blind) ? .failsafe : .recovery(idleSince: nil)
        case .shed(let roomSince):
            if facts.readyTrays == 0 { return mustHold ? .failsafe : .recovery(idleSince: nil) }
            guard facts.isRoomForNext, shortSince == nil else { return .shed(roomSince: nil) }
            let since = roomSince ?? now
            return now - since >= timing.roomPatience && !mustHold
                ? .recovery(idleSince: nil) : .shed(roomSince: since)
        case .recovery(let idleSince):
            if mustHold { return .failsafe }
            if facts.readyTrays > 0 { return facts.isRoomForNext ? .recovery(idleSince: nil) : .shed(roomSince: nil) }
            let since = idleSince ?? now
            return now - since >= timing.recoveryHold ? settled(at: now) : .recovery(idleSince: since)
        }
    }

    private var isSound: Bool { causes.isEmpty }

    private func settled(at now: Instant) -> Stage { isSound ? .normal : .degraded(soundSince: nil) }

    private func lasts(_ since: Instant?, _ patience: Interval, at now: Instant) -> Bool {
        guard let since else { return false }
        return now - since >= patience
    }

    /// What the present stage asks for.
    private var order: SafetyAction {
        switch stage {
        case .start: SafetyAction(caps: isTold ? .holdShares : .wait)
        case .normal, .degraded: SafetyAction(caps: .decide)
        case .failsafe: SafetyAction(caps: isTold ? .holdShares : .lowerToShares)
        case .shed: SafetyAction(caps: isTold ? .holdShares : .decide, mustShed: shortSince != nil)
        case .recovery: SafetyAction(caps: .decide, mayEnergise: true)
        }
    }
}
