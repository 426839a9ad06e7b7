import DeviceSpecs
import RegisterMaps
import Scenario
import YAMLReading

/// Second sources: `spec: [busbar-pm-1, acme-pm-2]` says which type is fitted and which others are qualified for its place.
extension RackReader {
    /// The first type of a list is the fitted one.
    func resolveSpecifications(_ devices: DeviceGroup) {
        guard let spec = devices.spec else { return }
        guard spec.isSequence else {
            devices.specification = library.specification(spec)
            return
        }
        let places = spec.list() ?? []
        if places.isEmpty { spec.problem("expected the model of a device type, or several, found an empty list") }
        for (number, place) in places.enumerated() {
            let specification = library.specification(place)
            if number == 0 {
                devices.specification = specification
            } else if let specification {
                devices.alternatives.append((specification, place))
            }
        }
    }

    /// A second source does what the first does, and tells itself from it.
    func checkAlternatives(_ devices: DeviceGroup, _ deviceClass: DeviceClass?) {
        var known = devices.specification.map { [$0] } ?? []
        for (specification, place) in devices.alternatives {
            if specification.deviceClass != deviceClass || deviceClass == nil {
                let wanted = deviceClass.map { "a \($0.title), as the first of the list is" } ?? "a device with a class"
                let found = specification.deviceClass.map { "a \($0.title)" } ?? "a map that no firmware serves"
                place.problem("expected \(wanted), found \"\(specification.model)\", \(found)")
            } else if let twin = known.first(where: { $0.isIndistinguishable(from: specification) }) {
                place.problem(
                    twin.model == specification.model
                        ? "\"\(twin.model)\" stands twice in the list"
                        : "\"\(specification.model)\" answers the probe of \"\(twin.model)\" as that does, so that nobody "
                            + "could tell which one stands there; give one of them another \"probe\"")
            }
            known.append(specification)
        }
    }

    /// It must be met where the first was met: at that unit, at the line's rate.
    func checkAlternatives(_ devices: DeviceGroup, at unit: Int, on bus: Int, path: String) {
        for (number, (specification, place)) in devices.alternatives.enumerated() {
            let isStrappable = specification.serial.units.contains { UInt8(exactly: unit).map($0.contains) ?? false }
            if !isStrappable { devices.misfits.append((path, unit, number)) }
            guard case .rtu(let baud, let parity) = buses[bus].medium,
                devices.linesJudged.insert([number, bus]).inserted
            else { continue }
            let serial = specification.serial
            if serial.baud != baud || serial.parity != parity {
                place.problem(
                    "the bus \"\(buses[bus].name)\" runs at \(baud) baud with parity \(parity.rawValue), but "
                        + "\"\(specification.model)\" at \(serial.baud) baud with parity \(serial.parity.rawValue); they must "
                        + "agree")
            }
        }
    }

    func reportAlternatives(of devices: DeviceGroup) {
        for (number, (specification, place)) in devices.alternatives.enumerated() {
            let misfits = devices.misfits.filter { $0.alternative == number }
            guard let first = misfits.first else { continue }
            let ranges = specification.serial.units
                .map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
                .joined(separator: ", ")
            place.problem(
                "unit \(first.unit) of \(first.path) is outside what \"\(specification.model)\" can be strapped to, "
                    + "\(ranges)\(misfits.count > 1 ? " (and \(misfits.count - 1) more)" : "")")
        }
    }
}

extension DeviceSpecification {
    /// Whether a controller that asks one who it is could take the answer for the other's.
    fileprivate func isIndistinguishable(from other: DeviceSpecification) -> Bool {
        if model == other.model { return true }
        guard let probe, let theirs = other.probe else {
            return (probe == nil) == (other.probe == nil) && identity.product == other.identity.product
        }
        let (own, its) = (points[probe.point].definition, other.points[theirs.point].definition)
        return own.table == its.table && own.address == its.address && probe.expected == theirs.expected
    }
}
