import Foundation
import Testing

/// A folder of its own for one test, in which the built `busbar` is called as a user calls it.
final class Workplace: Sendable {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "busbar-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The program lies beside the tests that were built with it.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("busbar").path

    static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    func path(_ name: String) -> String { folder + "/" + name }

    func write(_ text: String, as name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    /// Makes the folder a project of its own: the shipped racks and accelerators, and a copy of the specs to add to.
    func becomeProject() throws {
        let files = FileManager.default
        for name in ["Racks", "Accelerators"] {
            try files.createSymbolicLink(atPath: path(name), withDestinationPath: Self.packageRoot + "/" + name)
        }
        try files.copyItem(atPath: Self.packageRoot + "/Firmware-specs", toPath: path("Firmware-specs"))
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// A call that has been prepared and not begun. Its streams go to files, which no reader can block.
    func prepared(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var environment = ProcessInfo.processInfo.environment
        environment["BUSBAR_ROOT"] = nil
        // Tests run beside each other, and their controllers beside those of others.
        environment["BUSBAR_CLAIMS"] = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try freshFile("standard-output")
        process.standardError = try freshFile("standard-error")
        return process
    }

    private func freshFile(_ name: String) throws -> FileHandle {
        try write("", as: name)
        return try #require(FileHandle(forWritingAtPath: path(name)))
    }

    func busbar(_ arguments: String...) throws -> Call {
        let process = try prepared(arguments)
        try process.run()
        return try outcome(of: process)
    }

    func outcome(of process: Process) throws -> Call {
        process.waitUntilExit()
        return Call(
            status: process.terminationStatus, trapped: process.terminationReason == .uncaughtSignal,
            output: try text("standard-output"), error: try text("standard-error"))
    }
}

/// What a call of `busbar` left behind.
struct Call {
    var status: Int32
    var trapped: Bool
    var output: String
    var error: String

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }
    var firstLine: String { outputLines.first ?? "" }
    var errorLines: [String] { error.split(separator: "\n").map(String.init) }

    /// The digest that the last line tells; `nil` where it tells none.
    var digest: String? {
        guard let line = outputLines.last, line.hasPrefix("digest "), line.count == 23 else { return nil }
        return String(line.dropFirst(7))
    }
}
