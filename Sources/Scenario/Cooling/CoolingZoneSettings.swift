public import Units

/// A cooling zone as the rack's file states it: what the controller drives, by which temperatures, and how.
public struct CoolingZoneSettings: Sendable {
    public enum Actuator: Hashable, Sendable {
        /// The fans of one tray.
        case trayFans(Int)
        case fanWall
        case pumps
    }

    /// What a loop looks at: the hottest of these in the zone's trays, or the coolant.
    public enum Input: String, CaseIterable, Sendable {
        case accelerators
        case hosts
        case coolantSupply = "coolant-supply"
        case coolantReturn = "coolant-return"
    }

    public enum Law: Sendable {
        /// Gains in millionths of full duty: per kelvin; per kelvin and second; per kelvin per second.
        case pid(setpoint: Temperature, proportional: Int64, integral: Int64, derivative: Int64)
        /// Steps by rising temperature; how far the input must rise, and fall, before another step is looked for.
        case stepwise(steps: [(from: Temperature, duty: PerMille)], rise: Temperature, fall: Temperature)
    }

    public struct Loop: Sendable {
        public var input: Input
        public var law: Law
        /// Its output limits the duty instead of asking for one.
        public var isCeiling: Bool
        /// The least duty while the input is missing or stale.
        public var failsafe: PerMille

        public init(input: Input, law: Law, isCeiling: Bool, failsafe: PerMille) {
            self.input = input
            self.law = law
            self.isCeiling = isCeiling
            self.failsafe = failsafe
        }
    }

    public var name: String
    public var actuator: Actuator
    /// Indices of the trays whose temperatures it looks at.
    public var trays: [Int]
    public var loops: [Loop]
    public var minimum: PerMille
    public var failsafe: PerMille
    /// Fans or pumps that may stand still without failsafe.
    public var toleratedFailures: Int
    /// How fast the duty may rise and fall, per second.
    public var rise: PerMille
    public var fall: PerMille
    /// Of the thermal loops, and of the loop that drives and watches fans or pumps.
    public var thermalPeriod: Interval
    public var drivePeriod: Interval

    public init(
        name: String, actuator: Actuator, trays: [Int], loops: [Loop], minimum: PerMille, failsafe: PerMille,
        toleratedFailures: Int, rise: PerMille, fall: PerMille, thermalPeriod: Interval, drivePeriod: Interval
    ) {
        self.name = name
        self.actuator = actuator
        self.trays = trays
        self.loops = loops
        self.minimum = minimum
        self.failsafe = failsafe
        self.toleratedFailures = toleratedFailures
        self.rise = rise
        self.fall = fall
        self.thermalPeriod = thermalPeriod
        self.drivePeriod = drivePeriod
    }
}
