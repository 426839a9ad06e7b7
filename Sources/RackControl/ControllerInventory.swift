public import DeviceSpecs
public import Units

/// What the controller is told about the rack: buses, devices, and the policy for the trays. Everything else it reads.
public struct ControllerInventory: Sendable {
    public var buses: [ControllerBus]
    public var devices: [ControllerDevice]
    public var trays: [ControllerTray]
    /// What one supply can carry.
    public var supplyRating: Power

    public init(
        buses: [ControllerBus], devices: [ControllerDevice], trays: [ControllerTray], supplyRating: Power
    ) {
        self.buses = buses
        self.devices = devices
        self.trays = trays
        self.supplyRating = supplyRating
    }
}

public struct ControllerBus: Sendable {
    public enum Medium: Sendable {
        /// One shared line: one transaction outstanding for all devices.
        case serial(baud: Int)
        /// A connection per device: one transaction outstanding for each.
        case tcp
    }

    public var name: String
    public var medium: Medium

    public init(name: String, medium: Medium) {
        self.name = name
        self.medium = medium
    }
}

public struct ControllerDevice: Sendable {
    public enum Role: Hashable, Sendable {
        /// Index in `ControllerInventory.trays`; the specification's class says what it does there.
        case tray(Int)
        case supply(shelf: Int, slot: Int)
    }

    public var path: String
    /// A device whose class is `nil`, or that does not fit its role, is identified and otherwise left alone.
    public var specification: DeviceSpecification
    /// Index in `ControllerInventory.buses`.
    public var bus: Int
    public var unit: UInt8
    public var role: Role

    public init(path: String, specification: DeviceSpecification, bus: Int, unit: UInt8, role: Role) {
        self.path = path
        self.specification = specification
        self.bus = bus
        self.unit = unit
        self.role = role
    }
}

public struct ControllerTray: Sendable {
    /// Greater is served first and cut last.
    public var priority: Int
    /// The lowest cap that it may be given.
    public var floor: Power
    /// The highest power that it can draw; what it counts for when nothing is known of it.
    public var ceiling: Power

    public init(priority: Int, floor: Power, ceiling: Power) {
        self.priority = priority
        self.floor = floor
        self.ceiling = ceiling
    }
}
