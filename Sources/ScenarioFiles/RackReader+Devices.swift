import DeviceSpecs
import RegisterMaps
import Scenario
import Units
import YAMLReading

/// The like devices of a group of shelves or trays: one type, dealt over one or several buses in turn, with rising unit
/// identifiers on each.
final class DeviceGroup {
    let spec: YAMLValue?
    let bus: YAMLValue?
    let unitsPlace: YAMLValue?
    /// `nil` when neither it nor a list stands, which is reported.
    let firstUnit: Int?
    /// Explicit units, one for each device in order; empty when they are counted from the first.
    let units: [Int]
    /// From one shelf to the next on the same bus.
    let unitStep: Int
    let membersEach: Int
    let place: YAMLValue
    /// Places of the devices' own; `nil` where they are met at their bus's.
    let addresses: DeviceAddresses?
    /// Filled while the devices are placed, so that one cause is reported once.
    var busIndices: [Int]?
    var outside: [(path: String, unit: Int)] = []
    var taken: [(path: String, unit: Int, by: String, bus: String)] = []
    var mismatched: [Int] = []
    var sharing: [(path: String, unit: Int, by: String, endpoint: BusEndpoint)] = []
    var withoutAddress: [String] = []
    var specification: DeviceSpecification?
    var isSpecificationRead = false

    init(_ mapping: YAMLMapping, membersEach: Int) {
        self.membersEach = membersEach
        place = mapping.place
        spec = mapping.required("spec")
        bus = mapping.required("bus")
        let (first, list) = (mapping.optional("first-unit"), mapping.optional("units"))
        unitsPlace = list ?? first
        firstUnit = first?.integer(in: 1...255)
        units = list?.list("a list of unit identifiers")?.compactMap { $0.integer(in: 1...255) } ?? []
        addresses = mapping.optional("at").map { DeviceAddresses($0) }
        unitStep = mapping.optional("unit-step")?.integer(in: 1...64) ?? membersEach
        if (first == nil) == (list == nil) {
            place.problem("expected either \"first-unit\" or \"units\", found \(first == nil ? "none" : "both")")
        }
    }

    /// A single device with its one unit.
    init(controller mapping: YAMLMapping) {
        membersEach = 1
        unitStep = 1
        place = mapping.place
        spec = mapping.required("spec")
        bus = mapping.required("bus")
        unitsPlace = mapping.required("unit")
        firstUnit = unitsPlace?.integer(in: 1...255)
        units = []
        addresses = nil
    }

    /// The unit of a member: explicit, or counted on its bus.
    func unit(group: Int, member: Int, busCount: Int) -> Int? {
        if !units.isEmpty {
            let index = group * membersEach + member
            return units.indices.contains(index) ? units[index] : nil
        }
        return firstUnit.map { $0 + (group / max(busCount, 1)) * unitStep + member }
    }
}

extension RackReader {
    /// Devices without a place in the rack's physics: registers that hold what clients write.
    func readStandalone(_ mapping: YAMLMapping) {
        let names = groupNames(mapping, upTo: Self.standaloneLimit)
        let devices = DeviceGroup(mapping, membersEach: 1)
        for (index, name) in names.enumerated() {
            place(devices, group: index, member: 0, path: name, attachment: .standalone, deviceClass: nil)
        }
        report(devices)
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
        if !devices.isSpecificationRead {
            devices.isSpecificationRead = true
            devices.specification = devices.spec.flatMap { library.specification($0) }
            checkClass(devices, deviceClass)
            devices.busIndices = busIndices(devices.bus)
        }
        let specification = devices.specification ?? Self.unknownSpecification
        let buses = devices.busIndices ?? []
        let bus = buses.isEmpty ? 0 : buses[group % buses.count]
        let unit = devices.unit(group: group, member: member, busCount: buses.count)
        if let unit, !buses.isEmpty {
            checkUnit(unit, on: bus, path: path, devices, specification)
            checkLine(of: bus, devices, specification)
        }
        let endpoint = endpoint(of: devices, group: group, member: member, path: path, unit: unit, bus: bus)
        if unit == nil, !devices.units.isEmpty { devices.outside.append((path, 0)) }
        self.devices.append(
            DeviceDefinition(
                path: path, specification: specification, bus: bus, unit: UInt8(clamping: unit ?? 0),
                attachment: attachment, endpoint: endpoint))
    }

    private func checkClass(_ devices: DeviceGroup, _ deviceClass: DeviceClass?) {
        guard let specification = devices.specification, specification.deviceClass != deviceClass else { return }
        let found = specification.deviceClass.map { "a \($0.title)" } ?? "a map that no firmware serves"
        let wanted = deviceClass.map { "a \($0.title)" } ?? "a map that no firmware serves (device: unclassified)"
        devices.spec?.problem("expected \(wanted), found \"\(specification.model)\", \(found)")
        devices.specification = nil
    }

    private func checkUnit(
        _ unit: Int, on bus: Int, path: String, _ devices: DeviceGroup, _ specification: DeviceSpecification
    ) {
        let isStrappable = specification.serial.units.contains { UInt8(exactly: unit).map($0.contains) ?? false }
        if !isStrappable {
            devices.outside.append((path, unit))
        } else if let other = deviceAtUnit[bus * 256 + unit] {
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

extension DeviceClass {
    var title: String {
        switch self {
        case .powerMonitor: "power monitor"
        case .powerSupply: "power supply"
        case .baseboardController: "BMC"
        case .fanController: "fan controller"
        case .rackController: "rack controller"
        }
    }
}
