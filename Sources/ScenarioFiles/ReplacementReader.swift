import DeviceSpecs
import Plant
import RegisterMaps
import Scenario
import Units
import YAMLReading

/// `replace: tray-3/monitor` with `with: acme-pm-2`: a unit is pulled, and another type answers in its place. A backup unit
/// may bring a `charge: 60 %`.
struct ReplacementReader {
    let targets: RackTargets
    let specification: (YAMLValue) -> DeviceSpecification?

    func read(_ place: YAMLValue, _ mapping: YAMLMapping) -> EventReader.TitledAction? {
        guard let with = mapping.optional("with") else {
            place.problem("expected \"with\" and the model of the device type that takes its place, found none")
            return nil
        }
        let successor = specification(with)
        let charge = mapping.optional("charge")
        let stored = charge?.perMille(in: 0...1)
        guard let rack = targets.rack, let index = targets.device(place), let successor else { return nil }
        let device = rack.devices[index]
        var usual = PerMille.zero
        switch device.attachment {
        case .tray, .shelf, .backupShelf, .rack, .supply:
            charge?.problem("only a backup unit brings a charge with it; leave this out for \(device.path)")
        case .backup(let shelf, _): usual = Self.usualCharge(rack.plant.backups[shelf].unit.kind)
        case .tether:
            place.problem("a tether is replaced by \"fail\" and \"restore\"; its type stays")
            return nil
        case .standalone, .controller:
            place.problem("expected a device of a tray, a shelf or the rack itself, found \(place.found)")
            return nil
        }
        guard successor.deviceClass == device.specification.deviceClass, let deviceClass = successor.deviceClass else {
            let wanted = device.specification.deviceClass.map { "a \($0.title)" } ?? "a device of its class"
            with.problem("expected \(wanted) to take the place of \(device.path), found \"\(successor.model)\"")
            return nil
        }
        if case .supply(let shelf, _) = device.attachment,
            let misfit = successor.misfit(onBusbarOf: rack.plant.shelves[shelf].supply)
        {
            with.problem(misfit)
        }
        if !successor.serial.units.contains(where: { $0.contains(device.unit) }) {
            with.problem("a \(deviceClass.title) \"\(successor.model)\" cannot be strapped to unit \(device.unit)")
        }
        if case .rtu(let baud, let parity) = rack.buses[device.bus].medium,
            successor.serial.baud != baud || successor.serial.parity != parity
        {
            with.problem(
                "\"\(successor.model)\" speaks at \(successor.serial.baud) baud with parity "
                    + "\(successor.serial.parity.rawValue), the bus \"\(rack.buses[device.bus].name)\" at \(baud) baud with "
                    + "parity \(parity.rawValue)")
        }
        return (
            .replaceDevice(device: index, with: successor, charge: stored ?? usual),
            "replace \(device.path) with \(successor.model)"
        )
    }

    /// Of a spare as it comes out of its box. Lithium cells are sent with 30 % at most (IATA's packing instruction 965;
    /// typical), capacitors empty.
    private static func usualCharge(_ kind: BackupUnitConfiguration.Kind) -> PerMille {
        switch kind {
        case .battery: .percent(30)
        case .capacitor: .zero
        }
    }
}
