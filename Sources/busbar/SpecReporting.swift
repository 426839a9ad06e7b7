internal import ArgumentParser
internal import DeviceSpecs
internal import SpecFiles
internal import YAMLReading

/// What the `spec` subcommands share: finding a device, and saying what is wrong.
enum SpecReporting {
    static var folder: SpecFolder {
        let root = ProjectRoot.folder()
        return SpecFolder(root: root.isEmpty ? "." : root)
    }

    /// The device that a path or a model name means. Throws an exit code after the reasons are printed.
    static func device(_ name: String) throws(ExitCode) -> DeviceSpecification {
        let (specification, problems) = try reading {
            () throws(FileTrouble) in
            isPath(name) ? try SpecFile.load(path: name, library: folder) : try folder.load(model: name)
        }
        ScenarioLoading.report(problems)
        guard let specification else { throw ExitStatus.badInput }
        return specification
    }

    /// Turns trouble with a file into a message and its exit code.
    static func reading<Result>(_ body: () throws(FileTrouble) -> Result) throws(ExitCode) -> Result {
        do {
            return try body()
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
    }

    static func isPath(_ name: String) -> Bool {
        name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }
}
