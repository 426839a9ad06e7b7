import YAMLReading

/// The parts of one kind that one load has met, each read once; two files that give one name are a mistake.
struct LibraryShelf<Part> {
    private let kind: LibraryKind
    /// What the key is that gives a part its name: "model".
    private let nameKey: String
    private let name: (Part) -> String
    private var known: [KnownFile] = []

    init(of kind: LibraryKind, namedBy nameKey: String, name: @escaping (Part) -> String) {
        self.kind = kind
        self.nameKey = nameKey
        self.name = name
    }

    /// What was read well.
    func whole() -> Self {
        var shelf = self
        shelf.known.removeAll { $0.part == nil }
        return shelf
    }

    /// The part that `place` names, by its model or by the path of its file; `nil` with the mistakes told at `place`, or
    /// with those of the part's own file in `problems`.
    mutating func part(
        at place: YAMLValue, in files: ProjectFiles, problems: inout [Problem],
        read: (LibraryReference) -> (Part?, [Problem])
    ) -> Part? {
        guard let reference = LibraryReference(place, to: kind) else { return nil }
        let path =
            switch reference {
            case .model(let model): files.path(kind.folder, "\(model).yaml")
            case .file(let path): path
            }
        let resolved = ProjectFiles.resolved(path)
        if let known = known.first(where: { $0.resolved == resolved }) { return known.part }
        let (part, found) = read(reference)
        var kept = part
        if let part, let twin = known.first(where: { $0.part.map(name) == name(part) }) {
            // Whatever goes by one name is taken for one thing, by people and by devices.
            kept = nil
            place.problem(
                "\(path) calls itself \"\(name(part))\", as \(twin.path) does, which is named too; give it a "
                    + "\"\(nameKey)\" of its own")
        } else if part == nil {
            problems += missing(reference, path, found, place, files)
        }
        known.append(KnownFile(path: path, resolved: resolved, part: kept))
        return kept
    }

    /// A name without a file is a mistake of who names it; a file with mistakes reports its own.
    private func missing(
        _ reference: LibraryReference, _ path: String, _ found: [Problem], _ place: YAMLValue, _ files: ProjectFiles
    ) -> [Problem] {
        switch reference {
        case .model(let model):
            guard found.isEmpty || found.allSatisfy(\.isUnreadableFile) else { return found }
            let beside = ProjectFiles.path("\(model).yaml", relativeTo: place.file)
            let hint =
                ProjectFiles.exists(beside)
                ? "; write \"./\(model).yaml\" for the file beside this one"
                : Nearness.hint(for: model, among: files.names(in: kind.folder, ending: ".yaml"))
            place.problem(
                "unknown \(kind.noun) \"\(model)\": \(kind.folder)/\(model).yaml cannot be read\(hint)")
        case .file(let path):
            guard case .failure(let trouble) = ProjectFiles.text(at: path) else { return found }
            place.problem(
                "unknown \(kind.noun) \"\(place.scalarText ?? "")\": \(path) cannot be read, \(trouble.reason); a path "
                    + "begins at the folder of the file that states it")
        }
        return []
    }

    /// A file that was read, or could not be.
    private struct KnownFile {
        /// As messages name it, and as one file has one.
        let path, resolved: String
        let part: Part?
    }
}
