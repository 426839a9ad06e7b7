internal import Plant
internal import Scenario
internal import Units

/// Where a device of the virtual rack stands, and what its maker gave it: all that a wiring is built from.
struct DeviceSite {
    let index: Int
    var definition: DeviceDefinition
    var image: DeviceImage
    let rack: RackDefinition
    /// One for each tray.
    let policies: [TrayPolicy]
    /// Draws the errors of the device's converters.
    var bench: TestBench
    /// Whether trays stay off after an outage, and at the start, until they are switched on.
    let traysStayOff: Bool
    /// What a backup unit that comes into a running rack has in its store; `nil` for what the rack begins with.
    var storedCharge: PerMille?

    /// The number of its tray. A rack file that puts a device anywhere but where its class may stand is refused when it
    /// is loaded, so that asking for the wrong place is a mistake of the program.
    var tray: Int {
        guard case .tray(let tray) = definition.attachment else { misplaced("on a tray") }
        return tray
    }

    var supply: (shelf: Int, slot: Int) {
        guard case .supply(let shelf, let slot) = definition.attachment else { misplaced("among a shelf's supplies") }
        return (shelf, slot)
    }

    var backup: (shelf: Int, slot: Int) {
        guard case .backup(let shelf, let slot) = definition.attachment else { misplaced("in a backup shelf") }
        return (shelf, slot)
    }

    /// The number of its cable among the rack's tethers.
    var tether: Int {
        guard case .tether(let tether) = definition.attachment else { misplaced("at a tether") }
        return tether
    }

    /// The number of its shelf, beside whose supplies it stands.
    var shelf: Int {
        guard case .shelf(let shelf) = definition.attachment else { misplaced("in a shelf") }
        return shelf
    }

    /// Its number among the rack's own devices of its class.
    var numberInRack: Int {
        guard case .rack(let number) = definition.attachment else { misplaced("in the rack itself") }
        return number
    }

    var trayConfiguration: TrayConfiguration { rack.plant.trays[tray] }
    var trayPolicy: TrayPolicy { policies[tray] }

    private func misplaced(_ place: String) -> Never {
        preconditionFailure("\(definition.path) has no place \(place)")
    }
}
