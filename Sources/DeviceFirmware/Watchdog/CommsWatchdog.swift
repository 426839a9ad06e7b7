public import Units

/// Watches that somebody on the bus still commands this device: any accepted write feeds it.
///
/// What its expiry means is the device's affair. A timeout of zero switches it off.
@frozen
public struct CommsWatchdog: Sendable {
    public private(set) var timeout: Interval
    /// When it expires; `.never` while it is off or has expired.
    public private(set) var deadline: Instant
    public private(set) var hasExpired = false

    public init(timeout: Interval, from now: Instant) {
        self.timeout = timeout
        deadline = timeout > .zero ? now + timeout : .never
    }

    public mutating func feed(at now: Instant) {
        hasExpired = false
        deadline = timeout > .zero ? now + timeout : .never
    }

    /// Takes another timeout, which begins now.
    public mutating func setTimeout(_ timeout: Interval, at now: Instant) {
        self.timeout = timeout
        feed(at: now)
    }

    /// True once, at the first call at or after the deadline.
    public mutating func expires(at now: Instant) -> Bool {
        guard now >= deadline else { return false }
        deadline = .never
        hasExpired = true
        return true
    }

    /// Zero when expired or off.
    public func remaining(at now: Instant) -> Interval {
        deadline == .never ? .zero : min(max(deadline - now, .zero), timeout)
    }
}
