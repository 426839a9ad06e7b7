import DeviceSpecs
import Plant
import SpecFiles
import YAMLReading

extension ProjectFiles {
    /// The files of a project folder: device types from its `Firmware-specs/`, traces that ship in the program.
    public init(root: String) {
        let folder = root.isEmpty ? "Firmware-specs" : "\(root)/Firmware-specs"
        self.init(
            root: root,
            loadSpecification: { model in
                do {
                    return try SpecFile.load(path: "\(folder)/\(model).yaml")
                } catch {
                    // A file that is not there is reported where it is named.
                    return (nil, [])
                }
            },
            builtInTrace: { $0 == "bursty" ? BuiltInTraces.bursty() : nil })
    }
}
