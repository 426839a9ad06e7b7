public import DeviceSpecs
import Plant
import Units
public import YAMLReading

/// The device types, accelerators and traces of one load, each read once; mistakes in their files are kept beside those of the
/// file that names them.
public final class ModelLibrary {
    let files: ProjectFiles
    /// Whether a rack must say where its buses or devices are met outside the simulation.
    let needsEndpoints: Bool
    private var gathered: [Problem] = []
    private var logs: [ProblemLog] = []
    private var deviceTypes = LibraryShelf<DeviceSpecification>(of: .deviceType, namedBy: "model") { $0.model }
    private var accelerators = LibraryShelf<AcceleratorType>(of: .accelerator, namedBy: "accelerator") { $0.name }
    private var traces: [(name: String, requests: [InferenceRequest]?)] = []

    public init(files: ProjectFiles, needsEndpoints: Bool = false) {
        self.files = files
        self.needsEndpoints = needsEndpoints
    }

    /// A library without mistakes that knows what this one has read well, for another reading of the same scenario.
    func anew() -> ModelLibrary {
        let other = ModelLibrary(files: files, needsEndpoints: needsEndpoints)
        other.deviceTypes = deviceTypes.whole()
        other.accelerators = accelerators.whole()
        other.traces = traces
        return other
    }

    /// The device type that `place` names, by its model or by the path of its file.
    public func specification(_ place: YAMLValue) -> DeviceSpecification? {
        deviceTypes.part(at: place, in: files, problems: &gathered) { reference in
            switch reference {
            case .model(let model): files.loadSpecification(model)
            case .file(let path): files.loadSpecificationFile(path)
            }
        }
    }

    /// The accelerator that `place` names, by its model or by the path of its file.
    func accelerator(_ place: YAMLValue) -> AcceleratorType? {
        accelerators.part(at: place, in: files, problems: &gathered) { reference in
            switch reference {
            case .model(let model): AcceleratorFile.load(model: model, files: files)
            case .file(let path): AcceleratorFile.load(path: path)
            }
        }
    }

    /// A trace that ships in the program.
    func builtInTrace(_ name: String) -> [InferenceRequest]? {
        if let known = traces.first(where: { $0.name == name }) { return known.requests }
        let requests = files.builtInTrace(name)
        traces.append((name, requests))
        return requests
    }

    /// What was found in the files themselves; mistakes of who names them are told where they do.
    public var problems: [Problem] { gathered + logs.flatMap(\.problems) }

    func add(_ more: [Problem]) { gathered += more }

    /// Whatever is still to be logged there belongs to this load.
    func follow(_ log: ProblemLog) { logs.append(log) }
}
