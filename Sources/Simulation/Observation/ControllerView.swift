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
    public var capsWritten: Int
    public var lateCycles: Int
    /// Answers that were damaged, or belonged to another request.
    public var misread: Int

    public init(
        budget: Power, measuredPower: Power, askedCaps: [Power], phases: [DevicePhase], capsWritten: Int,
        lateCycles: Int, misread: Int
    ) {
        self.budget = budget
        self.measuredPower = measuredPower
        self.askedCaps = askedCaps
        self.phases = phases
        self.capsWritten = capsWritten
        self.lateCycles = lateCycles
        self.misread = misread
    }
}
