internal import ArgumentParser
internal import SpecFiles
internal import YAMLReading

struct SpecImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Turn a rackmon or phosphor-modbus register map into a spec.",
        discussion: """
            The spec is printed to standard output. What the form cannot hold, or the source does not say, stands in \
            comments at its head and on standard error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case rackmon, phosphor

        var foreign: ForeignFormat { self == .rackmon ? .rackmon : .phosphor }
    }

    @Argument(help: "Path of the JSON file.") var file: String
    @Option(help: "rackmon or phosphor; recognised by its keys when left out.") var format: Format?

    func run() throws {
        let (imported, problems) = try SpecReporting.reading {
            () throws(FileTrouble) in try SpecImport.read(path: file, format: format?.foreign)
        }
        ScenarioLoading.report(problems)
        guard let imported else { throw ExitStatus.badInput }
        for note in imported.notes { StandardStreams.error("note: \(note)") }
        let notes = imported.notes.map { "note: \($0)" }
        try StandardStreams.output(SpecFile.text(of: imported.specification, notes: notes), terminator: "")
    }
}
