public import RackControl
public import Units

/// What a controller outside the simulation says of itself: the signals, figures and checks that are about the
/// controller are fed from here in place of the built-in one. The rack itself never looks at it.
public struct ControllerView: Sendable {
    /// The lesser of the operator's budget and of what it knows the supplies to carry.
    public var budget: Power
    /// What all trays together count for.
    public var measuredPower: Power
    /// By tray.
    public var askedCaps: [Power]
    /// By device of the rack, without those that stand alone.
    public var phases: [DevicePhase]
    public var counters: ControllerCounters
    /// How far it believes the breaker that is closest to be on its way to a trip.
    public var tripHeat: PerMille
    /// Answers that were damaged, or belonged to another request.
    public var misread: Int

    public init(
        budget: Power, measuredPower: Power, askedCaps: [Power], phases: [DevicePhase],
        counters: ControllerCounters, tripHeat: PerMille, misread: Int
    ) {
        self.budget = budget
        self.measuredPower = measuredPower
        self.askedCaps = askedCaps
        self.phases = phases
        self.counters = counters
        self.tripHeat = tripHeat
        self.misread = misread
    }
}
