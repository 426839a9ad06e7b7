import Foundation

/// The project's files as they lie on disk.
enum HouseTree {
    /// The root of the package: three folders above this file.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let sources = files(under: "Sources", suffix: ".swift").map(SwiftCode.init)
    static let tests = files(under: "Tests", suffix: ".swift").map(SwiftCode.init)
    static let manifest = file("Package.swift")
    static let tools = files(under: "tools", suffix: "")
    static let scenarios = files(under: "Scenarios", suffix: ".yaml").filter {
        $0.path.split(separator: "/").count == 2
    }
    /// Scenarios, racks, device specs and accelerators.
    static let data = ["Scenarios", "Firmware-specs", "Accelerators"].flatMap { files(under: $0, suffix: ".yaml") }

    /// The Markdown pages at the root and in docs.
    static let documents =
        names(in: "").filter { $0.hasSuffix(".md") }.map(file) + files(under: "docs", suffix: ".md")

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    private static func file(_ path: String) -> HouseFile {
        let data = FileManager.default.contents(atPath: root.appendingPathComponent(path).path) ?? Data()
        return HouseFile(path: path, text: String(decoding: data, as: UTF8.self))
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? [])
            .sorted()
    }

    private static func files(under folder: String, suffix: String) -> [HouseFile] {
        var found: [HouseFile] = []
        for name in names(in: folder) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path, isDirectory: &isFolder)
            if isFolder.boolValue {
                found += files(under: path, suffix: suffix)
            } else if name.hasSuffix(suffix) {
                found.append(file(path))
            }
        }
        return found
    }
}
