public import DeviceSpecs
import Plant
public import Scenario
import Units

/// One place of the rack's elevation, with the devices that sit in it. The order is that of the rack's file: power first, then
/// trays, then what serves the whole rack; the file says nothing of heights.
public struct ElevationSlot: Sendable {
    public enum Kind: Sendable {
        case supply, backup, tray, cooling, controller
    }

    /// Units of one class on one bus.
    public struct Units: Sendable {
        public var bus: Int
        public var deviceClass: DeviceClass?
        public var model: String
        /// Rising.
        public var numbers: [UInt8]
    }

    public var kind: Kind
    public var name: String
    /// `8 x h20, air`.
    public var contents: String
    /// In the order of the buses.
    public var units: [Units]

    /// All places of a rack, from its file's top to its end.
    public static func slots(of rack: RackDefinition) -> [ElevationSlot] {
        let plant = rack.plant
        var slots = plant.shelves.indices.map { index in
            let shelf = plant.shelves[index]
            let rated = Double(shelf.supplyCount) * shelf.supply.ratedPower
            return ElevationSlot(
                kind: .supply, name: shelf.name,
                contents: "\(shelf.supplyCount) x \(AmountText.power(shelf.supply.ratedPower)) = "
                    + "\(AmountText.power(rated)), \(plant.feeds[shelf.feed].name)",
                units: units(of: rack) { attachment in
                    switch attachment {
                    case .supply(let own, _): own == index
                    case .shelf(let own): own == index
                    default: false
                    }
                })
        }
        slots += plant.backups.indices.map { index in
            let backup = plant.backups[index]
            return ElevationSlot(
                kind: .backup, name: backup.name,
                contents:
                    "\(backup.unitCount) x \(AmountText.power(backup.unit.dischargePower)) \(backup.unit.kind.rawValue)",
                units: units(of: rack) { attachment in
                    switch attachment {
                    case .backup(let shelf, _), .backupShelf(let shelf): shelf == index
                    default: false
                    }
                })
        }
        slots += plant.tethers.indices.map { index in
            let tether = plant.tethers[index]
            return ElevationSlot(
                kind: .supply, name: tether.name,
                contents: "\(AmountText.power(tether.ratedPower)) from another rack's busbar",
                units: units(of: rack) { $0 == .tether(index) })
        }
        slots += plant.trays.indices.map { index in
            ElevationSlot(
                kind: .tray, name: plant.trays[index].name, contents: contents(of: plant.trays[index]),
                units: units(of: rack) { $0 == .tray(index) })
        }
        return slots + shared(rack)
    }

    private static func contents(of tray: TrayConfiguration) -> String {
        let work =
            tray.acceleratorCount > 0
            ? "\(tray.acceleratorCount) x \(tray.accelerator.name) \(AmountText.power(tray.accelerator.ratedPower))"
            : "host only"
        return "\(work), \(tray.cooling.rawValue)"
    }

    /// What serves the whole rack: one place for each path that stands alone.
    private static func shared(_ rack: RackDefinition) -> [ElevationSlot] {
        rack.devices.indices.compactMap { index in
            let device = rack.devices[index]
            let own = Units(
                bus: device.bus, deviceClass: device.specification.deviceClass, model: device.specification.model,
                numbers: [device.unit])
            let title = device.specification.deviceClass?.title ?? "registers only"
            switch device.attachment {
            case .tray, .supply, .shelf, .backup, .backupShelf, .tether: return nil
            case .controller:
                return ElevationSlot(kind: .controller, name: "controller", contents: title, units: [own])
            case .rack, .standalone:
                return ElevationSlot(kind: .cooling, name: device.path, contents: title, units: [own])
            }
        }
    }

    private static func units(
        of rack: RackDefinition, where isHere: (DeviceDefinition.Attachment) -> Bool
    ) -> [Units] {
        var found: [Units] = []
        for device in rack.devices where isHere(device.attachment) {
            let model = device.specification.model
            if let index = found.firstIndex(where: { $0.bus == device.bus && $0.model == model }) {
                found[index].numbers.append(device.unit)
            } else {
                found.append(
                    Units(
                        bus: device.bus, deviceClass: device.specification.deviceClass, model: model,
                        numbers: [device.unit]))
            }
        }
        for index in found.indices { found[index].numbers.sort() }
        return found.sorted { ($0.bus, $0.numbers[0]) < ($1.bus, $1.numbers[0]) }
    }

    /// `16`, `208-213`, `16 80`: the units on one bus.
    public func unitText(bus: Int) -> String {
        units.filter { $0.bus == bus }.map { Self.ranges($0.numbers) }.joined(separator: " ")
    }

    /// `16-23,30`: rising numbers, runs of them joined.
    static func ranges(_ numbers: [UInt8]) -> String {
        var runs: [ClosedRange<UInt8>] = []
        for number in numbers {
            if let last = runs.last, Int(last.upperBound) + 1 == Int(number) {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
