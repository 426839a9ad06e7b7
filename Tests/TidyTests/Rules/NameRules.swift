/// What types and files may be called, and that none is empty.
enum NameRules {
    /// Words that say nothing about a thing's job.
    static let emptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Utility", "Common", "Impl"]

    static func violations(in code: SwiftCode) -> [Violation] {
        typeViolations(code) + fileViolations(code.file) + emptiness(code)
    }

    private static func typeViolations(_ code: SwiftCode) -> [Violation] {
        let kinds = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        return code.tokens.indices.dropLast().flatMap { index -> [Violation] in
            let name = code.tokens[index + 1]
            guard kinds.contains(code.text(at: index)), code.text(at: index - 1) != ".", name.isCapitalised else {
                return []
            }
            var found: [Violation] = []
            if name.text == code.room && code.path.hasPrefix("Sources/") {
                found.append(
                    Violation(
                        code.path, line: name.line, "the type \(name.text) has its module's name",
                        instead: "name the type after its own job: with both alike, \(name.text).X cannot be written"))
            }
            if let word = emptyWord(in: name.text) {
                found.append(
                    Violation(code.path, line: name.line, "the name \(name.text) ends in \(word)", instead: remedy))
            }
            return found
        }
    }

    private static func fileViolations(_ file: HouseFile) -> [Violation] {
        let parts = file.path.split(separator: "/").dropFirst().flatMap { part in
            part.split { $0 == "." || $0 == "+" }.map(String.init)
        }
        return parts.compactMap { part in
            emptyWord(in: part).map {
                Violation(file.path, "the path's part \(part) ends in \($0)", instead: remedy)
            }
        }
    }

    private static func emptiness(_ code: SwiftCode) -> [Violation] {
        guard code.tokens.isEmpty else { return [] }
        return [
            Violation(
                code.path, "a file without code", instead: "delete it: a room or a file exists once it has content")
        ]
    }

    private static let remedy = "the field's word for what it does: a register, a poller, a planner"

    /// The empty word that a name ends in as a word of its own.
    private static func emptyWord(in name: String) -> String? {
        emptyWords.first { name == $0 || name == $0.lowercased() || name.hasSuffix($0) }
    }
}
