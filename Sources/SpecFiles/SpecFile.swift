public import DeviceSpecs
internal import Foundation
public import YAMLReading

/// The register-map form of a device: YAML text to a validated `DeviceSpecification` and back.
public enum SpecFile {
    /// Reads a spec. The specification is `nil` exactly when there are problems, and the problems are all that could
    /// be found in one pass, ordered by place. A mistake of YAML's syntax hides the others.
    ///
    /// - Parameter library: where the spec is looked for that this one says it is `like`, when it does not lie beside it.
    public static func load(
        text: String, file: String, library: SpecFolder? = nil
    ) -> (DeviceSpecification?, [Problem]) {
        let log = ProblemLog(file: file)
        guard let root = YAMLFile.root(of: text, log: log) else { return (nil, log.problems) }
        var (specification, problems) =
            SpecLikeness.isStated(by: root)
            ? SpecLikeness.read(root, file: file, library: library) : (SpecReader.read(root), [])
        problems = Set(log.problems + problems).sorted()
        if !problems.isEmpty { specification = nil }
        return (specification, problems)
    }

    /// Reads the spec at a path. Throws `FileTrouble` when the file cannot be read as text.
    public static func load(
        path: String, library: SpecFolder? = nil
    ) throws(FileTrouble) -> (DeviceSpecification?, [Problem]) {
        load(text: try FileTrouble.text(at: path), file: path, library: library)
    }
}

/// A file that could not be read: what was attempted, on what, and why.
public struct FileTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "cannot read \(path): \(reason)" }

    /// A file's whole text. The limit keeps a mistyped path to a disk image from filling the memory.
    static func text(at path: String) throws(FileTrouble) -> String {
        let limit = 16 << 20  // 16 MiB, arbitrary; the largest known register map has 54 kB
        guard let handle = FileHandle(forReadingAtPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw FileTrouble(path: path, reason: exists ? "permission denied" : "no such file")
        }
        defer { try? handle.close() }
        let data: Data
        do {
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw FileTrouble(path: path, reason: "it is a folder or the device failed")
        }
        guard data.count <= limit else { throw FileTrouble(path: path, reason: "larger than 16 MiB") }
        guard let text = String(data: data, encoding: .utf8) else {
            throw FileTrouble(path: path, reason: "not UTF-8 text")
        }
        return text
    }
}
