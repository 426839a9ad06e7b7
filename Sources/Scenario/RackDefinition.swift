public import DeviceSpecs
public import Plant
public import Units

/// A rack: its physics, its buses, and the devices that connect the two.
public struct RackDefinition: Sendable {
    public var name: String
    public var says: String
    public var plant: PlantConfiguration
    public var buses: [BusDefinition]
    /// Those that stand alone come last.
    public var devices: [DeviceDefinition]
    /// How the controller is to cool; empty for the usual zones.
    public var zones: [CoolingZoneSettings]

    public init(
        name: String, says: String, plant: PlantConfiguration, buses: [BusDefinition], devices: [DeviceDefinition],
        zones: [CoolingZoneSettings] = []
    ) {
        self.name = name
        self.says = says
        self.plant = plant
        self.buses = buses
        self.devices = devices
        self.zones = zones
    }
}

public struct BusDefinition: Sendable {
    public enum Medium: Sendable {
        /// One shared line, one talker at a time; 11-bit characters.
        case rtu(baud: Int, parity: Parity)
        /// A connection per device.
        case tcp(latency: Interval, jitter: Interval)
    }

    public var name: String
    public var medium: Medium
    /// Where the real bus is; `nil` where the rack names no place, or one for each device instead.
    public var endpoint: BusEndpoint?

    public init(name: String, medium: Medium, endpoint: BusEndpoint? = nil) {
        self.name = name
        self.medium = medium
        self.endpoint = endpoint
    }
}

/// A device on a bus.
public struct DeviceDefinition: Sendable {
    /// Where in the plant it senses and acts.
    public enum Attachment: Hashable, Sendable {
        case tray(Int)
        case supply(shelf: Int, slot: Int)
        /// A battery or capacitor unit in a backup shelf.
        case backup(shelf: Int, slot: Int)
        /// A part of a backup shelf beside its units.
        case backupShelf(Int)
        /// A part of a shelf beside its supplies.
        case shelf(Int)
        /// At this rack's end of a cable from another one.
        case tether(Int)
        /// A part of the rack itself: its number, from 0, among those of its class in the rack.
        case rack(Int)
        /// Nowhere: registers that hold what clients write, with neither firmware nor physics behind them.
        case standalone
        /// The rack controller's own unit; the last device of the rack, if there is one.
        case controller
    }

    /// Its path: `tray-3/monitor`, `shelf-1/psu-2`; of a standalone device its name.
    public var path: String
    public var specification: DeviceSpecification
    /// Other types that are qualified to stand in its place; all of its class.
    public var alternatives: [DeviceSpecification]
    /// Index in `RackDefinition.buses`.
    public var bus: Int
    /// 1...255.
    public var unit: UInt8
    public var attachment: Attachment
    /// Where the real device is: its own place, or that of its bus; `nil` where the rack names neither.
    public var endpoint: BusEndpoint?

    public init(
        path: String, specification: DeviceSpecification, bus: Int, unit: UInt8, attachment: Attachment,
        endpoint: BusEndpoint? = nil, alternatives: [DeviceSpecification] = []
    ) {
        self.path = path
        self.specification = specification
        self.alternatives = alternatives
        self.bus = bus
        self.unit = unit
        self.attachment = attachment
        self.endpoint = endpoint
    }
}
