public import DeviceSpecs
public import Units

/// Where in a rack a device may stand: the key of the rack file that puts it there, and what it is called there.
public enum DevicePlace: Hashable, Sendable {
    /// One in every tray of a group: `monitor: {spec: ...}` makes `tray-3/monitor`.
    case tray(key: String, name: String)
    /// In every slot of a group of shelves: `supplies: {spec: ...}` makes `shelf-1/psu-2`.
    case supply
    /// In every slot of a group of backup shelves: `units: {spec: ...}` makes `bbu-1/unit-2`.
    case backup
    /// One in every backup shelf of a group, beside its units.
    case backupShelf(key: String, name: String)
    /// One in every shelf of a group, beside its supplies.
    case shelf(key: String, name: String)
    /// At this rack's end of a cable: an entry of `tethers`, by its own name.
    case tether
    /// Of the rack itself: an entry of `devices`, by its own name.
    case rack
    /// The rack controller's own unit.
    case controller
}

/// What of a rack's cooling a device of the rack itself works on. Each has one device of a class at most.
public enum CoolingPart: Sendable {
    case fanWall
    case loop
}

/// What a rack, its events and those who draw trouble for it know of a device class.
public struct DeviceStanding: Sendable {
    public typealias MemberCount = @Sendable (RackDefinition, DeviceDefinition.Attachment) -> Int

    public var places: [DevicePlace]
    /// The sensors that can be made to lie.
    public var sensors: [SensedQuantity]
    /// How long its firmware is silent after a restart, with a little to spare.
    public var bootsWithin: Interval
    /// In the rack itself: what must be there for it.
    public var worksOn: CoolingPart?
    /// In the rack itself: whether it stops when the busbar is dead, as the devices of the trays do.
    public var isFedFromBusbar: Bool
    /// How many members a device has of which each is recorded, by where it stands.
    public var members: MemberCount

    init(
        _ places: [DevicePlace], sensors: [SensedQuantity], bootsWithin: Interval = DeviceStanding.usualBoot,
        worksOn: CoolingPart? = nil, isFedFromBusbar: Bool = false, members: @escaping MemberCount = { _, _ in 0 }
    ) {
        self.places = places
        self.sensors = sensors
        self.bootsWithin = bootsWithin
        self.worksOn = worksOn
        self.isFedFromBusbar = isFedFromBusbar
        self.members = members
    }

    /// Small MCUs are up after 200 ms to 300 ms; typical.
    public static let usualBoot = Interval.milliseconds(500)
}

extension DeviceClass {
    /// The one table of where the classes may stand.
    public var standing: DeviceStanding {
        switch self {
        case .powerMonitor:
            DeviceStanding([.tray(key: "monitor", name: "monitor")], sensors: [.voltage, .current, .temperature])
        case .powerSupply:
            DeviceStanding(
                [.supply], sensors: [.voltage, .current, .temperature], bootsWithin: .milliseconds(1500))
        case .baseboardController:
            DeviceStanding(
                [.tray(key: "bmc", name: "bmc")], sensors: [.temperature], bootsWithin: .milliseconds(30_500))
        case .fanController:
            DeviceStanding(
                [.tray(key: "fan-controller", name: "fans"), .rack], sensors: [.temperature, .speed],
                worksOn: .fanWall, isFedFromBusbar: true)
        case .rackController: DeviceStanding([.controller], sensors: [])
        case .pumpUnit:
            DeviceStanding([.rack], sensors: [.temperature, .speed], worksOn: .loop, isFedFromBusbar: true)
        case .leakSensor:
            DeviceStanding([.tray(key: "leak-sensor", name: "leak"), .rack], sensors: [], isFedFromBusbar: true)
        case .backupUnit: DeviceStanding([.backup], sensors: [.voltage, .current, .temperature])
        case .shelfGateway:
            DeviceStanding(
                [.shelf(key: "gateway", name: "gateway"), .backupShelf(key: "gateway", name: "gateway")], sensors: [],
                members: { $0.modules(at: $1) })
        case .shuntMonitor:
            DeviceStanding([.tray(key: "rail-monitor", name: "rails")], sensors: [.voltage, .current])
        case .busbarMeter: DeviceStanding([.rack], sensors: [.voltage, .current])
        case .opticsController:
            DeviceStanding(
                [.tray(key: "optics", name: "optics")], sensors: [.temperature],
                members: { $0.opticalModules(at: $1) })
        case .rackPDU:
            DeviceStanding([.rack], sensors: [.voltage, .current], members: { $0.outlets(at: $1).count })
        case .controlValve:
            DeviceStanding(
                [.rack], sensors: [.temperature], bootsWithin: .milliseconds(1500), worksOn: .loop,
                isFedFromBusbar: true)
        case .powerTether: DeviceStanding([.tether], sensors: [.voltage, .current, .temperature])
        }
    }
}
