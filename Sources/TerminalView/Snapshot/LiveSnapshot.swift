public import Units

/// What a running rack shows at one instant. Whoever drives the rack fills in what it knows; what stays `nil` is not
/// drawn. A controller of real devices knows less than a simulation.
public struct LiveSnapshot: Equatable, Sendable {
    /// Name of the scenario or of the rack.
    public var title = ""
    /// What is being done with it, in a word or two: `serving`, `controlling`, `dry run`.
    public var activity = ""
    /// The rack's time since its start, and the wall's: they differ where the speed is not 1.
    public var rackTime: Interval?
    public var wallTime: Interval?
    /// Rack time at which the run ends by itself.
    public var end: Interval?
    /// How far the rack's time is behind where the wall clock says that it should be.
    public var lag: Interval?
    /// Nothing is written to any device.
    public var isDryRun = false
    /// Nobody decides: the trays were asked to hold their safe caps.
    public var isSafeStateHeld = false
    /// Who caps: `builtin`, `three-band`, or `none`.
    public var controller = "none"
    /// What the controller is about: `normal`, `degraded`, `shed`.
    public var safetyState: String?

    public var power: Power?
    /// Trays that count with their worst case in `power`, since nobody can read what they draw.
    public var assumedTrays = 0
    /// The operator's word, and what of it holds now.
    public var budget: Power?
    public var effectiveBudget: Power?
    /// Where the effective budget comes from: `operator`, `supplies N+1`.
    public var budgetSource: String?
    /// The hottest breaker: 1000 per mille trips it.
    public var breakerHeat: PerMille?
    public var workingSupplies: Int?
    public var installedSupplies: Int?

    public var trays: [LiveTray] = []
    public var buses: [LiveBus] = []
    /// Scan cycles so far, and those that began a period late or more.
    public var cycles: Int?
    public var lateCycles: Int?
    /// Releases of the scan cycle that passed while an earlier cycle went on.
    public var skippedReleases: Int?
    /// From a release to the control thread's first look at the clock, 99 % of them at most.
    public var wakeUpP99: Interval?
    /// The last ones, oldest first.
    public var events: [LiveEvent] = []
    /// What is wrong at this instant, a few words each: `shelf-1/psu-3 failed`.
    public var faults: [String] = []

    public init() {}

    /// The budget that power is held against.
    public var budgetInForce: Power? { effectiveBudget ?? budget }

    /// Negative when power is above the budget.
    public var headroom: Power? {
        guard let power, let budgetInForce else { return nil }
        return budgetInForce - power
    }

    /// The tray with the highest temperature.
    public var hottestTray: LiveTray? {
        trays.max { ($0.temperature ?? .lowest) < ($1.temperature ?? .lowest) }.flatMap {
            $0.temperature == nil ? nil : $0
        }
    }
}

extension Temperature {
    fileprivate static let lowest = Temperature(rawValue: .min)
}
