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

        /// DC power of all supplies; what all backup units give to the busbar, below zero while they charge; their mean
        /// charge.
        case rackSupplyPower
        case rackBackupPower
        case rackBackupCharge
        /// By how much the AC power drawn from all feeds changed within the last second, and within the last 10 s.
        case rackInputRamp
        case rackInputSwing
        case upsLoad(feed: Int)
        /// Of the overload time of the path that carries the load; 100 % and it is given up.
        case upsHeat(feed: Int)
        case upsCharge(feed: Int)
        case upsBypassed(feed: Int)
        case upsOnBattery(feed: Int)
        case backupShelfPower(shelf: Int)
        case backupShelfCharge(shelf: Int)
        /// Of one unit, counted over all backup shelves.
        case backupPower(unit: Int)
        case backupCharge(unit: Int)

        case tether(TetherSignal, tether: Int)

        case busLoad(bus: Int)
        case busTimeouts(bus: Int)
        case lateCycles
        case cooling(CoolingSignal)
        /// What a device tells of itself.
        case reading(DeviceReading)
        /// How hot the controller believes the hottest breaker to be; 100 % trips the fastest specimen.
        case believedTripHeat
        /// 0 no controller acts, 1 start, 2 normal, 3 degraded, 4 failsafe, 5 shed, 6 recovery.
        case safetyState
        /// 0 nobody acts, 1 the controller, 2 its standby.
        case actingSeat
        /// Trays whose main power is on.
        case traysOn
        /// Trays that the power-brake line holds.
        case traysBraked

        /// Whether the signal is 0 or 1 and may stand alone in an expectation.
        public var isTruth: Bool {
            switch self {
            case .breakerTripped, .feedLive, .supplyOn, .trayBrake, .trayOnline, .upsBypassed, .upsOnBattery,
                .tether(.isOn, _):
                true
            case .reading(let reading): reading.isTruth
            default: false
            }
        }
    }
}
