internal import ArgumentParser

/// The exit codes, as documented in the README; the numbers of 64 and up are those of sysexits.h.
enum ExitStatus {
    static let failed = ExitCode(1)
    static let usage = ExitCode(64)
    static let badInput = ExitCode(65)
    static let inputOutput = ExitCode(74)
    /// 128 + SIGINT, as shells count.
    static let interrupted = ExitCode(130)
}
