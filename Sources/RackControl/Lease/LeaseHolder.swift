public import Units

/// A controller's side of the lease: whether it may act, and what it asks the keeper.
///
///     waiting ──granted, and by its own clock still running──▶ acting
///        ▲                                                      │ ▲
///        │                                                      │ └── renewed: acts for longer
///        └──── own deadline passed, or term over, or given up ──┘
///
/// Purpose: never two controllers that act. A controller acts before its own deadline only, and that lies before the keeper's:
/// it counts from the sending of the claim, and is shorter by a margin for clocks that do not agree.
///
/// Inputs and how far to trust them: answers that may be late by any time. A grant that comes when its lease is over by the
/// holder's own clock is worth nothing; so is one for a term that is not the asked one.
///
/// Intended behaviour: who waits asks a few times per lease; who acts renews thrice per lease. A controller that was paused
/// finds its deadline passed before it does anything else. One that reaches no device gives the lease up by not renewing it.
///
/// After a restart: waiting; its own old lease has to run out like anybody's.
public struct LeaseHolder: Equatable, Sendable {
    enum Stage: Equatable, Sendable {
        case waiting
        case acting(term: UInt32, until: Instant)
    }

    private var stage = Stage.waiting
    /// The highest term heard of.
    private var seenTerm: UInt32 = 0
    private var asksAt: Instant
    private let holder: UInt8
    private let duration: Interval

    /// Clocks that part by a tenth of a lease are broken (a quartz is off by 0.01 %; typical).
    private var margin: Interval { duration / 10 }

    /// `firstAsksAt`: the standby leaves the first term to the other.
    public init(holder: UInt8, duration: Interval, firstAsksAt: Instant) {
        self.holder = holder
        self.duration = duration
        asksAt = firstAsksAt
    }

    /// May only shrink between two grants. `.start` while it waits.
    public var actsUntil: Instant {
        switch stage {
        case .waiting: .start
        case .acting(_, let until): until
        }
    }

    public var term: UInt32? {
        switch stage {
        case .waiting: nil
        case .acting(let term, _): term
        }
    }

    /// The claim that is due, if any. `isUseful`: whether the controller reaches any device, or has not had the time to.
    public mutating func step(at now: Instant, isUseful: Bool) -> LeaseClaim? {
        var claim: LeaseClaim?
        let next = successor(at: now, isUseful: isUseful, claim: &claim)
        self = next
        return claim
    }

    private func successor(at now: Instant, isUseful: Bool, claim: inout LeaseClaim?) -> LeaseHolder {
        var next = self
        switch stage {
        case .acting(let term, let until):
            if now >= until {
                next.stage = .waiting
                // Whoever waits already has the first chance.
                next.asksAt = now + duration
                return next
            }
            guard now >= asksAt, isUseful else { return next }
            claim = LeaseClaim(holder: holder, term: term, sentAt: now)
            next.asksAt = now + duration / 3
        case .waiting:
            guard now >= asksAt else { return next }
            claim = LeaseClaim(holder: holder, term: seenTerm + 1, sentAt: now)
            next.asksAt = now + duration / 4
        }
        return next
    }

    public mutating func take(_ answer: LeaseAnswer, to claim: LeaseClaim, at now: Instant) {
        switch answer {
        case .refused(let term):
            seenTerm = max(seenTerm, term)
            if case .acting(let own, _) = stage, term != own { stage = .waiting }
        case .granted(let term):
            seenTerm = max(seenTerm, term)
            let until = claim.sentAt + duration - margin
            guard term == claim.term, term == seenTerm, now < until else { return }
            stage = .acting(term: term, until: max(until, actsUntil))
        }
    }
}
