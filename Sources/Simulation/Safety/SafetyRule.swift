/// What is owed to a rack under every schedule of trouble that its redundancy promises to survive.
public enum SafetyRule: String, CaseIterable, Codable, Sendable {
    case nothingTrips = "nothing trips"
    case curves = "limits are exceeded no longer than their curves allow"
    case overdraft = "no more is drawn over the budget than is agreed"
    case capsFit = "caps fit what the next failure leaves"
    case capsAsked = "caps in force lie between floor and request"
    case freshReadings = "nothing is decided on stale readings"
    case cooling = "cooling that cannot see runs at its failsafe duty"
    case watchdogs = "an armed device keeps its watchdog"
    case fallback = "a device that nobody commands falls back"
    case slew = "caps rise no faster than the slew"
    case identity = "nothing is written to a device before it was identified"
    case retries = "no device is given up before its retries"
    case brakes = "power brakes let go"
    case brakeLine = "the brake line is pulled for an overload and let go"
    case convergence = "the healed rack converges"
}

/// The first breach of a rule in a run.
public struct SafetyFinding: Hashable, Codable, Sendable {
    public var rule: SafetyRule
    /// Simulated seconds.
    public var at: Double
    public var text: String

    public init(rule: SafetyRule, at: Double, text: String) {
        self.rule = rule
        self.at = at
        self.text = text
    }
}

/// How far a run was from each kind of breach.
public struct SafetyMargins: Hashable, Codable, Sendable {
    /// Greatest share of any breaker's trip heat that was used, by the checks' own reckoning; 1 trips.
    public var tripHeat = 0.0
    /// The same of any supply's peak power time.
    public var supplyStress = 0.0
    /// Greatest power above the operator's budget or what the working supplies are rated for, W; 0 when there was none.
    public var overshoot = 0.0
    /// Greatest share that was used of what may be drawn over the operator's budget; above 1 is a breach. `nil` where no
    /// overdraft is agreed.
    public var overdraft: Double?
    /// Least room between the caps in force and what the next failure leaves, W, where it is owed.
    public var room = Double.infinity
    /// Seconds from the last trouble's end to convergence; `nil` when the run ended before that is judged.
    public var settle: Double?

    public init() {}
}
