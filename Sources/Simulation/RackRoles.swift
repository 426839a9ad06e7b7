internal import DeviceSpecs
internal import Plant
internal import RegisterMaps
internal import Scenario

/// Which device does what in the rack, by index in `RackDefinition.devices`.
struct RackRoles {
    /// By tray.
    var monitor: [Int?]
    var baseboard: [Int?]
    var fans: [Int?]
    /// Every device of a tray.
    var ofTray: [[Int]]
    /// Devices of the rack itself that are fed from the busbar, as those of the trays are.
    var ofRack: [Int] = []
    /// By shelf and slot.
    var supply: [[Int?]]
    /// By tether.
    var tether: [Int?]

    init(_ rack: RackDefinition) {
        let trayCount = rack.plant.trays.count
        monitor = Array(repeating: nil, count: trayCount)
        baseboard = monitor
        fans = monitor
        ofTray = Array(repeating: [], count: trayCount)
        supply = rack.plant.shelves.map { Array(repeating: nil, count: $0.supplyCount) }
        tether = Array(repeating: nil, count: rack.plant.tethers.count)
        for (index, device) in rack.devices.enumerated() {
            let deviceClass = device.specification.deviceClass
            switch device.attachment {
            case .supply(let shelf, let slot): supply[shelf][slot] = index
            case .rack: if deviceClass?.standing.isFedFromBusbar == true { ofRack.append(index) }
            case .backup, .backupShelf, .shelf, .standalone, .controller: break
            case .tether(let number): tether[number] = index
            case .tray(let tray):
                ofTray[tray].append(index)
                if deviceClass == .powerMonitor { monitor[tray] = index }
                if deviceClass == .baseboardController { baseboard[tray] = index }
                if deviceClass == .fanController { fans[tray] = index }
            }
        }
    }
}
