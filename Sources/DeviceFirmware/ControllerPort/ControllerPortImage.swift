public import Units

/// What the rack controller knows at one instant, for the port to publish.
@frozen
public struct ControllerPortImage: Sendable {
    /// Trays that a port can show.
    public static var trayLimit: Int { 32 }

    /// The budget from above that the controller works with now.
    public var budget = Power.zero
    public var effectiveBudget = Power.zero
    public var capacity = Power.zero
    public var breakerLimit = Power.zero
    public var power = Power.zero
    public var tripHeat = PerMille.zero
    public var worstTemperature = Temperature.zero
    public var suppliesWorking: Int64 = 0
    public var suppliesInstalled: Int64 = 0
    public var law: Int64 = 0
    public var state: Int64 = 0
    public var safetyState: Int64 = 0
    public var traysOff: Int64 = 0
    public var traysBraked: Int64 = 0
    public var trayCount: Int64 = 0
    public var trayCaps = InlineArray<32, Power>(repeating: .zero)
    public var trayPowers = InlineArray<32, Power>(repeating: .zero)

    @inlinable public init() {}
}

/// What a client above has asked for.
@frozen
public struct ControllerPortOutputs: Hashable, Sendable {
    /// A budget that was taken and that the controller has not been given yet.
    public var budget: Power?

    @inlinable public init(budget: Power? = nil) { self.budget = budget }
}

/// What the port accepts.
@frozen
public struct ControllerPortConfiguration: Sendable {
    /// The sum of the trays' floors: no cap could hold less.
    public var leastBudget: Power
    /// What all supplies together are rated for.
    public var greatestBudget: Power
    /// Between two publications. The usual scan cycle.
    public var samplePeriod = Interval.milliseconds(100)
    /// Of the controller's operating system. Typical of an embedded Linux.
    public var bootTime = Interval.seconds(20)

    @inlinable public init(leastBudget: Power, greatestBudget: Power) {
        self.leastBudget = leastBudget
        self.greatestBudget = greatestBudget
    }
}
