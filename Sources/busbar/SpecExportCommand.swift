internal import ArgumentParser
internal import SpecFiles

struct SpecExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a device's registers for another tool.",
        discussion: "What the other form cannot hold is listed on standard error.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case c, csv, rackmon
    }

    @Argument(help: "Path of a spec, or name of a model in Firmware-specs.") var device: String
    @Option(help: "c (a header), csv, or rackmon (JSON).") var format: Format = .c

    func run() throws {
        let specification = try SpecReporting.device(device)
        switch format {
        case .c: try StandardStreams.output(SpecExport.cHeader(specification), terminator: "")
        case .csv: try StandardStreams.output(SpecExport.csv(specification), terminator: "")
        case .rackmon:
            let (text, notes) = SpecExport.rackmon(specification)
            for note in notes { StandardStreams.error("note: \(note)") }
            try StandardStreams.output(text, terminator: "")
        }
    }
}
