public import Scenario
public import YAMLReading

/// Rack files: the physics of a rack, its buses, and the devices between the two.
public enum RackFile {
    /// Loads a rack by its path; every mistake in it and in what it names is reported.
    public static func load(path: String, files: ProjectFiles) -> (RackDefinition?, [Problem]) {
        let library = ModelLibrary(files: files)
        let (rack, problems) = read(path: path, library: library)
        let all = (problems + library.problems).sorted()
        return (all.isEmpty ? rack?.definition : nil, all)
    }

    /// Loads a rack for the controller of real buses: it must say where each of its buses or devices is.
    public static func loadForControl(path: String, files: ProjectFiles) -> (LoadedRack?, [Problem]) {
        let library = ModelLibrary(files: files, needsEndpoints: true)
        let (rack, problems) = read(path: path, library: library)
        let all = (problems + library.problems).sorted()
        return (all.isEmpty ? rack : nil, all)
    }

    /// Whether a file looks like a rack, in contrast to a scenario: it has buses, trays, shelves or feeds at its top,
    /// or is like another rack.
    public static func isRack(path: String) -> Bool {
        guard case .success(let text) = ProjectFiles.text(at: path),
            let mapping = YAMLFile.root(of: text, log: ProblemLog(file: path))?.mapping()
        else { return false }
        return ["feeds", "buses", "shelves", "trays", "like"].contains { mapping.optional($0) != nil }
    }

    /// As complete as the mistakes allow, so that names can still be resolved; `nil` when there is nothing to read.
    static func read(path: String, library: ModelLibrary) -> (LoadedRack?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text):
            let log = ProblemLog(file: path)
            guard let root = YAMLFile.root(of: text, log: log), root.mapping("the mapping of a rack") != nil,
                let mapping = RackLikeness.resolved(root, file: path, library: library)?.mapping()
            else { return (nil, log.problems) }
            let reader = RackReader(library: library)
            let rack = reader.read(mapping, says: firstComment(of: text), defaultName: name(of: path))
            return (rack, log.problems)
        }
    }

    /// The file's name without folder and ending.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.hasSuffix(".yaml") ? file.dropLast(5) : file)
    }
}

/// A rack with what its file says about the controller's policy.
public struct LoadedRack: Sendable {
    public var definition: RackDefinition
    /// One for each tray.
    public var policies: [TrayPolicy]
}
