public import Units

/// The present state of a rack in figures, for people who watch it run.
public struct LiveValues: Equatable, Sendable {
    public struct Tray: Equatable, Sendable {
        public var name: String
        public var power: Power
        /// The cap that the built-in controller wants; `nil` without it.
        public var askedCap: Power?
        /// The cap that the BMC holds, as far as the controller knows; without one, what the BMC enforces in truth.
        public var heldCap: Power?
        /// What the built-in controller takes the tray to want.
        public var demand: Power?
        public var floor: Power
        public var ceiling: Power
        /// The hottest die.
        public var temperature: Temperature
        /// `nil` for a tray without fans.
        public var duty: PerMille?
        /// For the built-in controller, or else for anybody who would ask: whether its devices answer.
        public var link: Link
        public var isPowered: Bool
        public var isBraked: Bool
        public var isThrottling: Bool
        /// The comms watchdog of its BMC expired: the default cap is in force.
        public var hasFallenBack: Bool
        public var isInFailsafe: Bool
        /// The built-in controller has no fresh reading of its power.
        public var isStale: Bool
    }

    public enum Link: Sendable {
        case online
        /// Boots, or is being identified and armed.
        case coming
        case lost
    }

    public struct Bus: Equatable, Sendable {
        public var name: String
        /// `rtu 115200 8E1` or `tcp`.
        public var kind: String
        public var requests: Int
        public var exceptions: Int
        public var timeouts: Int
        public var badFrames: Int
        /// Occupied time since the start, of all its connections together, and how many it has; a serial line is one.
        public var busy: Interval
        public var channels: Int
    }

    public var power: Power
    public var operatorBudget: Power
    /// What holds now: the lesser of the operator's word and of what the supplies carry.
    public var budget: Power
    /// 0...1000 of the way to a trip, of the breaker that is closest.
    public var breakerHeat: PerMille?
    public var workingSupplies: Int
    public var installedSupplies: Int
    public var trays: [Tray]
    public var buses: [Bus]
    /// Scan cycles of the built-in controller, and those that were late; `nil` without it.
    public var cycles: Int?
    public var lateCycles: Int?
    /// What is wrong now, a few words each: faults of the scenario, and what tripped or failed.
    public var faults: [String]
    /// What the built-in controller is about: `normal`, `shed`; `nil` without it.
    public var safetyState: String?
}
