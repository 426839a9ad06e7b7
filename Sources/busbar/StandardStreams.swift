internal import ArgumentParser
internal import Foundation

/// Writing to the two standard streams, and what is known about them.
enum StandardStreams {
    /// Where a stream was closed by the caller, its number would go to the next file that is opened, and what is meant
    /// for people would end up in that file. Its place is taken by something that cannot be written to.
    static func occupyClosed() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// A line to standard output, where programs may wait for it: when it cannot be written, that is an error.
    static func output(_ text: String, terminator: String = "\n") throws(ExitCode) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((text + terminator).utf8))
        } catch {
            Self.error("cannot write standard output: \(error.reason)")
            throw ExitStatus.inputOutput
        }
    }

    /// A line to the error stream. When even that cannot be written, nobody is left to be told.
    static func error(_ text: String) { write(toErrorStream: text + "\n") }

    static func write(toErrorStream text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person watches the error stream; only then is progress drawn there.
    static var errorIsTerminal: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }

    /// Columns of the terminal behind a stream; `nil` where there is none or it does not tell.
    static func columns(of stream: FileHandle) -> Int? {
        var size = winsize()
        guard ioctl(stream.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

extension Error {
    /// The reason alone, in the system's own words where it has some: "No space left on device".
    var reason: String {
        let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? (self as NSError)
        return underlying.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(underlying.code))) : localizedDescription
    }
}
