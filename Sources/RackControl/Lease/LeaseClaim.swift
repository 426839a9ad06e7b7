public import Units

/// What a controller asks of the keeper of the lease.
public struct LeaseClaim: Hashable, Sendable {
    /// Who asks: a number that no other controller of the rack has.
    public var holder: UInt8
    /// The present term to renew it, a greater one to begin another.
    public var term: UInt32
    /// By the asker's own clock, when the claim left.
    public var sentAt: Instant

    public init(holder: UInt8, term: UInt32, sentAt: Instant) {
        self.holder = holder
        self.term = term
        self.sentAt = sentAt
    }
}

public enum LeaseAnswer: Hashable, Sendable {
    case granted(term: UInt32)
    /// Somebody's lease of this term still runs, or the claim is of a term that is over.
    case refused(term: UInt32)
}
