/// Which module may know which: the table is `House.rooms`.
enum ImportRules {
    /// Imports in a file of `Sources` that its room may not have.
    static func violations(in code: SwiftCode, rooms: [Room] = House.rooms) -> [Violation] {
        guard let room = rooms.first(where: { $0.name == code.room }) else {
            return [
                Violation(
                    code.path, "the module \(code.room) is not in the table of rooms",
                    instead: "enter it with its floor and imports in Tests/TidyTests/House.swift and in ARCHITECTURE.md"
                )
            ]
        }
        return imports(of: code).filter { !room.imports.contains($0.name) }.map { found in
            Violation(
                code.path, line: found.line, "\(room.name) (floor \(room.floor)) imports \(found.name)",
                instead: remedy(for: found.name, in: room))
        }
    }

    /// The modules that a file imports, by the first part of each name.
    static func imports(of code: SwiftCode) -> [(name: String, line: Int)] {
        let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return code.tokens.indices.filter { code.text(at: $0) == "import" }.map { index in
            let next = kinds.contains(code.text(at: index + 1)) ? index + 2 : index + 1
            // A product's name may hold hyphens, a module's may not, so one word is the whole name.
            return (code.text(at: next), code.tokens[index].line)
        }
    }

    private static func remedy(for name: String, in room: Room) -> String {
        if House.platform.contains(name) {
            return "floors 0 and 1 know no clock, file or process: take what is needed as an argument, and leave the"
                + " touching of the world to a room of floor 2"
        }
        if House.thirdParty.contains(name) {
            let owners = House.rooms.filter { $0.imports.contains(name) }.map(\.name).joined(separator: ", ")
            return "only \(owners) may know \(name): call that room, or hand the value over from it"
        }
        let allowed = room.imports.isEmpty ? "nothing" : room.imports.joined(separator: ", ")
        return "it may import \(allowed): move what both need to a lower floor, or pass it in as a value; if the house"
            + " itself is to change, change House.swift, Package.swift and ARCHITECTURE.md together"
    }

    /// Whether the table itself points down: each room imports only rooms above it in the list, and no higher floor.
    static func violations(inTable rooms: [Room]) -> [Violation] {
        var known: [String] = []
        var found: [Violation] = []
        for room in rooms {
            let outside = room.floor >= 2 ? House.platform + House.thirdParty : []
            for name in room.imports where !known.contains(name) && !outside.contains(name) {
                found.append(
                    Violation(
                        "Tests/TidyTests/House.swift", "\(room.name) may import \(name), which does not stand below it",
                        instead: "let imports point down only: split the room, or move the shared part to a lower floor"
                    ))
            }
            known.append(room.name)
        }
        return found
    }

    /// Dependencies that the manifest grants and the table does not.
    static func violations(inManifest manifest: HouseFile, rooms: [Room] = House.rooms) -> [Violation] {
        var found: [Violation] = []
        for target in targets(ofManifest: manifest.text) {
            guard let name = target.first, let room = rooms.first(where: { $0.name == name }) else { continue }
            for module in target.dropFirst() where !room.imports.contains(module) {
                found.append(
                    Violation(
                        manifest.path, "the target \(name) depends on \(module), which its room may not import",
                        instead: "drop the dependency, or change House.swift and ARCHITECTURE.md with it"))
            }
        }
        return found
    }

    /// Imports that the manifest does not grant: the build may know the module all the same, through another target's
    /// dependencies, but then in no certain order.
    static func undeclaredImports(in files: [SwiftCode], manifest: HouseFile) -> [Violation] {
        let targets = targets(ofManifest: manifest.text)
        return files.flatMap { code -> [Violation] in
            guard let target = targets.first(where: { $0.first == code.room }) else { return [] }
            return imports(of: code).filter { !House.platform.contains($0.name) && !target.contains($0.name) }.map {
                Violation(
                    code.path, line: $0.line, "the manifest does not grant \(code.room) the module \($0.name)",
                    instead: "name it among the target's dependencies in Package.swift")
            }
        }
    }

    /// For each target of `Sources`: its name and then the modules it depends on.
    private static func targets(ofManifest text: String) -> [[String]] {
        let products = [
            "histogram": "Histogram", "yams": "Yams", "grdb": "GRDB", "sqlite": "GRDBSQLite", "nioCore": "NIOCore",
            "nioPosix": "NIOPosix",
            "argumentParser": "ArgumentParser",
        ]
        let rooms = text.components(after: "room(").compactMap { target(in: $0, opening: "\"") }
        let programs = text.components(after: ".executableTarget(").compactMap { target(in: $0, opening: "name: \"") }
        return (rooms + programs).map { [$0[0]] + $0.dropFirst().map { products[$0] ?? $0 } }
    }

    /// Reads `"Name", ["Dependency", constant]` at the head of a call's arguments; `nil` where no name stands.
    private static func target(in arguments: Substring, opening: String) -> [String]? {
        let call = arguments.drop { $0.isWhitespace }
        guard call.hasPrefix(opening) else { return nil }
        let rest = call.dropFirst(opening.count)
        let name = rest.prefix { $0 != "\"" }
        // What stands between the name and its list: nothing, a label, or the end of a call without dependencies.
        let gap = rest.dropFirst(name.count + 1).prefix { $0 != "[" && $0 != ")" }
        let list = rest.dropFirst(name.count + 1 + gap.count)
        guard list.first == "[", !gap.contains("settings") else { return [String(name)] }
        let words = list.prefix { $0 != "]" }.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return [String(name)] + words.map(String.init)
    }
}

extension String {
    /// What follows each occurrence of `mark`.
    func components(after mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            found.append(rest)
        }
        return found
    }
}
