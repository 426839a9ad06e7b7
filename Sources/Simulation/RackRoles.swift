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
            switch device.attachment {
            case .supply(let shelf, let slot): supply[shelf][slot] = index
            case .rack:
                switch device.specification.deviceClass {
                case .fanController, .pumpUnit, .leakSensor, .controlValve: ofRack.append(index)
                default: break
                }
            case .backup, .backupShelf, .shelf, .standalone, .controller: break
            case .tether(let number): tether[number] = index
            case .tray(let tray):
                ofTray[tray].append(index)
                switch device.specification.deviceClass {
                case .powerMonitor: monitor[tray] = index
                case .baseboardController: baseboard[tray] = index
                case .fanController: fans[tray] = index
                default: break
                }
            }
        }
    }
}
