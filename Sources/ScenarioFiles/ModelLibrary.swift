import DeviceSpecs
import Plant
import Units
import YAMLReading

/// The device types, accelerators and traces of one load, each read once; mistakes in their files are kept beside those of the
/// file that names them.
final class ModelLibrary {
    let files: ProjectFiles
    /// Whether a rack must say where its buses or devices are met outside the simulation.
    let needsEndpoints: Bool
    private var gathered: [Problem] = []
    private var logs: [ProblemLog] = []
    private var specifications: [KnownType] = []
    private var accelerators: [(model: String, accelerator: AcceleratorType?)] = []
    private var traces: [(name: String, requests: [InferenceRequest]?)] = []

    init(files: ProjectFiles, needsEndpoints: Bool = false) {
        self.files = files
        self.needsEndpoints = needsEndpoints
    }

    /// A library without mistakes that knows what this one has read well, for another reading of the same scenario.
    func anew() -> ModelLibrary {
        let other = ModelLibrary(files: files, needsEndpoints: needsEndpoints)
        other.specifications = specifications.filter { $0.specification != nil }
        other.accelerators = accelerators.filter { $0.accelerator != nil }
        other.traces = traces
        return other
    }

    /// The device type that `place` names, by its model or by the path of its file.
    func specification(_ place: YAMLValue) -> DeviceSpecification? {
        guard let reference = SpecReference(place) else { return nil }
        let path =
            switch reference {
            case .model(let model): files.path("Firmware-specs", "\(model).yaml")
            case .file(let path): path
            }
        let place = (value: place, resolved: ProjectFiles.resolved(path))
        if let known = specifications.first(where: { $0.resolved == place.resolved }) { return known.specification }
        var specification =
            switch reference {
            case .model(let model): shipped(model, place.value)
            case .file(let path): own(path, place.value)
            }
        if let model = specification?.model,
            let twin = specifications.first(where: { $0.specification?.model == model })
        {
            // Devices of one model share one map, and people tell types by it.
            specification = nil
            place.value.problem(
                "\(path) calls itself \"\(model)\", as \(twin.path) does, which is named too; give it a "
                    + "\"model\" of its own")
        }
        specifications.append(KnownType(path: path, resolved: place.resolved, specification: specification))
        return specification
    }

    private func shipped(_ model: String, _ place: YAMLValue) -> DeviceSpecification? {
        let (specification, found) = files.loadSpecification(model)
        if specification == nil {
            let beside = ProjectFiles.path("\(model).yaml", relativeTo: place.file)
            let hint = ProjectFiles.exists(beside) ? "; write \"./\(model).yaml\" for the file beside this one" : nil
            reportMissing(found, place, "device type", model, "Firmware-specs", hint: hint)
        }
        return specification
    }

    private func own(_ path: String, _ place: YAMLValue) -> DeviceSpecification? {
        if case .failure(let trouble) = ProjectFiles.text(at: path) {
            place.problem(
                "unknown device type \"\(place.scalarText ?? "")\": \(path) cannot be read, \(trouble.reason); a path begins "
                    + "at the folder of the file that states it")
            return nil
        }
        let (specification, found) = files.loadSpecificationFile(path)
        if specification == nil { gathered += found }
        return specification
    }

    func accelerator(_ place: YAMLValue) -> AcceleratorType? {
        guard let model = place.string("the model of an accelerator") else { return nil }
        if let known = accelerators.first(where: { $0.model == model }) { return known.accelerator }
        let (accelerator, found) = AcceleratorFile.load(model: model, files: files)
        accelerators.append((model, accelerator))
        if accelerator == nil { reportMissing(found, place, "accelerator", model, "Accelerators") }
        return accelerator
    }

    /// A trace that ships in the program.
    func builtInTrace(_ name: String) -> [InferenceRequest]? {
        if let known = traces.first(where: { $0.name == name }) { return known.requests }
        let requests = files.builtInTrace(name)
        traces.append((name, requests))
        return requests
    }

    var problems: [Problem] { gathered + logs.flatMap(\.problems) }

    func add(_ more: [Problem]) { gathered += more }

    /// Whatever is still to be logged there belongs to this load.
    func follow(_ log: ProblemLog) { logs.append(log) }

    /// A name without a file is a mistake of who names it; a file with mistakes reports its own.
    private func reportMissing(
        _ found: [Problem], _ place: YAMLValue, _ kind: String, _ model: String, _ folder: String, hint: String? = nil
    ) {
        if found.isEmpty || found.allSatisfy(\.isUnreadableFile) {
            let known = files.names(in: folder, ending: ".yaml")
            place.problem(
                "unknown \(kind) \"\(model)\": \(folder)/\(model).yaml cannot be read\(hint ?? Nearness.hint(for: model, among: known))"
            )
        } else {
            gathered += found
        }
    }

    /// A device type that was read, or could not be.
    private struct KnownType {
        /// As messages name it, and as one file has one.
        let path, resolved: String
        let specification: DeviceSpecification?
    }
}
