internal import ArgumentParser

/// `busbar spec`: device types as register maps.
struct SpecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec",
        abstract: "Check, show, document, import and export device register maps; identify devices by them.",
        discussion: """
            A device type is a YAML file. DEVICE is the path of one, or the name of a model in the folder \
            Firmware-specs of the project: the folder that BUSBAR_ROOT names, or else the nearest one upwards from the \
            working directory or from the program.

            Exit codes: 0 done, 64 usage, 65 mistakes in a spec or in a map to import, 74 a file cannot be read.
            """,
        subcommands: [
            SpecCheckCommand.self, SpecShowCommand.self, SpecDocCommand.self, SpecImportCommand.self,
            SpecExportCommand.self, SpecIdentifyCommand.self,
        ])
}
