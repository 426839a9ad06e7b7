import YAMLReading

/// What a file names a part of the project's library by: its model, which lies in the folder for its kind, or the path of a
/// file of one's own.
enum LibraryReference {
    case model(String)
    /// As the file that names it would open it.
    case file(String)

    /// A path has a slash or a file's ending in it; a relative one begins at the folder of the file that states it, wherever
    /// that file is read from.
    init?(_ place: YAMLValue, to kind: LibraryKind) {
        guard let word = place.string("the model of \(kind.withArticle), or the path of its file") else { return nil }
        let hasEnding = word.hasSuffix(".yaml") || word.hasSuffix(".yml")
        guard hasEnding || word.contains("/") else {
            self = .model(word)
            return
        }
        guard hasEnding else {
            place.problem("expected the path of the file of \(kind.withArticle) to end in .yaml, found \"\(word)\"")
            return nil
        }
        let plain = word.hasPrefix("./") ? String(word.dropFirst(2)) : word
        self = .file(ProjectFiles.path(plain, relativeTo: place.file))
    }
}

/// A kind of file that racks and scenarios name others by.
struct LibraryKind {
    /// As messages call it: "device type".
    let noun: String
    let withArticle: String
    /// Where the project keeps its own.
    let folder: String

    static let deviceType = LibraryKind(noun: "device type", withArticle: "a device type", folder: "Firmware-specs")
    static let accelerator = LibraryKind(
        noun: "accelerator", withArticle: "an accelerator", folder: "Accelerators")
}
