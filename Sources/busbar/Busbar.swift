internal import ArgumentParser

/// The command line: parses, calls, prints.
@main
struct Busbar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "busbar",
        abstract: "The board-level control layer of an AI rack: run it, break it, judge it.",
        discussion: """
            Racks, device specs and accelerators are found by name in the project: the folder that BUSBAR_ROOT names, or \
            else the nearest folder with Racks/ and Firmware-specs/ upwards from the scenario, from the working \
            directory, or from the program.

            Exit codes: 0 everything held, 1 an expectation or check failed, 64 wrong usage, 65 a scenario, rack or \
            spec is wrong, 74 a file cannot be read or written or a port cannot be \
            opened, 130 interrupted.
            """,
        version: BusbarVersion.text,
        subcommands: [
            RunCommand.self, ProveCommand.self, CompareCommand.self, SwarmCommand.self, FalsifyCommand.self,
            MarginsCommand.self,
            ServeCommand.self, ControlCommand.self, InjectCommand.self, CheckCommand.self, ListCommand.self,
            ExplainCommand.self,
            SpecCommand.self, BringUpCommand.self,
        ])

    static func main() { main(ControlCommand.spelledOut(Array(CommandLine.arguments.dropFirst()))) }
}

/// The version that reports and digests name.
enum BusbarVersion {
    static let text = "0.1.0"
}
