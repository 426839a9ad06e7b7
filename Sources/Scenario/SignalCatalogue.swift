internal import Plant
public import RunRecords

/// Every signal that a run of a rack records, in the order of its samples.
///
/// The one list that expectations are checked against when a scenario is loaded, that telemetry is recorded by, and
/// whose sources the simulation evaluates without looking at a name.
public struct SignalCatalogue: Sendable {
    public struct Entry: Sendable {
        public var description: SignalDescription
        public var source: Source

        public init(description: SignalDescription, source: Source) {
            self.description = description
            self.source = source
        }
    }

    public let entries: [Entry]

    public init(for rack: RackDefinition) {
        var builder = SignalCatalogueBuilder()
        builder.addRack()
        for (index, feed) in rack.plant.feeds.enumerated() {
            builder.addFeed(feed.name, index)
            if feed.ups != nil { builder.addUPS(feed.name, index) }
        }
        for shelf in rack.plant.shelves.indices {
            builder.addShelf(
                rack.plant.shelves[shelf].name, shelf, supplyCount: rack.plant.shelves[shelf].supplyCount)
        }
        builder.addBackups(rack.plant.backups)
        builder.addTethers(rack.plant.tethers)
        for tray in rack.plant.trays.indices { builder.addTray(rack.plant.trays[tray].name, tray) }
        for bus in rack.buses.indices { builder.addBus(rack.buses[bus].name, bus) }
        builder.addCooling(rack)
        builder.addReadings(of: rack)
        builder.add("controller.late-cycles", "", .lateCycles)
        builder.add("controller.trip-heat", "%", .believedTripHeat)
        builder.add("controller.state", "", .safetyState)
        builder.add("controller.seat", "", .actingSeat)
        builder.add("rack.trays-on", "", .traysOn)
        builder.add("rack.trays-braked", "", .traysBraked)
        builder.add("rack.overdraft", "%", .overdraft)
        entries = builder.entries
    }

    public var descriptions: [SignalDescription] { entries.map(\.description) }

    public func index(of path: String) -> Int? {
        entries.firstIndex { $0.description.path == path }
    }
}

/// Builds the list in its fixed order.
struct SignalCatalogueBuilder {
    var entries: [SignalCatalogue.Entry] = []

    mutating func add(_ path: String, _ unit: String, _ source: SignalCatalogue.Source) {
        entries.append(.init(description: SignalDescription(path: path, unit: unit), source: source))
    }

    mutating func addRack() {
        add("rack.power", "W", .rackPower)
        add("rack.budget", "W", .rackBudget)
        add("rack.operator-budget", "W", .operatorBudget)
        add("rack.capacity", "W", .rackCapacity)
        add("rack.measured-power", "W", .measuredPower)
        add("rack.caps", "W", .rackCaps)
        add("rack.work-lost", "%", .rackWorkLost)
        add("rack.input-power", "W", .rackInputPower)
        add("rack.demand", "%", .rackDemand)
        add("rack.power-rise", "W", .rackPowerRise)
        add("bus.voltage", "V", .busVoltage)
    }

    mutating func addFeed(_ name: String, _ feed: Int) {
        add("\(name).power", "W", .feedPower(feed: feed))
        add("\(name).current", "A", .feedCurrent(feed: feed))
        add("\(name)/breaker.heat", "%", .breakerHeat(feed: feed))
        add("\(name)/breaker.tripped", "", .breakerTripped(feed: feed))
        add("\(name).live", "", .feedLive(feed: feed))
    }

    mutating func addShelf(_ name: String, _ shelf: Int, supplyCount: Int) {
        add("\(name).power", "W", .shelfPower(shelf: shelf))
        for slot in 0..<supplyCount {
            add("\(name)/psu-\(slot + 1).power", "W", .supplyPower(shelf: shelf, slot: slot))
            add("\(name)/psu-\(slot + 1).on", "", .supplyOn(shelf: shelf, slot: slot))
        }
    }

    mutating func addTethers(_ tethers: [TetherConfiguration]) {
        for (index, tether) in tethers.enumerated() {
            add("\(tether.name).power", "W", .tether(.power, tether: index))
            add("\(tether.name).source-power", "W", .tether(.sourcePower, tether: index))
            add("\(tether.name).current", "A", .tether(.current, tether: index))
            add("\(tether.name).input-voltage", "V", .tether(.inputVoltage, tether: index))
            add("\(tether.name).contact", "degC", .tether(.contact, tether: index))
            add("\(tether.name).on", "", .tether(.isOn, tether: index))
        }
    }

    mutating func addTray(_ name: String, _ tray: Int) {
        add("\(name).power", "W", .trayPower(tray: tray))
        add("\(name).cap", "W", .trayCap(tray: tray))
        add("\(name).asked-cap", "W", .trayAskedCap(tray: tray))
        add("\(name).brake", "", .trayBrake(tray: tray))
        add("\(name).temperature", "degC", .trayTemperature(tray: tray))
        add("\(name).inlet", "degC", .trayInlet(tray: tray))
        add("\(name).outlet", "degC", .trayOutlet(tray: tray))
        add("\(name).duty", "%", .trayDuty(tray: tray))
        add("\(name).fan-speed", "rpm", .trayFanSpeed(tray: tray))
        add("\(name).work-lost", "%", .trayWorkLost(tray: tray))
        add("\(name).online", "", .trayOnline(tray: tray))
    }

    mutating func addBus(_ name: String, _ bus: Int) {
        add("bus/\(name).load", "%", .busLoad(bus: bus))
        add("bus/\(name).timeouts", "", .busTimeouts(bus: bus))
    }
}
