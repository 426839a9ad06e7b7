import YAMLReading

/// Finds the file of a rack that is named: by its name in `Racks/`, or by a path relative to the file that names it.
enum RackReference {
    /// `nil` with the mistake logged at `value`. For a mistyped name what was most likely meant stands in beside the
    /// mistake, so that the names of its parts are judged too.
    static func path(of value: YAMLValue, in file: String, library: ModelLibrary, expected: String) -> String? {
        guard let word = value.string(expected) else { return nil }
        let isPath = word.contains("/") || word.hasSuffix(".yaml")
        let path =
            isPath ? ProjectFiles.path(word, relativeTo: file) : library.files.path("Racks", "\(word).yaml")
        guard !ProjectFiles.exists(path) else { return path }
        let known = library.files.names(in: "Racks", ending: ".yaml")
        let hint = isPath ? "" : Nearness.hint(for: word, among: known)
        value.problem("unknown rack \"\(word)\": there is no file \(path)\(hint)")
        guard !isPath, let near = Nearness.nearest(to: word, among: known) else { return nil }
        return library.files.path("Racks", "\(near).yaml")
    }
}
