public import ControlLaws
public import Units

/// A cooling zone as the controller is told of it: what it drives, by which temperatures, and how.
public struct ControllerZone: Sendable {
    public enum Actuator: Hashable, Sendable {
        /// The fans of one tray.
        case trayFans(Int)
        /// The rack's fan wall.
        case fanWall
        /// The pumps of the rack's liquid loop.
        case pumps
    }

    /// The hottest of these in the zone's trays is a loop's input.
    public enum Input: UInt8, Sendable {
        /// Accelerators; the host in a tray without them.
        case accelerators
        case hosts
        /// What the pump unit measures of the coolant on its way to the trays and back.
        case coolantSupply
        case coolantReturn
    }

    public struct Loop: Sendable {
        public var input: Input
        public var law: ThermalLaw
        public var isCeiling: Bool
        /// The least duty while the input is missing.
        public var failsafe: PerMille

        public init(input: Input, law: ThermalLaw, isCeiling: Bool = false, failsafe: PerMille) {
            self.input = input
            self.law = law
            self.isCeiling = isCeiling
            self.failsafe = failsafe
        }
    }

    public var name: String
    public var actuator: Actuator
    /// Indices in `ControllerInventory.trays`.
    public var trays: [Int]
    public var loops: [Loop]
    public var minimum: PerMille
    public var failsafe: PerMille
    /// Fans that may stand still without failsafe.
    public var toleratedFailures: Int
    /// How fast the duty may follow what the loops ask for; `nil` = at once.
    public var slew: SlewLimit?
    /// Of the thermal loops, and of the loop that drives and watches the fans.
    public var thermalPeriod: Interval
    public var drivePeriod: Interval

    public init(
        name: String, actuator: Actuator, trays: [Int], loops: [Loop], minimum: PerMille, failsafe: PerMille,
        toleratedFailures: Int = 0, slew: SlewLimit? = nil, thermalPeriod: Interval = .seconds(1),
        drivePeriod: Interval = .seconds(1)
    ) {
        self.name = name
        self.actuator = actuator
        self.trays = trays
        self.loops = loops
        self.minimum = minimum
        self.failsafe = failsafe
        self.toleratedFailures = toleratedFailures
        self.slew = slew
        self.thermalPeriod = thermalPeriod
        self.drivePeriod = drivePeriod
    }
}
