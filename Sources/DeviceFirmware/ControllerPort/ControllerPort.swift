public import RegisterMaps
public import Units

/// The rack controller's own Modbus unit, for whoever stands above it.
///
/// Purpose: show what the controller knows and does, and take the budget that the rack may draw.
///
/// Inputs and how far to trust them: the image is the controller's own belief, published as it is. A budget from above is
/// trusted once in range: not below the trays' floors, which no cap could hold, and not above what the supplies are rated
/// for.
///
/// Intended behaviour: a budget outside its range is refused with exception 3, and the old one stays. One inside it is
/// handed to the controller with the next step and read back at once. There is no watchdog: a rack whose operator is
/// silent keeps its budget.
///
/// After a restart: silent for the boot time. The budget is the controller's to keep.
public struct ControllerPort: StartableFirmware, Sendable {
    public typealias ProcessImage = ControllerPortImage
    public typealias Outputs = ControllerPortOutputs

    public private(set) var lifetime: DeviceLifetime
    public let configuration: ControllerPortConfiguration
    private var shown = ControllerPortImage()
    private var wish: Power?
    private var taken: Int64 = 0
    private var refused: Int64 = 0

    public init(_ configuration: ControllerPortConfiguration, runningSince now: Instant = .start) {
        precondition(configuration.leastBudget <= configuration.greatestBudget, "no budget would be in range")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        shown.budget = configuration.greatestBudget
    }

    public mutating func step(at now: Instant, sampling image: ControllerPortImage) -> ControllerPortOutputs {
        guard now >= lifetime.nextSample else { return ControllerPortOutputs() }
        _ = lifetime.sampled(at: now)
        shown = image
        let outputs = ControllerPortOutputs(budget: wish)
        if let wish { shown.budget = wish }
        wish = nil
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        shown = ControllerPortImage()
        (wish, taken, refused) = (nil, 0, 0)
    }

    /// A client was told exception 3.
    public mutating func noteRefusal() { refused += 1 }

    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = RackControllerSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .budget: (wish ?? shown.budget).rawValue
        case .leastBudget: configuration.leastBudget.rawValue
        case .greatestBudget: configuration.greatestBudget.rawValue
        case .effectiveBudget: shown.effectiveBudget.rawValue
        case .capacity: shown.capacity.rawValue
        case .breakerLimit: shown.breakerLimit.rawValue
        case .power: shown.power.rawValue
        case .headroom: (shown.effectiveBudget - shown.power).rawValue
        case .tripHeat: shown.tripHeat.rawValue
        case .worstTemperature: shown.worstTemperature.rawValue
        case .suppliesWorking: shown.suppliesWorking
        case .suppliesInstalled: shown.suppliesInstalled
        case .law: shown.law
        case .state: shown.state
        case .budgetsTaken: taken
        case .budgetsRefused: refused
        case .trayCount: shown.trayCount
        case .trayCap: signal.member < 32 ? shown.trayCaps[Int(signal.member)].rawValue : 0
        case .trayPower: signal.member < 32 ? shown.trayPowers[Int(signal.member)].rawValue : 0
        case .uptime: lifetime.uptime.seconds
        case .safetyState: shown.safetyState
        case .traysOff: shown.traysOff
        case .traysBraked: shown.traysBraked
        }
    }

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard RackControllerSignal(writable: signal) != nil else { return .protected }
        let range = configuration.leastBudget...configuration.greatestBudget
        return range.contains(Power(rawValue: value)) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard RackControllerSignal(writable: signal) == .budget else { return }
        wish = Power(rawValue: value)
        taken += 1
    }

    /// The map's own default is no word from above: the controller begins with its own budget.
    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal, value: value)
    }
}
