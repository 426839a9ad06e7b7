public import Scenario
public import YAMLReading

/// Scenario files: a rack, a workload, a controller, events, and what must hold.
public enum ScenarioFile {
    /// Loads a scenario. `overrides` are parameters by name (`demand`) or scalars by path (`controller.period`,
    /// `events.1.at`), as a command line gives them; they come after those of the `variant`, where one is named. The
    /// scenario is there only when there are no problems; they are all mistakes of the file and of every file that it
    /// names, sorted by place. With `needsEndpoints` its rack must say where each of its buses or devices is met outside
    /// the simulation. With `judgesVariants` every variant is read as if it were to be run; with `judgesRanges` the
    /// scenario is read with both ends of every range that a parameter declares or that the swarm varies.
    public static func load(
        path: String, variant: String? = nil, overrides: [(path: String, value: String)] = [], files: ProjectFiles,
        needsEndpoints: Bool = false, judgesVariants: Bool = false, judgesRanges: Bool = false
    ) -> (ScenarioDefinition?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text):
            return read(
                text, file: path, variant: variant, overrides: overrides, files: files,
                needsEndpoints: needsEndpoints, judgesVariants: judgesVariants, judgesRanges: judgesRanges)
        }
    }

    /// The same for a text that has been read already; names in it are relative to `file`.
    public static func read(
        _ text: String, file: String, variant: String? = nil, overrides: [(path: String, value: String)] = [],
        files: ProjectFiles, needsEndpoints: Bool = false, judgesVariants: Bool = false, judgesRanges: Bool = false
    ) -> (ScenarioDefinition?, [Problem]) {
        let library = ModelLibrary(files: files, needsEndpoints: needsEndpoints)
        let reading = ScenarioReading(text: text, file: file, library: library)
        let (scenario, problems) = reading.read(
            variant: variant, overrides: overrides.map(ScenarioOverride.init(assigned:)),
            judgesVariants: judgesVariants, judgesRanges: judgesRanges)
        return (problems.isEmpty ? scenario : nil, problems)
    }

    /// What keeps these paths from being varied at all, such as a misspelt one: what is wrong alike at both ends of a range.
    /// `origin` says where a range was given: `--vary controller.period=50ms..1s`.
    public static func obstacles(
        to varied: [(range: ValueRange, origin: String)], in text: String, file: String,
        overrides: [(path: String, value: String)] = [], files: ProjectFiles
    ) -> [Problem] {
        let reading = ScenarioReading(text: text, file: file, library: ModelLibrary(files: files))
        return reading.obstacles(to: varied, under: overrides.map(ScenarioOverride.init(assigned:)))
    }
}
