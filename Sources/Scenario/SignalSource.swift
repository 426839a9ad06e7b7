extension SignalCatalogue {
    /// What a recorded signal is: the simulation evaluates it by one switch. Indices are those of the rack's arrays;
    /// units stand in the catalogue. Truths are 0 or 1.
    public enum Source: Hashable, Sendable {
        /// DC power drawn by all trays.
        case rackPower
        /// The budget that the controller enforces now, after redundancy and failed supplies.
        case rackBudget
        /// The budget that the operator has set.
        case operatorBudget
        /// Rated power of the working supplies.
        case rackCapacity
        /// What of the operator's overdraft is used, by the rack's true power; 0 without one.
        case overdraft
        /// What the controller believes the rack draws.
        case measuredPower
        /// Sum of the caps that the controller has asked for.
        case rackCaps
        /// Share of the demanded work lost to capping so far.
        case rackWorkLost
        /// AC power drawn from all feeds.
        case rackInputPower
        /// Mean load that the workload asks of the accelerators.
        case rackDemand
        /// Power of the rack above that of a second ago.
        case rackPowerRise
        case busVoltage

        case feedPower(feed: Int)
        case feedCurrent(feed: Int)
        /// 100 % trips.
        case breakerHeat(feed: Int)
        case breakerTripped(feed: Int)
        case feedLive(feed: Int)

        case shelfPower(shelf: Int)
        case supplyPower(shelf: Int, slot: Int)
        case supplyOn(shelf: Int, slot: Int)

        case trayPower(tray: Int)
        /// The cap that the BMC enforces now.
        case trayCap(tray: Int)
        /// The cap that the controller last asked for.
        case trayAskedCap(tray: Int)
        case trayBrake(tray: Int)
        /// Hottest accelerator.
        case trayTemperature(tray: Int)
        case trayInlet(tray: Int)
        case trayOutlet(tray: Int)
        case trayDuty(tray: Int)
        /// Slowest fan.
        case trayFanSpeed(tray: Int)
        case trayWorkLost(tray: Int)
        /// Whether the controller reaches all devices of the tray.
        case trayOnline(tray: Int)

        case busLoad(bus: Int)
        case busTimeouts(bus: Int)
        case lateCycles
        /// How hot the controller believes the hottest breaker to be; 100 % trips the fastest specimen.
        case believedTripHeat

        /// Whether the signal is 0 or 1 and may stand alone in an expectation.
        public var isTruth: Bool {
            switch self {
            case .breakerTripped, .feedLive, .supplyOn, .trayBrake, .trayOnline: true
            default: false
            }
        }
    }
}
