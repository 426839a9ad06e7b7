import YAMLReading

/// What a rack, a scenario or an event names a device type by: its model, which lies in `Firmware-specs/`, or the path of a
/// spec of one's own.
enum SpecReference {
    case model(String)
    /// As the file that names it would open it.
    case file(String)

    /// A path has a slash or a file's ending in it; a relative one begins at the folder of the file that states it, wherever
    /// that file is read from.
    init?(_ place: YAMLValue) {
        guard let word = place.string("the model of a device type, or the path of its file") else { return nil }
        let hasEnding = word.hasSuffix(".yaml") || word.hasSuffix(".yml")
        guard hasEnding || word.contains("/") else {
            self = .model(word)
            return
        }
        guard hasEnding else {
            place.problem("expected the path of a spec to end in .yaml, found \"\(word)\"")
            return nil
        }
        let plain = word.hasPrefix("./") ? String(word.dropFirst(2)) : word
        self = .file(ProjectFiles.path(plain, relativeTo: place.file))
    }
}
