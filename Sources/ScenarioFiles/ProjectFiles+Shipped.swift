public import DeviceSpecs
import Plant
public import SpecFiles
import Synchronization
public import YAMLReading

extension ProjectFiles {
    /// The files of a project folder: device types from its `Firmware-specs/`, traces that ship in the program.
    ///
    /// A device type is read once, however often a scenario of the folder is read: a swarm reads one for every seed.
    public init(root: String) {
        let types = KnownDeviceTypes(in: root.isEmpty ? "Firmware-specs" : "\(root)/Firmware-specs")
        self.init(
            root: root,
            loadSpecification: { types.load(model: $0) },
            loadSpecificationFile: { types.load(path: $0) },
            builtInTrace: { $0 == "bursty" ? BuiltInTraces.bursty() : nil })
    }

    /// Reads the spec in a file; one that is not there yields no specification and no problems.
    ///
    /// - Parameter library: where the spec is looked for that this one says it is `like`.
    public static func specification(
        at path: String, library: SpecFolder? = nil
    ) -> (DeviceSpecification?, [Problem]) {
        (try? SpecFile.load(path: path, library: library)) ?? (nil, [])
    }
}

/// Device types that were read without a mistake, by the paths of their files. Any thread may ask.
private final class KnownDeviceTypes: Sendable {
    private let folder: String
    private let known = Mutex<[String: DeviceSpecification]>([:])

    init(in folder: String) { self.folder = folder }

    /// A file that is not there is reported where it is named.
    func load(model: String) -> (DeviceSpecification?, [Problem]) { load(path: "\(folder)/\(model).yaml") }

    func load(path: String) -> (DeviceSpecification?, [Problem]) {
        if let specification = known.withLock({ $0[path] }) { return (specification, []) }
        let (specification, problems) = ProjectFiles.specification(at: path, library: SpecFolder(path: folder))
        if let specification, problems.isEmpty { known.withLock { $0[path] = specification } }
        return (specification, problems)
    }
}
