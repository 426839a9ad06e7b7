internal import ArgumentParser
internal import SpecFiles

struct SpecShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a device's registers as an aligned table.")

    @Argument(help: "Path of a spec, or name of a model in Firmware-specs.") var device: String

    func run() throws {
        try StandardStreams.output(SpecDocument.table(try SpecReporting.device(device)), terminator: "")
    }
}
