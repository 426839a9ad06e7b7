public import ControlLaws
public import Units

/// The rack controller's settings.
public struct ControllerConfiguration: Sendable {
    public var law: CappingLaw
    public var redundancy: SupplyRedundancy
    /// Of the scan cycle.
    public var period: Interval
    /// The operator's budget for the rack's DC power at the start.
    public var budget: Power
    /// By how much the operator lets the rack exceed the budget for a while; only a law that keeps the account does.
    public var overdraft: EnergyAccount?
    /// How much the sum of all caps may rise per second.
    public var uncapSlew: Power
    public var temperatureSetpoint: Temperature
    public var failsafeDuty: PerMille
    /// Comms watchdog armed in BMCs and fan controllers; monitors get twice as long, so that a tray is capped by its
    /// BMC before its monitor brakes it.
    public var deviceWatchdog: Interval
    /// Of one transaction.
    public var timeout: Interval
    /// Further tries before a device counts as absent.
    public var retries: Int
    /// Pause before an absent device is probed again.
    public var reprobe: Interval
    /// Writes are answered for and never reach a device: what devices say of their settings contradicts nothing.
    public var isDryRun = false
    /// Polls fall due with the scan cycle where their interval is a multiple of its period, so that a decision finds
    /// readings of its own cycle. Without it every device keeps the phase in which it was found.
    public var alignsPolls = false
    public var polling = PollingConfiguration()
    public var timing = ControlTiming()
    public var fans = FanConfiguration()
    public var load = LoadConfiguration()
    /// How much charging batteries and capacitors may take of the budget.
    public var recharge = Power.zero
    /// For how long after a loss of all supplies the batteries are to last; zero = as long as they do.
    public var rideThrough = Interval.zero

    public init(
        law: CappingLaw = .threeBand(.typical), redundancy: SupplyRedundancy = .oneSpare,
        period: Interval = .milliseconds(100),
        budget: Power, uncapSlew: Power, temperatureSetpoint: Temperature, failsafeDuty: PerMille,
        deviceWatchdog: Interval, timeout: Interval, retries: Int, reprobe: Interval
    ) {
        self.law = law
        self.redundancy = redundancy
        self.period = period
        self.budget = budget
        self.uncapSlew = uncapSlew
        self.temperatureSetpoint = temperatureSetpoint
        self.failsafeDuty = failsafeDuty
        self.deviceWatchdog = deviceWatchdog
        self.timeout = timeout
        self.retries = retries
        self.reprobe = reprobe
    }
}

/// How often the devices are read. Where a serial line cannot carry it, its intervals are stretched alike.
public struct PollingConfiguration: Sendable {
    /// Power of the tray monitors: once per scan cycle at the usual period.
    public var monitor: Interval = .milliseconds(100)
    /// Power and applied cap of the BMCs, over Ethernet.
    public var baseboard: Interval = .milliseconds(100)
    /// Output and alarms of the supplies: their hold-up of some 20 ms is beyond any poll; 5 Hz is arbitrary.
    public var supply: Interval = .milliseconds(200)
    /// Temperatures, fans, settings and uptimes: the one-second thermal loop of phosphor-pid-control.
    public var slow: Interval = .seconds(1)
    /// Share of a serial line's time that scheduled polls may take; the rest is for writes, probes and retries.
    /// Arbitrary.
    public var serialLoadLimit: PerMille = .percent(70)
    /// A reading is stale after so many missed polls ("2 to 3 periods" is the rule of thumb) …
    public var staleAfterPolls: Int64 = 3
    /// … but not before this (arbitrary: five scan cycles).
    public var leastStaleAge: Interval = .milliseconds(500)
    /// Unneeded words that are read along to save a transaction. At 115200 baud a transaction costs as much as some
    /// 35 words, at 19200 as some 11 (request 8 and answer 5 octets of 11 bits, twice t3.5, 2 ms turnaround).
    public var greatestMergeGap = 16

    public init() {}
}

/// Time constants of the power loop.
public struct ControlTiming: Sendable {
    /// Caps rise at most this often; each time by this long's worth of slew.
    public var raiseInterval: Interval = .seconds(1)
    /// The same for laws that move cap from tray to tray, where the sum stays as it is. Arbitrary.
    public var approachInterval: Interval = .milliseconds(200)
    /// Power must have stayed under the uncap threshold for so long before caps rise: longer than the trough of a
    /// training step. Typical.
    public var uncapHold: Interval = .seconds(3)
    /// A tray that was just capped counts for its cap for so long; if it still draws more, for what it draws.
    /// RAPL and BMC actuation take up to about 2 s (typical).
    public var actuation: Interval = .seconds(2)
    /// Of the peak detector that estimates a tray's demand. Longer than a training step. Typical.
    public var demandMemory: Interval = .seconds(5)
    /// At power above this share of its cap a tray counts as held back. Arbitrary.
    public var hungryShare: PerMille = .percent(97)
    /// How far above its demand a tray's cap is left when slack is reclaimed. Arbitrary.
    public var demandMargin: PerMille = .percent(10)
    /// Measured power above this share of the cap is disobedience, not noise (sensor gain of 1 %, typical).
    public var disobedienceShare: PerMille = .perMille(1020)
    /// No decision is made before every device was found or found missing, but for no longer than this. Arbitrary.
    public var startup: Interval = .seconds(5)
    /// A cap read back that contradicts the cap written counts only if the read began so long after the write: longer
    /// than a BMC's latch period. Arbitrary.
    public var readBackDelay: Interval = .milliseconds(500)
    /// After a refused setting a device is not written to for so long. Arbitrary.
    public var refusalPause: Interval = .seconds(1)
    /// From the loss of a supply to caps that are down, beyond the comms watchdog by which silent devices fall back: the
    /// poll that finds it, its growing stale, and the way down. Arbitrary.
    public var overloadReaction: Interval = .seconds(3)
    /// Before a device is asked again that was too busy to answer; doubled with each such answer in a row, up to the
    /// interval of the poll, or the controller's period before a setting. 10 ms: arbitrary, a few transactions.
    public var busyPause: Interval = .milliseconds(10)
    /// A monitor's own limit as a share of the cap that it guards: the brake is for what the cap did not hold.
    /// Arbitrary.
    public var guardShare: PerMille = .percent(120)

    public init() {}
}

/// The fan loop.
public struct FanConfiguration: Sendable {
    /// Of the thermal loop, as in phosphor-pid-control.
    public var period: Interval = .seconds(1)
    /// Full duty over 40 K, integral action in about 50 s, for heatsinks with time constants of 60 s to 300 s
    /// (typical); clamps and slew are arbitrary.
    public var law = PIDLaw(
        proportional: 25_000, integral: 500, derivative: 0, lowest: .percent(20), highest: .whole,
        slew: SlewLimit(risePerSecond: .percent(20), fallPerSecond: .percent(2)))
    /// Smaller changes of duty are not sent.
    public var leastChange: PerMille = .percent(1)

    public init() {}
}
