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

    /// As complete as the mistakes allow, so that names can still be resolved; `nil` when there is nothing to read.
    static func read(path: String, library: ModelLibrary) -> (LoadedRack?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text):
            let log = ProblemLog(file: path)
            guard let mapping = YAMLFile.root(of: text, log: log)?.mapping("the mapping of a rack") else {
                return (nil, log.problems)
            }
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
struct LoadedRack {
    var definition: RackDefinition
    var policies: [TrayPolicy]
}
