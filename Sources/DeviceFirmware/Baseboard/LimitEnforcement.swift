import Units

/// Tells when a limit has not been met for longer than the correction time.
struct LimitEnforcement: Sendable {
    private var overSince: Instant = .never
    private(set) var isExceeded = false

    /// `isEnforced` false ends any excess. Returns true once per excess, when its correction time runs out.
    mutating func judge(
        _ power: Power, limit: Power, isEnforced: Bool, correctionTime: Interval, at now: Instant
    ) -> Bool {
        guard isEnforced && power > limit else {
            overSince = .never
            isExceeded = false
            return false
        }
        if overSince == .never { overSince = now }
        guard !isExceeded && now - overSince >= correctionTime else { return false }
        isExceeded = true
        return true
    }
}
