public import Scenario
public import YAMLReading

/// Scenario files: a rack, a workload, a controller, events, and what must hold.
public enum ScenarioFile {
    /// Loads a scenario. `overrides` are parameters by name (`demand`) or scalars by path (`controller.period`,
    /// `events.1.at`), as a command line gives them. The scenario is there only when there are no problems; they are all
    /// mistakes of the file and of every file that it names, sorted by place. With `needsEndpoints` its rack must say
    /// where each of its buses or devices is met outside the simulation.
    public static func load(
        path: String, overrides: [(path: String, value: String)] = [], files: ProjectFiles,
        needsEndpoints: Bool = false
    ) -> (ScenarioDefinition?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text):
            return read(text, file: path, overrides: overrides, files: files, needsEndpoints: needsEndpoints)
        }
    }

    /// The same for a text that has been read already; names in it are relative to `file`.
    public static func read(
        _ text: String, file: String, overrides: [(path: String, value: String)] = [], files: ProjectFiles,
        needsEndpoints: Bool = false
    ) -> (ScenarioDefinition?, [Problem]) {
        let log = ProblemLog(file: file)
        let library = ModelLibrary(files: files, needsEndpoints: needsEndpoints)
        guard let root = YAMLFile.root(of: text, log: log), root.mapping("the mapping of a scenario") != nil else {
            return (nil, log.problems.sorted())
        }
        let parameters = ParameterReader(root: root, overrides: overrides)
        let settled = parameters.settle()
        guard let mapping = settled.mapping("the mapping of a scenario") else { return (nil, log.problems.sorted()) }
        let reader = ScenarioReader(file: file, library: library)
        let scenario = reader.read(
            mapping, name: RackFile.name(of: file), says: firstComment(of: text), parameters: parameters.values,
            ranges: parameters.ranges)
        var seen: Set<Problem> = []
        let problems = (log.problems + library.problems).filter { seen.insert($0).inserted }.sorted()
        return (problems.isEmpty ? scenario : nil, problems)
    }

    /// What the scenario shows: the first comment line of its file; `nil` when it cannot be read.
    public static func summary(path: String) -> String? {
        guard case .success(let text) = ProjectFiles.text(at: path) else { return nil }
        return firstComment(of: text)
    }
}
