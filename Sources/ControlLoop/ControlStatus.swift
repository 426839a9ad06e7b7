public import ControlLaws
public import RackControl
public import Units

/// The rack as the controller saw it at the end of a scan cycle.
public struct ControlStatus: Sendable {
    public struct Tray: Sendable {
        public var askedCap = Power.zero
        /// As far as the BMC acknowledged it.
        public var confirmedCap: Power?
        public var safeCap = Power.zero
        /// What the tray counts for: its reading, or its worst case.
        public var power = Power.zero
        /// Whether that power was read from it lately.
        public var hasFreshPower = false
        public var duty = PerMille.zero
        public var hottest: Temperature?
        public var isInFailsafe = true
    }

    public struct Device: Sendable {
        public var phase = DevicePhase.probing
        public var safeState = SafeStateProgress.outOfReach
    }

    public var at = Instant.start
    /// What holds: the operator's word, or what the supplies can carry if that is less.
    public var budget = Power.zero
    public var operatorBudget = Power.zero
    public var power = Power.zero
    public var band: Band = .starting
    public var workingSupplies = 0
    public var isSafeStateHeld = false
    public var safetyState = SafetyState.start
    public var cycles = 0
    public var lateCycles = 0
    public var skippedReleases = 0
    /// Of the wake-ups so far, at most a second old; `nil` in the first second.
    public var wakeUpP99: Interval?
    public var counters = ControllerCounters()
    /// How far the controller believes the breaker that is closest to be on its way to a trip.
    public var tripHeat = PerMille.zero
    /// By the indices of the inventory.
    public var trays: [Tray]
    public var devices: [Device]

    public enum Band: String, Sendable {
        case starting
        case lower
        case hold
        case raise
        case safe
    }

    init(trays: Int, devices: Int) {
        self.trays = Array(repeating: Tray(), count: trays)
        self.devices = Array(repeating: Device(), count: devices)
    }

    /// A copy whose storage is shared with nobody, so that the control thread goes on without copying its own.
    func detached() -> ControlStatus {
        var copy = self
        copy.trays = trays.map { $0 }
        copy.devices = devices.map { $0 }
        return copy
    }
}
