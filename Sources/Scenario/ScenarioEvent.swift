public import DeviceSpecs
public import Units

/// Something that the scenario does to the rack at an instant.
public struct ScenarioEvent: Sendable {
    public var at: Instant
    /// When it is undone; `nil` = stays.
    public var until: Instant?
    public var action: ScenarioAction
    /// As a person would say it, for the report: `fail shelf-1/psu-3`.
    public var text: String

    public init(at: Instant, until: Instant?, action: ScenarioAction, text: String) {
        self.at = at
        self.until = until
        self.action = action
        self.text = text
    }
}

public enum ScenarioAction: Sendable {
    case failSupply(shelf: Int, slot: Int)
    case restoreSupply(shelf: Int, slot: Int)
    /// A battery or capacitor unit, counted over all backup shelves, gives and takes nothing any more.
    case failBackup(unit: Int)
    case restoreBackup(unit: Int)
    case loseFeed(Int)
    case restoreFeed(Int)
    /// A fan that stands still; `fan` is its index in the tray.
    case stallFan(tray: Int, fan: Int)
    case restoreFan(tray: Int, fan: Int)
    /// The device's MCU restarts and is silent for the duration of its boot.
    case rebootDevice(device: Int)
    /// The device is pulled, and at the event's end another of its class answers in its place; a backup unit with so much
    /// in its store.
    case replaceDevice(device: Int, with: DeviceSpecification, charge: PerMille)
    /// The device is gone from its bus (until the event's end).
    case disconnectDevice(device: Int)
    case sensorFault(device: Int, sensor: SensedQuantity, fault: SensorFault)
    case busFault(BusFault)
    case cooling(CoolingAction)
    case tether(TetherAction)
    case setBudget(Power)
    case setInletTemperature(Temperature)
    /// A new mean load for every workload that has one.
    case setDemand(PerMille)
    /// The controller is dead until the event's end, and begins anew then, knowing nothing.
    case stopController(ControllerSeatName)
    /// It stands still until the event's end, and goes on then as if no time had passed.
    case pauseController(ControllerSeatName)
    case partitionController(ControllerSeatName, from: ControllerReach)
}

public enum SensedQuantity: String, CaseIterable, Sendable {
    case voltage
    case current
    case temperature
    case speed
}

public enum SensorFault: Sendable {
    /// Keeps the value it had when the fault began.
    case stuck
    /// Departs from the truth by so many base units of its quantity per second (millivolts, milliamperes …).
    case drift(perSecond: Int64)
    /// Is off by a constant factor.
    case gain(PerMille)
}
