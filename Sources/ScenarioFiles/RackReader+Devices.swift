import DeviceSpecs
import RegisterMaps
import Scenario
import Units
import YAMLReading

extension RackReader {
    /// An entry of the rack's own `devices`.
    struct OwnDevices {
        let names: [String]
        let devices: DeviceGroup
        /// Of a class that may stand in the rack itself; others are registers that hold what clients write.
        let deviceClass: DeviceClass?
    }

    func readOwnDevices(_ mapping: YAMLMapping) -> OwnDevices {
        let names = groupNames(mapping, upTo: Self.standaloneLimit)
        let devices = DeviceGroup(mapping, membersEach: 1)
        resolve(devices)
        let deviceClass = devices.specification?.deviceClass
        return OwnDevices(
            names: names, devices: devices,
            deviceClass: deviceClass.flatMap { $0.standing.places.contains(.rack) ? $0 : nil })
    }

    func placeOwnDevices(_ own: OwnDevices) {
        for (index, name) in own.names.enumerated() {
            let attachment = own.deviceClass.map { DeviceDefinition.Attachment.rack(numberInRack(of: $0)) }
            place(
                own.devices, group: index, member: 0, path: name, attachment: attachment ?? .standalone,
                deviceClass: own.deviceClass)
        }
        report(own.devices)
    }

    /// How many of the class stand in the rack itself already.
    private func numberInRack(of deviceClass: DeviceClass) -> Int {
        devices.count {
            if case .rack = $0.attachment { $0.specification.deviceClass == deviceClass } else { false }
        }
    }

    /// The devices that a tray's or a shelf's mapping names beside its other keys, by the places of their classes.
    func readParts(
        _ mapping: YAMLMapping, at part: (DevicePlace) -> (key: String, name: String)?
    ) -> [DevicePart] {
        DeviceClass.allCases.flatMap { deviceClass in
            deviceClass.standing.places.compactMap(part).compactMap { part -> DevicePart? in
                guard let value = mapping.optional(part.key),
                    let entry = value.mapping("a mapping such as {spec: busbar-pm-1, bus: trays, first-unit: 16}")
                else { return nil }
                let devices = DeviceGroup(entry, membersEach: 1)
                entry.finish()
                return DevicePart(name: part.name, deviceClass: deviceClass, devices: devices)
            }
        }
    }

    private func resolve(_ devices: DeviceGroup) {
        guard !devices.isResolved else { return }
        devices.isResolved = true
        resolveSpecifications(devices)
        devices.busIndices = busIndices(devices.bus)
    }

    /// As many units as 1024 buses have; arbitrary.
    private static let standaloneLimit = 1024 * 255

    /// Stands in for a device type whose file is mistaken, so that the device's name is still known.
    private static let unknownSpecification = DeviceSpecification(
        model: "", deviceClass: nil, says: "", identity: DeviceIdentity(vendor: "", product: "", revision: ""),
        serial: SerialSettings(baud: 115_200, parity: .even, turnaround: .zero, units: [1...255]), points: [],
        probe: nil)

    func place(
        _ devices: DeviceGroup, group: Int, member: Int, path: String, attachment: DeviceDefinition.Attachment,
        deviceClass: DeviceClass?
    ) {
        resolve(devices)
        if !devices.isClassChecked {
            checkClass(devices, deviceClass)
            checkAlternatives(devices, deviceClass)
        }
        let specification = devices.specification ?? Self.unknownSpecification
        let buses = devices.busIndices ?? []
        let bus = buses.isEmpty ? 0 : buses[group % buses.count]
        let unit = devices.unit(group: group, member: member, busCount: buses.count)
        if let unit, !buses.isEmpty {
            checkUnit(unit, on: bus, path: path, devices, specification)
            checkLine(of: bus, devices, specification)
            checkAlternatives(devices, at: unit, on: bus, path: path)
        }
        let endpoint = endpoint(of: devices, group: group, member: member, path: path, unit: unit, bus: bus)
        if unit == nil, !devices.units.isEmpty { devices.outside.append((path, 0)) }
        self.devices.append(
            DeviceDefinition(
                path: path, specification: specification, bus: bus, unit: UInt8(clamping: unit ?? 0),
                attachment: attachment, endpoint: endpoint,
                alternatives: devices.alternatives.map(\.specification)))
    }

    private func checkClass(_ devices: DeviceGroup, _ deviceClass: DeviceClass?) {
        devices.isClassChecked = true
        guard let specification = devices.specification, specification.deviceClass != deviceClass else { return }
        let found = specification.deviceClass.map { "a \($0.title)" } ?? "a map that no firmware serves"
        let wanted = deviceClass.map { "a \($0.title)" } ?? Self.wantedInRack
        devices.spec?.problem("expected \(wanted), found \"\(specification.model)\", \(found)")
        devices.specification = nil
    }

    private static let wantedInRack: String = {
        let own = DeviceClass.allCases.filter { $0.standing.places.contains(.rack) }.map { "a \($0.title)" }
        return (["a map that no firmware serves (device: unclassified)"] + own).joined(separator: ", ")
    }()

    private func checkUnit(
        _ unit: Int, on bus: Int, path: String, _ devices: DeviceGroup, _ specification: DeviceSpecification
    ) {
        let isStrappable = specification.serial.units.contains { UInt8(exactly: unit).map($0.contains) ?? false }
        if !isStrappable { devices.outside.append((path, unit)) }
        guard (0...255).contains(unit) else { return }
        // Two at one unit to which neither can be strapped are two mistakes: both are told at once.
        if let other = deviceAtUnit[bus * 256 + unit] {
            devices.taken.append((path, unit, self.devices[other].path, buses[bus].name))
        } else {
            deviceAtUnit[bus * 256 + unit] = self.devices.count
        }
    }

    private func checkLine(of bus: Int, _ devices: DeviceGroup, _ specification: DeviceSpecification) {
        guard devices.specification != nil, case .rtu(let baud, let parity) = buses[bus].medium,
            !devices.mismatched.contains(bus)
        else { return }
        let serial = specification.serial
        if serial.baud != baud || serial.parity != parity { devices.mismatched.append(bus) }
    }

    /// Reports what went wrong while the group was placed, once for each cause.
    func report(_ devices: DeviceGroup) {
        let place = devices.unitsPlace ?? devices.place
        let more = { (count: Int) in count > 1 ? " (and \(count - 1) more)" : "" }
        if let first = devices.outside.first {
            let ranges = (devices.specification ?? Self.unknownSpecification).serial.units
                .map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
                .joined(separator: ", ")
            if first.unit == 0 {
                place.problem(
                    "expected one unit for each device, found none for \(first.path)\(more(devices.outside.count))")
            } else {
                place.problem(
                    "unit \(first.unit) of \(first.path) is outside what the device can be strapped to, \(ranges)"
                        + "\(more(devices.outside.count)); choose other units or spread the devices over more buses")
            }
        }
        if let first = devices.taken.first {
            place.problem(
                "unit \(first.unit) of \(first.path) is taken on the bus \"\(first.bus)\" by \(first.by)"
                    + "\(more(devices.taken.count)); every device of a bus needs its own unit")
        }
        reportAddresses(of: devices)
        reportAlternatives(of: devices)
        for bus in devices.mismatched {
            guard let serial = devices.specification?.serial, case .rtu(let baud, let parity) = buses[bus].medium else {
                continue
            }
            (devices.bus ?? place).problem(
                "the bus \"\(buses[bus].name)\" runs at \(baud) baud with parity \(parity.rawValue), but the device at "
                    + "\(serial.baud) baud with parity \(serial.parity.rawValue); they must agree")
        }
    }
}

extension RackReader {
    /// The rack controller's own unit. Read last, so that it stands behind all devices that the controller knows.
    func readController(_ value: YAMLValue?) {
        let example = "a mapping such as {spec: busbar-rack-controller-1, bus: management, unit: 1}"
        guard let value, let mapping = value.mapping(example) else { return }
        let devices = DeviceGroup(controller: mapping)
        mapping.finish()
        place(devices, group: 0, member: 0, path: "controller", attachment: .controller, deviceClass: .rackController)
        report(devices)
        let limit = 32
        if trays.count > limit {
            value.problem(
                "the rack controller's own map shows \(limit) trays, and the rack has \(trays.count); leave \"controller\" out"
            )
        }
    }
}
