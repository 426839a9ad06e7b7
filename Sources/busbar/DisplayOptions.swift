internal import ArgumentParser
internal import Foundation
internal import TerminalView

/// How a rack that runs in real time shows itself to people.
struct DisplayOptions: ParsableArguments {
    @Flag(name: .customLong("no-view"), help: "Draw nothing; without this, a terminal shows the rack while it runs.")
    var isPlain = false

    @Option(
        name: .customLong("status"),
        help: ArgumentHelp(
            "Instead of drawing, a line about the rack on the error stream, every so many seconds (5s, 0.5s).",
            valueName: "interval"), transform: StatusInterval.parsed)
    var status: StatusInterval?

    /// The view, where a person can see it: standard output is a terminal that can be drawn on.
    func view() -> LiveView? {
        isPlain || status != nil ? nil : LiveView(environment: ProcessInfo.processInfo.environment)
    }
}

/// `5s` or `5`: seconds, as `--status` takes them.
struct StatusInterval: ExpressibleByArgument {
    var seconds: Double

    init?(argument: String) {
        let number = argument.hasSuffix("s") ? argument.dropLast() : argument[...]
        guard let seconds = Double(number), seconds.isFinite, (0.1...86_400).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// The same for an option, which says what it wants.
    static func parsed(_ argument: String) throws -> StatusInterval {
        if let interval = StatusInterval(argument: argument) { return interval }
        throw ValidationError("expected seconds from 0.1 to 86400, such as 5s or 0.5s")
    }
}
