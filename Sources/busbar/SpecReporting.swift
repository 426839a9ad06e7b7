internal import ArgumentParser
internal import DeviceSpecs
internal import Foundation
internal import SpecFiles
internal import YAMLReading

/// What the `spec` subcommands share: finding a device, and saying what is wrong.
enum SpecReporting {
    /// sysexits.h: EX_DATAERR.
    static let badData = ExitCode(65)
    /// sysexits.h: EX_IOERR.
    static let badFile = ExitCode(74)

    static var folder: SpecFolder {
        SpecFolder(root: ProcessInfo.processInfo.environment["BUSBAR_ROOT"] ?? ".")
    }

    /// The device that a path or a model name means. Throws an exit code after the reasons are printed.
    static func device(_ name: String) throws -> DeviceSpecification {
        let (specification, problems) = try reading {
            () throws(FileTrouble) in isPath(name) ? try SpecFile.load(path: name) : try folder.load(model: name)
        }
        print(problems)
        guard let specification else { throw badData }
        return specification
    }

    /// Turns trouble with a file into a message and its exit code.
    static func reading<Result>(_ body: () throws(FileTrouble) -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            complain("busbar: \(error)")
            throw badFile
        }
    }

    static func isPath(_ name: String) -> Bool {
        name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    static func print(_ problems: [Problem]) {
        for problem in problems { complain(problem.description) }
    }

    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
