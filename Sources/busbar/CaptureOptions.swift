internal import ArgumentParser

/// Where the frames of a run go.
struct CaptureOptions: ParsableArguments {
    @Option(
        name: .customLong("capture"),
        help: ArgumentHelp(
            "Write the frames of all buses to this file instead of bus.pcapng in the output folder; \"none\" writes none, which is faster.",
            valueName: "file"))
    var file: String?

    func validate() throws {
        guard let file else { return }
        if file.isEmpty { throw ValidationError("--capture names no file; \"none\" writes no capture") }
        if file == "-" {
            throw ValidationError(
                "--capture - is not possible: standard output has the results; name a file")
        }
    }

    /// The path of the capture; `nil` for none.
    func path(otherwise standard: String) -> String? {
        switch file {
        case nil: standard
        case "none": nil
        case let file?: file
        }
    }
}
