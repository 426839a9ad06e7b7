public import Plant
public import Units

/// A scenario as its file states it, after all checks: every name resolved, every quantity in range.
public struct ScenarioDefinition: Sendable {
    /// The file's name without its ending.
    public var name: String
    /// The file's first comment line: what it shows.
    public var says: String
    public var duration: Interval
    public var rack: RackDefinition
    /// One workload for every tray that has accelerators, or one each.
    public var workloads: [WorkloadAssignment]
    public var controller: ControllerSettings
    /// By rising instant, then in the order of the file.
    public var events: [ScenarioEvent]
    public var expectations: [ExpectationDefinition]
    /// Parameters with the values in force, for the report.
    public var parameters: [(name: String, value: String)]
    /// Where clients from outside meet the buses when the rack is served, in the order of the file.
    public var served: [ServedBus]
    /// The ranges of the parameters that declare one.
    public var ranges: [ValueRange]
    /// How a swarm varies this scenario.
    public var swarm: SwarmSettings?
    /// Present where the scenario says that safety is owed: then the safety checks judge the run.
    public var safety: SafetySettings?
    /// The seed that a run takes when nobody says another.
    public var seed: UInt64?
    /// The shelf of the library on which it stands.
    public var group: ScenarioGroup?
    /// What to look at in its run, a sentence each.
    public var look: [String]
    /// Empty where values from outside are in force.
    public var variants: [ScenarioVariant]

    public init(
        name: String, says: String, duration: Interval, rack: RackDefinition, workloads: [WorkloadAssignment],
        controller: ControllerSettings, events: [ScenarioEvent], expectations: [ExpectationDefinition],
        parameters: [(name: String, value: String)], served: [ServedBus] = [], ranges: [ValueRange] = [],
        swarm: SwarmSettings? = nil, safety: SafetySettings? = nil, seed: UInt64? = nil,
        group: ScenarioGroup? = nil, look: [String] = [], variants: [ScenarioVariant] = []
    ) {
        self.name = name
        self.says = says
        self.duration = duration
        self.rack = rack
        self.workloads = workloads
        self.controller = controller
        self.events = events
        self.expectations = expectations
        self.parameters = parameters
        self.served = served
        self.ranges = ranges
        self.swarm = swarm
        self.safety = safety
        self.seed = seed
        self.group = group
        self.look = look
        self.variants = variants
    }
}

public struct WorkloadAssignment: Sendable {
    /// Indices of trays.
    public var trays: [Int]
    public var workload: WorkloadConfiguration

    public init(trays: [Int], workload: WorkloadConfiguration) {
        self.trays = trays
        self.workload = workload
    }
}

/// The rack controller's settings.
public struct ControllerSettings: Sendable {
    public enum Law: String, CaseIterable, Sendable {
        /// Watches and never caps: what happens without a rack controller.
        case none
        /// Caps above the first band, holds inside it, uncaps slowly below it.
        case threeBand = "three-band"
        /// Every tray keeps its share of the budget.
        case fixed = "static"
        /// Every cap in proportion to the present power, at every cycle: the naive law.
        case proportional
        /// Priorities first, equals equally.
        case waterFilling = "water-filling"
        /// Three bands around a budget that spends the breaker's thermal headroom and pays it back.
        case tripCurve = "trip-curve"
        /// Learns the period of a training run and caps its peaks.
        case predictive
        /// Limits how fast the rack's power may rise.
        case ramp
        /// Three bands, and swings smoothed by batteries or capacitors.
        case smooth

        /// Whether it brings each cap to a value of its own, so that caps pass from tray to tray while their sum stands.
        public var movesCaps: Bool {
            switch self {
            case .fixed, .waterFilling, .predictive, .tripCurve: true
            case .none, .threeBand, .proportional, .ramp, .smooth: false
            }
        }
    }

    public enum Redundancy: String, CaseIterable, Sendable {
        /// The capacity of all working supplies may be used.
        case none = "N"
        /// The loss of any one working supply must be survived.
        case oneSpare = "N+1"
        /// The loss of any one feed, with all supplies behind it, must be survived.
        case twoFeeds = "N+N"
    }

    public var law: Law
    public var redundancy: Redundancy
    public var period: Interval
    /// The operator's budget for the rack's DC power.
    public var budget: Power
    /// Shares of the budget at which capping begins, to which it caps, and below which it uncaps.
    public var capThreshold: PerMille
    public var capTarget: PerMille
    public var uncapThreshold: PerMille
    /// How much the sum of all caps may rise per second while uncapping.
    public var uncapSlew: Power
    /// Setpoint of the hottest accelerator for the fan loop.
    public var temperatureSetpoint: Temperature
    public var failsafeDuty: PerMille
    /// Comms watchdogs that the controller arms in the devices.
    public var deviceWatchdog: Interval
    /// Transaction time-out; retries before a device counts as absent; pause before it is probed again.
    public var timeout: Interval
    public var retries: Int
    public var reprobe: Interval
    /// Priority of each tray (greater = served first) and the lowest cap that it may be given.
    public var trays: [TrayPolicy]
    /// How fast the rack's power may rise per second, for the law `ramp`, or change, for `smooth`.
    public var ramp: Power
    /// How much of a breaker's trip heat the law `trip-curve` may use.
    public var tripSpend: PerMille
    public var load = LoadSettings()
    /// How much charging may take of the budget.
    public var recharge: Power = .zero
    /// For how long after a loss of all supplies the batteries are to last; zero = as long as they do.
    public var rideThrough: Interval = .zero
    /// Where the law `smooth` keeps the charge.
    public var lowestCharge: PerMille = .percent(30)
    public var highestCharge: PerMille = .percent(90)
    /// The time behaviour of the operator's budget, where it has one.
    public var overdraft: Overdraft?

    public init(
        law: Law, redundancy: Redundancy, period: Interval, budget: Power, capThreshold: PerMille, capTarget: PerMille,
        uncapThreshold: PerMille, uncapSlew: Power, temperatureSetpoint: Temperature, failsafeDuty: PerMille,
        deviceWatchdog: Interval, timeout: Interval, retries: Int, reprobe: Interval, trays: [TrayPolicy],
        ramp: Power, tripSpend: PerMille = .percent(50), overdraft: Overdraft? = nil
    ) {
        self.overdraft = overdraft
        self.ramp = ramp
        self.tripSpend = tripSpend
        self.law = law
        self.redundancy = redundancy
        self.period = period
        self.budget = budget
        self.capThreshold = capThreshold
        self.capTarget = capTarget
        self.uncapThreshold = uncapThreshold
        self.uncapSlew = uncapSlew
        self.temperatureSetpoint = temperatureSetpoint
        self.failsafeDuty = failsafeDuty
        self.deviceWatchdog = deviceWatchdog
        self.timeout = timeout
        self.retries = retries
        self.reprobe = reprobe
        self.trays = trays
    }
}

public struct TrayPolicy: Sendable {
    public var priority: Int
    public var floor: Power
    /// Highest power that the tray can draw; what it counts for when nothing is known of it.
    public var ceiling: Power

    public init(priority: Int, floor: Power, ceiling: Power) {
        self.priority = priority
        self.floor = floor
        self.ceiling = ceiling
    }
}
