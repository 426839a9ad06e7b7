public import Units

/// What a scan cycle knows of the rack's power, for the brake.
@frozen
public struct BrakeSituation: Equatable, Sendable {
    /// What all trays together draw: readings, or worst cases where there are none.
    public var power: Power
    /// What the supplies that may be working are rated for, without any spare.
    public var supplyLimit: Power
    /// What the breakers of the feeds carry for ever, as the load is shared now.
    public var breakerLimit: Power
    /// How hot the hottest breaker will be when the present power flows for as long as caps need to act.
    public var heatAhead: PerMille
    /// Whether every tray that is on takes caps.
    public var takesCaps: Bool
    /// Trays that the line holds.
    public var pulledTrays: Int
    /// What the next tray may draw beyond the present once it is let go, by the caps that may be in force.
    public var nextRise: Power

    @inlinable public init(
        power: Power, supplyLimit: Power, breakerLimit: Power, heatAhead: PerMille, takesCaps: Bool, pulledTrays: Int,
        nextRise: Power
    ) {
        self.power = power
        self.supplyLimit = supplyLimit
        self.breakerLimit = breakerLimit
        self.heatAhead = heatAhead
        self.takesCaps = takesCaps
        self.pulledTrays = pulledTrays
        self.nextRise = nextRise
    }
}

@frozen
public enum BrakeOrder: Equatable, Sendable {
    case stay
    case pullAll
    /// The tray that is served first.
    case letGoNext
}

/// When the rack's power-brake line is pulled, and how it is let go.
///
///     released ──overload that caps will not end in time──▶ pulled ──power low for a while──▶ releasing
///        ▲                                                    ▲                                  │  │
///        │                                                    └──── the same overload again ─────┘  │
///        └────────────────────────── the last tray was let go ─────────────────────────────────────┘
///
/// Purpose: the last thing a controller has against a trip when caps are too slow or reach nobody. The line is a wire beside
/// the buses; a tray that it holds draws little and computes little, so it is not a means of control.
///
/// Inputs and how far to trust them: power as read, up to a scan cycle and a poll old; heat as estimated, on the fast edge
/// of the trip curve. A supply of which nothing is heard counts as working: nobody brakes a rack because a serial line broke.
///
/// Intended behaviour: all trays are pulled at once. They are let go one by one, the most important first, as long as what
/// the next may draw fits the supplies and the breakers that are left; where caps reach nobody, as many trays stay braked
/// as need to.
///
/// After a restart of the controller: the output card has kept its outputs, and the machine begins with what it reads there.
@frozen
public struct EmergencyBrake: Equatable, Sendable {
    @usableFromInline
    enum Stage: Equatable, Sendable {
        /// Since when the supplies have been overloaded.
        case released(overSince: Instant?)
        case pulled(at: Instant)
        case releasing(lastAt: Instant, overSince: Instant?)
    }

    /// Believed trip heat that must not be reached before caps act. Leaves a tenth for the estimate. Arbitrary.
    public static var heatLimit: PerMille { .percent(90) }
    /// How far ahead the heat is reckoned: a BMC's actuation (RAPL and BMCs take up to about 2 s, typical), a scan cycle,
    /// a write.
    public static var reaction: Interval { .milliseconds(2500) }
    /// Overload of the supplies that is left to caps, where caps reach the trays: a rectifier bears 160 % for some 10 s (typical).
    public static var capPatience: Interval { .seconds(3) }
    /// The same where they do not. Two scan cycles and a poll, so that no single reading pulls the brake. Arbitrary.
    public static var bluntPatience: Interval { .milliseconds(500) }
    /// A supply stands a reading's error above its rating (shares and gains are a few per cent off, typical).
    public static var tolerance: PerMille { .perMille(1050) }
    /// The brake is held at least so long. Longer than every lag in tray, BMC and poll. Arbitrary.
    public static var hold: Interval { .seconds(3) }
    /// Between two trays that are let go: a tray's rise must be seen before the next. Arbitrary: a few polls.
    public static var interval: Interval { .milliseconds(500) }
    /// Of supplies and breakers, into which trays are let go. Arbitrary.
    public static var releaseShare: PerMille { .percent(97) }

    @usableFromInline var stage = Stage.released(overSince: nil)

    /// `pulledTrays` by the output card's word, at the start of the controller.
    public init(pulledTrays: Int = 0, at now: Instant = .start) {
        if pulledTrays > 0 { stage = .pulled(at: now) }
    }

    public mutating func step(_ situation: BrakeSituation, at now: Instant) -> BrakeOrder {
        let (next, order) = successor(situation, at: now)
        stage = next
        return order
    }

    private func successor(_ situation: BrakeSituation, at now: Instant) -> (Stage, BrakeOrder) {
        switch stage {
        case .released(let since):
            let overSince = overSince(since, situation, at: now)
            return mustPull(situation, overSince, at: now)
                ? (.pulled(at: now), .pullAll) : (.released(overSince: overSince), .stay)
        case .pulled(let at):
            guard now - at >= Self.hold else { return (stage, .stay) }
            return release(situation, lastAt: at, overSince: nil, at: now)
        case .releasing(let lastAt, let since):
            let overSince = overSince(since, situation, at: now)
            if mustPull(situation, overSince, at: now) { return (.pulled(at: now), .pullAll) }
            return release(situation, lastAt: lastAt, overSince: overSince, at: now)
        }
    }

    private func release(
        _ situation: BrakeSituation, lastAt: Instant, overSince: Instant?, at now: Instant
    ) -> (Stage, BrakeOrder) {
        if situation.pulledTrays == 0 { return (.released(overSince: overSince), .stay) }
        let limit = min(situation.supplyLimit, situation.breakerLimit).scaled(by: Self.releaseShare)
        guard now - lastAt >= Self.interval, situation.power + situation.nextRise <= limit else {
            return (.releasing(lastAt: lastAt, overSince: overSince), .stay)
        }
        return (.releasing(lastAt: now, overSince: overSince), .letGoNext)
    }

    private func overSince(_ since: Instant?, _ situation: BrakeSituation, at now: Instant) -> Instant? {
        situation.power > situation.supplyLimit.scaled(by: Self.tolerance) ? since ?? now : nil
    }

    private func mustPull(_ situation: BrakeSituation, _ overSince: Instant?, at now: Instant) -> Bool {
        if situation.heatAhead >= Self.heatLimit, situation.power > situation.breakerLimit { return true }
        guard let overSince else { return false }
        return now - overSince >= (situation.takesCaps ? Self.capPatience : Self.bluntPatience)
    }
}
