public import DeviceSpecs
internal import Foundation
public import Plant
public import YAMLReading

/// Where scenarios find what they name: racks, accelerators, device types, traces.
public struct ProjectFiles: Sendable {
    /// The folder that holds `Racks/`, `Accelerators/` and `Firmware-specs/`; empty for the working directory.
    public var root: String
    /// Loads the device type of a model; `nil` with the mistakes of its file.
    public var loadSpecification: @Sendable (_ model: String) -> (DeviceSpecification?, [Problem])
    /// Loads the device type in a file of one's own; `nil` with the mistakes of the file.
    public var loadSpecificationFile: @Sendable (_ path: String) -> (DeviceSpecification?, [Problem])
    /// A trace that ships in the program; `nil` when there is none of that name.
    public var builtInTrace: @Sendable (_ name: String) -> [InferenceRequest]?

    public init(
        root: String, loadSpecification: @escaping @Sendable (_ model: String) -> (DeviceSpecification?, [Problem]),
        loadSpecificationFile: @escaping @Sendable (_ path: String) -> (DeviceSpecification?, [Problem]) = {
            ProjectFiles.specification(at: $0)
        },
        builtInTrace: @escaping @Sendable (_ name: String) -> [InferenceRequest]?
    ) {
        self.root = root
        self.loadSpecification = loadSpecification
        self.loadSpecificationFile = loadSpecificationFile
        self.builtInTrace = builtInTrace
    }

    func path(_ folder: String, _ name: String) -> String {
        root.isEmpty ? "\(folder)/\(name)" : "\(root)/\(folder)/\(name)"
    }

    /// Where the rack of a name lies, whether it exists or not.
    public func path(ofRack name: String) -> String { path("Racks", "\(name).yaml") }

    /// A path as a file states it: absolute, or relative to that file's folder.
    static func path(_ path: String, relativeTo file: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }

    /// The absolute path of what a path leads to, through links and dots.
    static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// How a file in the folder of `origin` names another file: `../../Traces/x.csv`.
    static func path(to path: String, fromFolderOf origin: String) -> String {
        let target = resolved(path).split(separator: "/")
        let folder = resolved(URL(fileURLWithPath: origin).deletingLastPathComponent().path).split(separator: "/")
        let shared = zip(target, folder).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: folder.count - shared) + target.dropFirst(shared).map(String.init)
        return steps.joined(separator: "/")
    }

    /// The name of a file without folder and ending.
    static func stem(of path: String) -> String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// Names of the files with an ending in one of the project's folders, without it, sorted.
    public func names(in folder: String, ending: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path(folder, ""))) ?? []
        return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    /// The text of a file; `nil` when it cannot be read.
    public static func readableText(at path: String) -> String? {
        if case .success(let text) = text(at: path) { text } else { nil }
    }

    /// The text of a file; without one, the problem that it cannot be read.
    public static func contents(at path: String) -> (String?, [Problem]) {
        switch text(at: path) {
        case .success(let text): (text, [])
        case .failure(let trouble): (nil, [trouble.problem])
        }
    }

    /// The text of a file, or the problem that it cannot be read.
    static func text(at path: String) -> Result<String, UnreadableFile> {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            return .failure(UnreadableFile(path: path, reason: reason(for: path)))
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: sizeLimit + 1) ?? Data() else {
            return .failure(UnreadableFile(path: path, reason: reason(for: path)))
        }
        guard data.count <= sizeLimit else {
            return .failure(UnreadableFile(path: path, reason: "it is larger than \(sizeLimit >> 20) MiB"))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            return .failure(UnreadableFile(path: path, reason: "it is not UTF-8 text"))
        }
        return .success(text)
    }

    /// 64 MiB, arbitrary: a trace of a million requests has 40. The limit keeps a mistyped path, to a disk image or to
    /// /dev/zero, from filling the memory.
    private static let sizeLimit = 64 << 20

    private static func reason(for path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "it is a folder" : "no permission to read it, or its device failed"
    }
}

struct UnreadableFile: Error {
    static let text = "cannot be read: "

    var path: String
    var reason: String

    var problem: Problem { Problem(file: path, line: 0, column: 0, text: Self.text + reason) }
}

extension Problem {
    /// Whether the file is missing or unreadable, in contrast to a mistake in what it says.
    public var isUnreadableFile: Bool { line == 0 && text.hasPrefix(UnreadableFile.text) }
}
