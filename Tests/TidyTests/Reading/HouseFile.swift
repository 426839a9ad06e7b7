/// A text file of the project, by its path from the root of the package.
struct HouseFile: Sendable {
    var path: String
    var text: String

    /// The room or test target in which a file of `Sources` or `Tests` lies; empty for any other file.
    var room: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 && (parts[0] == "Sources" || parts[0] == "Tests") ? String(parts[1]) : ""
    }

    var name: String { String(path.split(separator: "/").last ?? "") }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
