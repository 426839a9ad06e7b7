import DeviceSpecs
import Scenario
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
    /// Further types of a list of specs, each with where it stands in the file.
    var alternatives: [(specification: DeviceSpecification, place: YAMLValue)] = []
    var misfits: [(path: String, unit: Int, alternative: Int)] = []
    /// An alternative and a bus on which its rate was judged.
    var linesJudged: Set<[Int]> = []
    var isResolved = false
    var isClassChecked = false

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

/// What every tray or shelf of a group has one of.
struct DevicePart {
    /// The last word of the device's path.
    var name: String
    var deviceClass: DeviceClass
    var devices: DeviceGroup
}
