import Units

/// The life of a power tether's output.
///
///     open --input good, nothing forbids--> plugged --plug delay--> charging --start delay--> running
///      ^---------------------------------------|------------------------|--------------------------|
///                        input bad or forbidden, with the same sample
///
/// The input relay is closed from `charging` on. There is no hold-up: what is lost at the input is lost at the output.
enum PowerTetherStage: Hashable, Sendable {
    case open
    case plugged(until: Instant)
    case charging(until: Instant)
    case running(since: Instant)

    /// The stage that follows. `mayRun`: the input is good and nothing forbids the output.
    func next(
        at now: Instant, mayRun: Bool, plugDelay: Interval, startDelay: Interval
    ) -> PowerTetherStage {
        guard mayRun else { return .open }
        switch self {
        case .open: return .plugged(until: now + plugDelay)
        case .plugged(let until): return now >= until ? .charging(until: now + startDelay) : self
        case .charging(let until): return now >= until ? .running(since: now) : self
        case .running: return self
        }
    }

    var isRelayClosed: Bool {
        switch self {
        case .open, .plugged: false
        case .charging, .running: true
        }
    }

    var onSince: Instant? {
        if case .running(let since) = self { since } else { nil }
    }
}
