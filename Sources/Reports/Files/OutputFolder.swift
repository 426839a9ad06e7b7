internal import Foundation
public import RunRecords

/// The folder of a run. Each file appears whole or not at all: it is written under another name and then renamed.
public struct OutputFolder: Sendable {
    public let path: String

    /// Creates the folder and those above it where they are missing.
    public init(path: String) throws(OutputFailure) {
        self.path = path
        var parent = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            let folder = parent + part
            // Foundation would make them all at once, but keeps the reason to itself when it cannot.
            guard Self.isFolder(folder) || mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw OutputFailure(
                    attempted: "create the folder", path: folder, reason: String(cString: strerror(errno)))
            }
            guard Self.isFolder(folder) else {
                throw OutputFailure(
                    attempted: "create the folder", path: folder, reason: "there is a file of that name")
            }
            parent = folder + "/"
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Removes the reports of an earlier run: they would not belong to what is written from now on.
    public func removeReports() throws(OutputFailure) {
        for name in [Self.result, Self.jUnit, Self.report] {
            let path = path(of: name)
            guard unlink(path) != 0, errno != ENOENT else { continue }
            throw OutputFailure(attempted: "replace", path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// The path of a file in this folder.
    public func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// Writes `report.html`, `result.json` and `junit.xml`; returns the path of the report.
    @discardableResult
    public func writeReports(of result: RunResult) throws -> String {
        try writeResult(of: result)
        try writeJUnit(of: result)
        try writeReport(of: result)
        return path(of: Self.report)
    }

    public func writeResult(of result: RunResult) throws { try write(ResultFile.json(for: result), as: Self.result) }

    public func writeJUnit(of result: RunResult) throws(OutputFailure) {
        try write(JUnitFile.xml(for: result), as: Self.jUnit)
    }

    public func writeReport(of result: RunResult) throws(OutputFailure) {
        try write(ReportPage.html(for: result), as: Self.report)
    }

    private static let result = "result.json"
    private static let jUnit = "junit.xml"
    private static let report = "report.html"

    @discardableResult
    public func write(_ text: String, as name: String) throws(OutputFailure) -> String {
        let final = path(of: name)
        let draft = path(of: ".\(name).\(ProcessInfo.processInfo.processIdentifier)")
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw OutputFailure(attempted: "write", path: final, reason: String(cString: strerror(errno)))
        }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw OutputFailure(attempted: "write", path: final, reason: OutputFailure.reason(of: error))
        }
        // POSIX rename replaces an earlier file in one step; Foundation's move refuses to.
        guard rename(draft, final) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: draft)
            throw OutputFailure(attempted: "write", path: final, reason: reason)
        }
        return final
    }
}
