internal import ArgumentParser
internal import Scenario
internal import ScenarioFiles
internal import YAMLReading

/// Reads a scenario or ends the program with every mistake on the error stream.
enum ScenarioLoading {
    static func load(
        _ path: String, variant: String? = nil, settings: [Assignment], judgesRanges: Bool = false
    ) throws(ExitCode) -> ScenarioDefinition {
        let (definition, problems) = read(path, variant: variant, settings: settings, judgesRanges: judgesRanges)
        if let definition, problems.isEmpty { return definition }
        report(problems)
        StandardStreams.error("\(count(problems.count, "mistake")); nothing was run, nothing was written")
        if let advice = ProjectRoot.advice(near: path) { StandardStreams.error(advice) }
        throw status(of: problems)
    }

    static func read(
        _ path: String, variant: String? = nil, settings: [Assignment] = [], judgesVariants: Bool = false,
        judgesRanges: Bool = false
    ) -> (ScenarioDefinition?, [Problem]) {
        ScenarioFile.load(
            path: path, variant: variant, overrides: settings.map { (path: $0.path, value: $0.value) },
            files: ProjectFiles(root: ProjectRoot.folder(near: path)), judgesVariants: judgesVariants,
            judgesRanges: judgesRanges)
    }

    /// Each problem once, by place.
    static func report(_ problems: [Problem]) {
        for problem in problems { StandardStreams.error(problem.description) }
    }

    /// Bad input when anything that was read is wrong; trouble with files when nothing could be read.
    static func status(of problems: [Problem]) -> ExitCode {
        problems.allSatisfy(\.isUnreadableFile) ? ExitStatus.inputOutput : ExitStatus.badInput
    }

    /// `1 mistake`, `3 mistakes`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
