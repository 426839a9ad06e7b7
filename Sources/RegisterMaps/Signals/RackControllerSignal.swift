/// The signals that a rack controller offers to whoever stands above it: an operator, a row controller, demand response.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum RackControllerSignal: UInt8, DeviceSignal {
    /// What the rack may draw by the word from above.
    case budget
    /// The least budget that is taken: the sum of the trays' floors.
    case leastBudget
    /// The greatest: what all supplies together are rated for.
    case greatestBudget
    /// What is enforced: the least of the budget, the supplies after the failure to be survived, and the breakers.
    case effectiveBudget
    /// What the working supplies carry after the failure that must be survived.
    case capacity
    /// What the feeds' breakers carry for ever.
    case breakerLimit
    /// What the trays together count for.
    case power
    /// Effective budget less power; below zero while the rack is over it.
    case headroom
    /// How hot the hottest breaker is believed to be.
    case tripHeat
    /// Of all trays whose temperatures are known.
    case worstTemperature
    case suppliesWorking
    case suppliesInstalled
    /// 0 none, 1 three-band, 2 static, 3 proportional, 4 water-filling, 5 trip-curve, 6 predictive, 7 ramp.
    case law
    /// 0 starting, 1 holding, 2 cutting, 3 giving back.
    case state
    /// Budgets taken from above, and refused, since start.
    case budgetsTaken
    case budgetsRefused
    case trayCount
    /// Asked of one tray.
    case trayCap
    /// What one tray counts for.
    case trayPower
    /// Time since the controller started.
    case uptime
    /// 1 start, 2 normal, 3 degraded, 4 failsafe, 5 shed, 6 recovery.
    case safetyState
    /// Trays that are off by their BMC's word.
    case traysOff
    /// Trays that the power-brake line holds.
    case traysBraked

    public var name: StaticString {
        switch self {
        case .budget: "budget"
        case .leastBudget: "budget.least"
        case .greatestBudget: "budget.greatest"
        case .effectiveBudget: "budget.effective"
        case .capacity: "capacity"
        case .breakerLimit: "breaker-limit"
        case .power: "power"
        case .headroom: "headroom"
        case .tripHeat: "trip-heat"
        case .worstTemperature: "temperature.worst"
        case .suppliesWorking: "supplies.working"
        case .suppliesInstalled: "supplies.installed"
        case .law: "law"
        case .state: "state"
        case .budgetsTaken: "budgets.taken"
        case .budgetsRefused: "budgets.refused"
        case .trayCount: "tray-count"
        case .trayCap: "tray-cap"
        case .trayPower: "tray-power"
        case .uptime: "uptime"
        case .safetyState: "safety-state"
        case .traysOff: "trays.off"
        case .traysBraked: "trays.braked"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .budget, .leastBudget, .greatestBudget, .effectiveBudget, .capacity, .breakerLimit, .power, .headroom,
            .trayCap, .trayPower:
            .milliwatts
        case .tripHeat: .perMille
        case .worstTemperature: .millidegrees
        case .suppliesWorking, .suppliesInstalled, .law, .state, .budgetsTaken, .budgetsRefused, .trayCount,
            .safetyState, .traysOff, .traysBraked:
            .count
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .trayCap, .trayPower: 32
        default: 1
        }
    }

    public var isWritable: Bool { self == .budget }
}
