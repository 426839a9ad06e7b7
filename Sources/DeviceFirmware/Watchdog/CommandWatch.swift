import Units

/// Whether the command written last is in force or the device's own default.
///
/// The default takes over when the comms watchdog expires, and with a restart. It stays until the command itself is
/// written again: other writes feed the watchdog only.
struct CommandWatch: Sendable {
    private var watchdog: CommsWatchdog
    private(set) var isDefaultInForce = false

    init(timeout: Interval, from now: Instant) { watchdog = CommsWatchdog(timeout: timeout, from: now) }

    /// No accepted write has come since the watchdog expired.
    var hasExpired: Bool { watchdog.hasExpired }

    func remaining(at now: Instant) -> Interval { watchdog.remaining(at: now) }

    /// The device forgets its command; the watchdog begins when it answers again.
    mutating func restart(timeout: Interval, from readyAt: Instant) {
        watchdog = CommsWatchdog(timeout: timeout, from: readyAt)
        isDefaultInForce = true
    }

    /// True once, at the first call at or after the deadline: the default has just taken over.
    mutating func expires(at now: Instant) -> Bool {
        guard watchdog.expires(at: now) else { return false }
        isDefaultInForce = true
        return true
    }

    /// Any accepted write.
    mutating func feed(at now: Instant) { watchdog.feed(at: now) }

    /// The command was written.
    mutating func take() { isDefaultInForce = false }

    /// Takes another timeout, which begins now.
    mutating func setTimeout(_ timeout: Interval, at now: Instant) { watchdog.setTimeout(timeout, at: now) }
}
