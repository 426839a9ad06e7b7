import DeviceSpecs
import Scenario

/// The devices of a rack by their types, with where they hang.
struct RackStock {
    struct DeviceType {
        var specification: DeviceSpecification
        var devices: [DeviceDefinition]
    }

    let rack: RackDefinition
    /// In the order in which the rack names them.
    let types: [DeviceType]

    init(_ rack: RackDefinition) {
        self.rack = rack
        var types: [DeviceType] = []
        for device in rack.devices {
            if let index = types.firstIndex(where: { $0.specification.model == device.specification.model }) {
                types[index].devices.append(device)
            } else {
                types.append(DeviceType(specification: device.specification, devices: [device]))
            }
        }
        self.types = types
    }

    func type(_ model: String) -> DeviceType? { types.first { $0.specification.model == model } }

    /// Why another device type cannot hang where the devices of a type do; `nil` when it can.
    func obstacle(to other: DeviceSpecification, inPlaceOf type: DeviceType) -> String? {
        for device in type.devices {
            let bus = rack.buses[device.bus]
            if !other.serial.units.contains(where: { $0.contains(device.unit) }) {
                return "\(device.path) has the unit \(device.unit), to which it cannot be strapped"
            }
            guard case .rtu(let baud, let parity) = bus.medium else { continue }
            if other.serial.baud != baud || other.serial.parity != parity {
                return "the bus \"\(bus.name)\" runs at \(baud) baud with parity \(parity.rawValue), "
                    + "it at \(other.serial.baud) baud with parity \(other.serial.parity.rawValue)"
            }
        }
        return nil
    }
}
