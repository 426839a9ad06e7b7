public import ControlLaws
public import ModbusWire
public import Units

/// Something worth a line in the log.
public struct ControllerEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The device is what the inventory says.
        case identified(device: Int)
        /// Something else answers there; it is left alone and probed again later.
        case misidentified(device: Int)
        /// A qualified type other than before stands there; it is read and armed through its own map.
        case sourceChanged(device: Int, model: ShortText)
        /// What the device that was misidentified calls itself.
        case strangerNamed(device: Int, name: ShortText)
        /// Armed: watched and controlled from here on.
        case online(device: Int)
        /// Too many failures in a row.
        case lost(device: Int)
        /// It restarted behind the controller's back; it is identified and armed again.
        case restarted(device: Int)
        case settingRefused(device: Int, code: ExceptionCode)
        case supplyWorking(device: Int)
        case supplyLost(device: Int)
        case capLowered(tray: Int, to: Power)
        case capRaised(tray: Int, to: Power)
        /// The BMC enforces another cap than the one that it acknowledged; it is written again.
        case capContradicted(tray: Int, readBack: Power)
        case budgetChanged(Power)
        /// It did not run for so long, and begins anew.
        case stoodStill(for: Interval)
        case bandChanged(PowerBand)
        /// Even with every tray at its floor the budget does not hold; by how much.
        case budgetBelowFloors(by: Power)
        /// The budget would hold the floors, and yet caps cannot bring power down to the target: trays do not keep to theirs,
        /// or cannot be capped. By how much.
        case capsDoNotSuffice(by: Power)
        case failsafeEntered(tray: Int)
        case failsafeLeft(tray: Int)
        /// The same of the fan wall and of the pump unit.
        case coolingFailsafeEntered(device: Int)
        case coolingFailsafeLeft(device: Int)
        /// There is coolant in the tray; it is switched off and shut off from the loop.
        case leakFound(tray: Int)
        case trayIsolated(tray: Int)
        /// The coolant no longer cools: every tray on the loop is switched off.
        case coolantLost(CoolantLoss)
        /// The door that a leak sensor of the rack watches.
        case doorOpened(device: Int)
        case doorClosed(device: Int)
        /// The supplies carry the rack no longer, and backup units do; and the end of that.
        case bridgeBegan
        case bridgeEnded
        /// Nobody decides any more: see `RackController.holdSafeState`.
        case safeStateEntered
        case safeStateLeft
        /// The safety machine is in another state, by reason of what is missing or wrong.
        case safetyStateEntered(SafetyState, SafetyCauses)
        /// Its main power is being switched on, or off for want of power.
        case trayEnergised(tray: Int)
        case trayShed(tray: Int)
        /// It stays off, for this part is missing.
        case trayHeldBack(tray: Int, missing: TrayPart)
        /// Every tray is held by the power-brake line; the last one was let go.
        case brakeLinePulled
        case brakeLineReleased
    }

    public var at: Instant
    public var kind: Kind

    public init(at: Instant, kind: Kind) {
        self.at = at
        self.kind = kind
    }
}

public struct ControllerCounters: Hashable, Sendable {
    /// Acknowledged cap writes, keep-alives included.
    public var capsWritten = 0
    /// Caps that a scan cycle asked to be other than before.
    public var capsChanged = 0
    /// Cap writes sent that lowered what a tray may draw.
    public var lowerCapsSent = 0
    /// Scan cycles that began a whole period late or more.
    public var lateCycles = 0
    public var identifications = 0
    public var transactions = 0
    public var timeouts = 0
    public var badReplies = 0
    public var exceptions = 0
    /// Trays switched off for want of power.
    public var traysShed = 0
    /// Times that the power-brake line was pulled.
    public var brakesPulled = 0
    /// Events that nobody fetched in time.
    public var eventsDropped = 0

    public init() {}

    /// Those of a controller and of its successor together.
    public static func + (first: Self, second: Self) -> Self {
        var sum = first
        sum.capsWritten += second.capsWritten
        sum.capsChanged += second.capsChanged
        sum.lowerCapsSent += second.lowerCapsSent
        sum.lateCycles += second.lateCycles
        sum.identifications += second.identifications
        sum.transactions += second.transactions
        sum.timeouts += second.timeouts
        sum.badReplies += second.badReplies
        sum.exceptions += second.exceptions
        sum.traysShed += second.traysShed
        sum.brakesPulled += second.brakesPulled
        sum.eventsDropped += second.eventsDropped
        return sum
    }
}

/// A first-in first-out buffer of fixed size. When it is full the newest event is dropped: the beginning of trouble
/// tells more than its tail.
struct EventRing {
    private var slots: ContiguousArray<ControllerEvent>
    private var first = 0
    private(set) var count = 0

    init(capacity: Int) {
        slots = ContiguousArray(
            repeating: ControllerEvent(at: .start, kind: .bandChanged(.hold)), count: capacity)
    }

    /// False when there was no room.
    mutating func append(_ event: ControllerEvent) -> Bool {
        guard count < slots.count else { return false }
        slots[(first + count) % slots.count] = event
        count += 1
        return true
    }

    mutating func removeFirst() -> ControllerEvent? {
        guard count > 0 else { return nil }
        let event = slots[first]
        first = (first + 1) % slots.count
        count -= 1
        return event
    }
}
