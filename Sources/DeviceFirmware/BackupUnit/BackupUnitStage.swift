import Units

/// The life of a unit's output.
///
///     asleep <--told-- standby <--> charging, smoothing
///                        |   input lost, or busbar low for 2 ms
///                        v
///                      rising --2 ms--> holding --empty, or time over--> spent
///                        ^                 |                               |
///                        '--- standby <----'---- busbar good for 200 ms ---'
///
/// From everywhere: a fault leads to `faulted`, and its end to standby.
enum BackupUnitStage: Hashable, Sendable {
    case asleep
    case standby
    case charging
    case smoothing
    /// Triggered; the converter is up at that instant.
    case rising(until: Instant)
    case holding
    /// Nothing is left to give, or the longest time is over; off until the busbar is good again.
    case spent
    case faulted

    /// What decides about the next stage.
    struct Situation {
        var isFaulted = false
        var isTriggered = false
        var isBusBack = false
        var isExhausted = false
        var mustSleep = false
        var wantsSmoothing = false
        var wantsCharge = false
    }

    func next(at now: Instant, _ situation: Situation, riseTime: Interval) -> BackupUnitStage {
        if situation.isFaulted { return .faulted }
        switch self {
        case .faulted: return .standby
        case .asleep: return situation.mustSleep ? .asleep : .standby
        case .standby, .charging, .smoothing:
            if situation.mustSleep { return .asleep }
            if situation.isTriggered { return situation.isExhausted ? .spent : .rising(until: now + riseTime) }
            if situation.wantsSmoothing { return .smoothing }
            return situation.wantsCharge ? .charging : .standby
        case .rising(let until):
            if situation.isBusBack { return .standby }
            return now >= until ? .holding : self
        case .holding:
            if situation.isExhausted { return .spent }
            return situation.isBusBack ? .standby : .holding
        case .spent: return situation.isBusBack ? .standby : .spent
        }
    }

    /// As the state register has it.
    var number: Int64 {
        switch self {
        case .asleep: 0
        case .standby: 1
        case .charging: 2
        case .smoothing: 3
        case .rising: 4
        case .holding: 5
        case .spent: 6
        case .faulted: 7
        }
    }
}
