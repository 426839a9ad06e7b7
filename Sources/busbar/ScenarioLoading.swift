internal import Foundation
internal import Scenario
internal import ScenarioFiles
internal import YAMLReading

/// Reads a scenario or ends the program with every mistake on the error stream.
enum ScenarioLoading {
    static func load(_ path: String, settings: [Assignment]) throws -> ScenarioDefinition {
        let (definition, problems) = read(path, settings: settings)
        if let definition, problems.isEmpty { return definition }
        throw report(problems)
    }

    static func read(_ path: String, settings: [Assignment]) -> (ScenarioDefinition?, [Problem]) {
        ScenarioFile.load(
            path: path, overrides: settings.map { (path: $0.path, value: $0.value) },
            files: ProjectFiles(root: ProjectRoot.folder))
    }

    /// Prints the problems; the status to end with.
    static func report(_ problems: [Problem]) -> any Error {
        for problem in problems.sorted() { StandardStreams.error(problem.description) }
        // Line 0 means the file as a whole: it is missing or cannot be read.
        let unreadable = problems.allSatisfy { $0.line == 0 }
        StandardStreams.error(
            problems.count == 1 ? "1 mistake; nothing was written" : "\(problems.count) mistakes; nothing was written")
        return unreadable ? ExitStatus.inputOutput : ExitStatus.badInput
    }
}

/// Where the shipped racks, specs, accelerators and scenarios lie.
enum ProjectRoot {
    /// `BUSBAR_ROOT`, which `tools/busbar` sets; otherwise the folder in which the program was started.
    static var folder: String {
        ProcessInfo.processInfo.environment["BUSBAR_ROOT"] ?? FileManager.default.currentDirectoryPath
    }
}
