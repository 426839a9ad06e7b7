public import Units

/// The third place in which the lease lives: it grants one lease at a time, and each term once.
///
/// Purpose: of two controllers only one acts. It must be a place of its own that both reach (the power shelf's controller, a
/// switch): one that dies with a controller would take the lease with it.
///
/// Inputs and how far to trust them: claims, which may be late, lost or repeated; `sentAt` is the asker's clock and is not
/// looked at. Only its own clock counts here.
///
/// Intended behaviour: a lease that runs is renewed for its holder and its term alone. One that ran out is renewed for nobody:
/// whoever comes first gets the next term, its last holder like any other.
///
/// After a restart: silent for one lease, since the last grant may still run; then as if it had run out. The term is kept.
public struct LeaseKeeper: Equatable, Sendable {
    public private(set) var term: UInt32 = 0
    private var holder: UInt8?
    private var expiresAt = Instant.start
    private let duration: Interval

    public init(duration: Interval) { self.duration = duration }

    public mutating func judge(_ claim: LeaseClaim, at now: Instant) -> LeaseAnswer {
        let isRunning = now < expiresAt
        let isRenewal = isRunning && claim.holder == holder && claim.term == term
        let isNext = !isRunning && claim.term > term
        guard isRenewal || isNext else { return .refused(term: term) }
        (term, holder, expiresAt) = (claim.term, claim.holder, now + duration)
        return .granted(term: term)
    }
}
