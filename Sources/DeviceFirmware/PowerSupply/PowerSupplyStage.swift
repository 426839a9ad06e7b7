import Units

/// The life of a supply's output.
///
///     off --input good, nothing forbids--> starting --start delay--> running
///      ^-------- input lost or forbidden ------'                        |
///      '---------------- forbidden (a lost input alone is held up) -----'
enum PowerSupplyStage: Hashable, Sendable {
    case off
    case starting(until: Instant)
    case running(since: Instant)

    /// The stage that follows. `mayRun`: nothing forbids the output; `isInputOK`: it may also begin.
    func next(at now: Instant, mayRun: Bool, isInputOK: Bool, startDelay: Interval) -> PowerSupplyStage {
        switch self {
        case .off: mayRun && isInputOK ? .starting(until: now + startDelay) : .off
        case .starting(let until):
            if !(mayRun && isInputOK) { .off } else { now >= until ? .running(since: now) : self }
        case .running: mayRun ? self : .off
        }
    }

    var onSince: Instant? {
        if case .running(let since) = self { since } else { nil }
    }
}
