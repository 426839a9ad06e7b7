import YAMLReading

/// A rack that is another one with some values changed: `{rack: name, like: other, set: {trays.1.floor: 3 kW}}`.
enum RackLikeness {
    /// Arbitrary: a rack like a rack like a rack is hard enough to read.
    private static let deepest = 4

    /// The whole tree of a rack: the value itself, or the other rack's with the changes in place; `nil` when that cannot be
    /// read, with the reason logged. The library follows the other file's mistakes.
    static func resolved(_ value: YAMLValue, file: String, library: ModelLibrary, depth: Int = 0) -> YAMLValue? {
        guard value.isMapping, let mapping = value.mapping(), let like = mapping.optional("like") else { return value }
        let name = mapping.optional("rack")
        let set = mapping.optional("set")
        mapping.finish()
        guard depth < deepest else {
            like.problem(
                "expected at most \(deepest) racks that are like one another, found more; do they go in a circle?")
            return nil
        }
        guard let path = RackReference.path(of: like, in: file, library: library, expected: "the name of a rack"),
            case .success(let text) = ProjectFiles.text(at: path)
        else { return nil }
        let log = ProblemLog(file: path)
        // Its tree is read later, and so are its mistakes.
        library.follow(log)
        let root = YAMLFile.root(of: text, log: log).flatMap {
            resolved($0, file: path, library: library, depth: depth + 1)
        }
        guard var tree = root, tree.isMapping else { return nil }
        if let name = name?.string("a name"), let named = tree.setting(["rack"], to: name, origin: file) {
            tree = named
        }
        for entry in set?.mapping("values by path such as {trays.1.floor: 3 kW}")?.entries ?? [] {
            tree = changed(tree, entry, by: file) ?? tree
        }
        return tree
    }

    private static func changed(_ tree: YAMLValue, _ entry: YAMLMapping.Entry, by file: String) -> YAMLValue? {
        guard let path = entry.key.scalarText, let text = entry.value.scalarText else {
            entry.value.expected("a single value")
            return nil
        }
        let origin = "\(file):\(entry.value.line):\(entry.value.column)"
        let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let result = tree.setting(keys, to: text, origin: origin) else {
            entry.key.problem("\"\(path)\" is no single value of that rack; lists are counted from 1, as trays.1.floor")
            return nil
        }
        return result
    }
}
