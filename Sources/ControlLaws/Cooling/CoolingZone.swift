public import Units

/// A cooling zone: fans or pumps that are driven alike, by what several thermal loops ask for together.
///
/// As the zones of OpenBMC's phosphor-pid-control (configure.md): the set-point is the greatest output of the thermal
/// loops, capped by the lowest ceiling and floored by the minimum. A fan loop, at a period of its own, carries the duty
/// there no faster than the slew.
///
/// Inputs and how far to trust them: a loop that is blind, an actuator that does not answer, and more standing fans or
/// pumps than the zone tolerates put the zone into failsafe: then its duty is at least the failsafe duty, whatever a
/// ceiling says, and never less than what the loops ask for. Failsafe is not slewed upward.
///
/// After a restart of the controller a zone begins in failsafe and leaves it without a bump.
@frozen
public struct CoolingZone: Sendable {
    /// The least duty outside failsafe.
    public let minimum: PerMille
    /// The least duty while an actuator is silent or too many stand still.
    public let failsafe: PerMille
    /// Fans or pumps that may stand still without failsafe: their redundancy.
    public let toleratedFailures: Int
    /// `nil`: the duty follows the set-point at once.
    public let slew: SlewLimit?

    public private(set) var duty: PerMille
    public private(set) var isInFailsafe = true
    private var asked: PerMille = .zero
    private var ceiling: PerMille = .whole
    private var needed: PerMille = .zero
    private var isAnyBlind = true

    public init(minimum: PerMille, failsafe: PerMille, toleratedFailures: Int = 0, slew: SlewLimit? = nil) {
        self.minimum = minimum
        self.failsafe = failsafe
        self.toleratedFailures = toleratedFailures
        self.slew = slew
        duty = failsafe
        needed = failsafe
    }

    /// What the thermal loops ask for together, without failsafe.
    public var setpoint: PerMille { max(minimum, min(asked, ceiling)) }

    /// Begins a round of the thermal loops; each is added by `add`.
    public mutating func beginRound() {
        (asked, ceiling, needed, isAnyBlind) = (.zero, .whole, .zero, false)
    }

    public mutating func add(_ loop: ThermalLoop) {
        if loop.isBlind {
            isAnyBlind = true
            needed = max(needed, loop.failsafe)
        }
        // A blind ceiling allows everything; a blind loop goes on asking for what it last asked for.
        if loop.isCeiling {
            if !loop.isBlind { ceiling = min(ceiling, loop.output) }
        } else {
            asked = max(asked, loop.output)
        }
    }

    /// Nobody decides: the failsafe duty, or what was driven if that is more.
    public mutating func hold() {
        isInFailsafe = true
        duty = max(failsafe, duty)
    }

    /// Whether so many standing fans or pumps are within what the zone tolerates; `nil` is not.
    public func tolerates(_ failures: Int?) -> Bool { (failures ?? .max) <= toleratedFailures }

    /// The fan loop. `failures` is how many fans or pumps stand still, `nil` when nobody knows.
    public mutating func drive(failures: Int?, elapsed: Interval) {
        let areSound = tolerates(failures)
        isInFailsafe = isAnyBlind || !areSound
        let least = max(isAnyBlind ? needed : .zero, areSound ? .zero : failsafe)
        let wanted = max(setpoint, least)
        guard let slew else {
            duty = wanted
            return
        }
        duty = max(least, slew.limited(wanted, from: duty, elapsed: elapsed))
    }
}
