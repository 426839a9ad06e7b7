public import ControlLaws
public import DeviceSpecs
public import Units

/// What the controller is told about the rack: buses, devices, and the policy for the trays. Everything else it reads.
public struct ControllerInventory: Sendable {
    public var buses: [ControllerBus]
    public var devices: [ControllerDevice]
    public var trays: [ControllerTray]
    /// Cooling zones; a fan controller that none of them drives gets a usual one.
    public var zones: [ControllerZone]
    public var cooling: CoolingLimits
    /// What one supply can carry.
    public var supplyRating: Power
    /// What the weakest tether can carry; zero without any.
    public var tetherRating: Power
    /// Index in `feeds` of the one for which all tethers stand: the other rack; `nil` without any.
    public var tetherFeed: Int?
    /// What stands behind the shelves; empty where it is not known, and then nothing limits but the supplies.
    public var feeds: [ControllerFeed]
    /// Index in `feeds` of each shelf's feed.
    public var feedOfShelf: [Int]
    /// What is written on a unit of each backup shelf.
    public var backups: [ControllerBackup]
    /// From which output voltage on a supply counts as working, and below which no longer.
    public var supplyLevel: Hysteresis<Voltage>
    /// What one supply bears for a while; `nil` where its plate does not say, and then nothing is counted on it.
    public var supplyPeak: SupplyPeak?

    public init(
        buses: [ControllerBus], devices: [ControllerDevice], trays: [ControllerTray], supplyRating: Power,
        feeds: [ControllerFeed] = [], feedOfShelf: [Int] = [], zones: [ControllerZone] = [],
        cooling: CoolingLimits = CoolingLimits(), backups: [ControllerBackup] = [], supplyPeak: SupplyPeak? = nil,
        tetherRating: Power = .zero, tetherFeed: Int? = nil,
        supplyLevel: Hysteresis<Voltage> = ControllerInventory.openRackLevel
    ) {
        self.tetherRating = tetherRating
        self.tetherFeed = tetherFeed
        self.backups = backups
        precondition(feedOfShelf.allSatisfy(feeds.indices.contains), "a shelf hangs on a feed that is not there")
        self.feeds = feeds
        self.feedOfShelf = feedOfShelf
        self.buses = buses
        self.zones = zones
        self.cooling = cooling
        self.devices = devices
        self.trays = trays
        self.supplyRating = supplyRating
        self.supplyPeak = supplyPeak
        self.supplyLevel = supplyLevel
    }

    /// Below 44 V a rectifier carries no load on a 50 V busbar, above 46 V it does: the lowest voltage at which Open Rack
    /// V3 loads must run is 46 V (typical).
    public static let openRackLevel = Hysteresis(risesAt: Voltage.volts(46), fallsBelow: .volts(44))
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
        /// A battery or capacitor unit.
        case backup(shelf: Int, slot: Int)
        /// A part of a shelf beside its supplies.
        case shelf(Int)
        /// At this rack's end of a cable from another one.
        case tether(Int)
        /// A part of the rack itself: its number among those of its class.
        case rack(Int)
    }

    public var path: String
    /// A device whose class is `nil`, or that does not fit its role, is identified and otherwise left alone.
    public var specification: DeviceSpecification
    /// Other types that are qualified for the place; what answers says which one stands there.
    public var alternatives: [DeviceSpecification]
    /// Index in `ControllerInventory.buses`.
    public var bus: Int
    public var unit: UInt8
    public var role: Role

    public init(
        path: String, specification: DeviceSpecification, bus: Int, unit: UInt8, role: Role,
        alternatives: [DeviceSpecification] = []
    ) {
        self.path = path
        self.specification = specification
        self.alternatives = alternatives
        self.bus = bus
        self.unit = unit
        self.role = role
    }
}

/// A feed as far as the controller is told: what its breaker carries, and how it trips.
public struct ControllerFeed: Sendable {
    /// DC power on the busbar at the breaker's rated current.
    public var rating: Power
    public var curve: OverloadCurve
    /// The share of the curve's time after which the fastest specimen trips.
    public var fastEdge: PerMille
    /// Time constant with which the breaker cools below its pick-up.
    public var cooling: Interval
    /// No higher multiple is counted on, however short; `nil` where the curve says all.
    public var most: PerMille?

    public init(
        rating: Power, curve: OverloadCurve, fastEdge: PerMille, cooling: Interval, most: PerMille? = nil
    ) {
        self.most = most
        self.rating = rating
        self.curve = curve
        self.fastEdge = fastEdge
        self.cooling = cooling
    }
}

/// A battery or capacitor unit as far as the controller is told.
public struct ControllerBackup: Sendable {
    public var isBattery: Bool
    /// The most that it gives and takes.
    public var dischargePower: Power
    public var chargePower: Power
    /// What it holds when full.
    public var energy: Energy

    public init(isBattery: Bool, dischargePower: Power, chargePower: Power, energy: Energy) {
        self.isBattery = isBattery
        self.dischargePower = dischargePower
        self.chargePower = chargePower
        self.energy = energy
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
