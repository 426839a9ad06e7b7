internal import Foundation
public import RunRecords

/// The folder of a run. Each file appears whole or not at all: it is written under another name and then renamed.
public struct OutputFolder: Sendable {
    public let path: String

    /// Creates the folder and those above it where they are missing.
    public init(path: String) throws(OutputFailure) {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw OutputFailure(attempted: "create", path: path, reason: error.localizedDescription)
        }
    }

    /// The path of a file in this folder.
    public func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// Writes `report.html`, `result.json` and `junit.xml`; returns the path of the report.
    @discardableResult
    public func writeReports(of result: RunResult) throws -> String {
        try write(ResultFile.json(for: result), as: "result.json")
        try write(JUnitFile.xml(for: result), as: "junit.xml")
        return try write(ReportPage.html(for: result), as: "report.html")
    }

    @discardableResult
    public func write(_ text: String, as name: String) throws(OutputFailure) -> String {
        let final = path(of: name)
        let draft = path(of: ".\(name).\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: draft))
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw OutputFailure(attempted: "write", path: final, reason: error.localizedDescription)
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
