import DeviceSpecs
import Plant
import SpecFiles
import Synchronization
import YAMLReading

extension ProjectFiles {
    /// The files of a project folder: device types from its `Firmware-specs/`, traces that ship in the program.
    ///
    /// A device type is read once, however often a scenario of the folder is read: a swarm reads one for every seed.
    public init(root: String) {
        let types = KnownDeviceTypes(in: root.isEmpty ? "Firmware-specs" : "\(root)/Firmware-specs")
        self.init(
            root: root,
            loadSpecification: { types.load($0) },
            builtInTrace: { $0 == "bursty" ? BuiltInTraces.bursty() : nil })
    }
}

/// Device types that were read without a mistake. Any thread may ask.
private final class KnownDeviceTypes: Sendable {
    private let folder: String
    private let known = Mutex<[String: DeviceSpecification]>([:])

    init(in folder: String) { self.folder = folder }

    func load(_ model: String) -> (DeviceSpecification?, [Problem]) {
        if let specification = known.withLock({ $0[model] }) { return (specification, []) }
        // A file that is not there is reported where it is named.
        guard let (specification, problems) = try? SpecFile.load(path: "\(folder)/\(model).yaml") else {
            return (nil, [])
        }
        if let specification, problems.isEmpty { known.withLock { $0[model] = specification } }
        return (specification, problems)
    }
}
