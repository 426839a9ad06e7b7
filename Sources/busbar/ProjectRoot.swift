internal import Foundation

/// Where the shipped racks, specs, accelerators and scenarios lie.
///
/// `BUSBAR_ROOT` when it is set, as `tools/busbar` does. Otherwise the nearest folder that looks like a project (it holds
/// `Racks/` and `Firmware-specs/`), going up from the scenario's file, then from the working directory, then from
/// the program itself, so that a scenario of one's own may lie anywhere.
enum ProjectRoot {
    static let variable = "BUSBAR_ROOT"
    private static let marks = ["Racks", "Firmware-specs"]

    /// The folder, empty when it is the working directory, so that places in its files read as short as they can.
    static func folder(near file: String? = nil) -> String { find(near: file) ?? "" }

    /// What to tell a person whose files were not found; `nil` when a project's folder was.
    static func advice(near file: String? = nil) -> String? {
        guard find(near: file) == nil else { return nil }
        return
            "no folder with \(marks.joined(separator: "/ and "))/ was found; set \(variable) to the one that holds them"
    }

    private static func find(near file: String?) -> String? {
        let working = FileManager.default.currentDirectoryPath
        if let named = ProcessInfo.processInfo.environment[variable], !named.isEmpty {
            return URL(fileURLWithPath: named).standardizedFileURL.path == working ? "" : named
        }
        var starts = [working]
        if let file { starts.insert(URL(fileURLWithPath: file).deletingLastPathComponent().path, at: 0) }
        if let program = Bundle.main.executableURL { starts.append(program.resolvingSymlinksInPath().path) }
        let found = starts.lazy.compactMap { nearestProject(above: $0) }.first
        return found == working ? "" : found
    }

    private static func nearestProject(above start: String) -> String? {
        var folder = URL(fileURLWithPath: start).standardizedFileURL
        while !marks.allSatisfy({ isFolder(folder.appendingPathComponent($0).path) }) {
            guard folder.path != "/" else { return nil }
            folder.deleteLastPathComponent()
        }
        return folder.path
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
