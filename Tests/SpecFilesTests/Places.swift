import Foundation

/// Folders that tests read.
enum Places {
    /// The package root, three levels above this file.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let specs = root.appending(path: "Firmware-specs")

    /// The maps of real Open Rack hardware, which are not part of the project.
    static let openRackMaps: URL? = {
        let shared =
            ProcessInfo.processInfo.environment["BUSBAR_REFERENCE"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        let maps = shared.appending(path: "reference/open-rack-register-maps")
        return FileManager.default.fileExists(atPath: maps.path) ? maps : nil
    }()

    static func files(in folder: URL, withExtension ending: String) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }
}
