internal import ArgumentParser

/// Asks real devices through `ModbusMaster`, so that servers which others wrote can judge it, and clocks measure it.
@main
struct Scan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "busbar-scan",
        abstract: "Asks Modbus devices through Busbar's master side: to judge it and to measure it.",
        subcommands: [AskCommand.self, VerifyCommand.self, MeasureCommand.self])
}
