internal import ArgumentParser
internal import ModbusServer

struct InjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Put a fault or an event on a rack that is being served.",
        discussion: """
            PATH is the --control-socket of the running "busbar serve". A fault on a bus is told by --bus, --fault and \
            what narrows it; any other event as in a scenario, without "at": --event '{fail: shelf-1/psu-3}'. Prints the \
            number by which it can be ended.

            Kinds of fault: \(InjectedFault.kinds). docs/faults.md says what each does.

            Exit code 65 when the server refuses, with its reasons; 74 when there is no server at PATH.
            """)

    @Argument(help: "The control socket of the running server.")
    var path: String

    @OptionGroup var fault: InjectedFault

    @Option(help: "An event as in a scenario, without \"at\": '{set: {budget: 20 kW}, for: 30 s}'.")
    var event: String?

    @Flag(help: "Print what is in force.")
    var list = false

    @Option(help: "End what was injected under this number, or all.")
    var end: String?

    func validate() throws {
        let asked = [fault.isAsked, event != nil, list, end != nil].count { $0 }
        guard asked == 1 else {
            throw ValidationError("expected one of --bus with --fault, --event, --list and --end, found \(asked)")
        }
        if fault.isAsked, fault.bus == nil || fault.fault == nil {
            throw ValidationError("a fault wants both --bus and --fault")
        }
        if let end, end != "all", Int(end) == nil {
            throw ValidationError("--end \(end): expected the number that inject has printed, or all")
        }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        let line: String
        if let event {
            line = "inject " + String(event.map { $0.isNewline ? " " : $0 })
        } else if let end {
            line = "end \(end)"
        } else {
            line = list ? "list" : "inject \(fault.event)"
        }
        let answer: ControlClient.Answer
        do throws(ServerFailure) {
            answer = try ControlClient.ask(line, at: path)
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        if answer.isRefusal {
            for line in answer.lines + [answer.word] {
                StandardStreams.error(fault.isAsked ? fault.spoken(line) : spoken(line))
            }
            throw ExitStatus.badInput
        }
        if list {
            for line in answer.lines { try StandardStreams.output(line) }
        } else {
            try StandardStreams.output(answer.word)
        }
    }

    /// What the server says of `--end`, in the words of the command line.
    private func spoken(_ line: String) -> String {
        guard let end else { return line }
        return "--end \(end): \(line.replacing("ask for the list of", with: "--list shows")); --end all ends them all"
    }
}
