/// How long files and functions may grow. Both limits are arbitrary: a file that is one thing, a function on a screen.
enum SizeRules {
    static let fileLimit = 500
    static let functionLimit = 70

    static func violations(in code: SwiftCode) -> [Violation] {
        fileViolations(code.file) + functionViolations(code)
    }

    static func fileViolations(_ file: HouseFile) -> [Violation] {
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > fileLimit else { return [] }
        return [
            Violation(
                file.path, "\(count) lines, more than \(fileLimit)",
                instead: "split it by topic: Type+Topic.swift, or a type of its own for the part that has a name")
        ]
    }

    private static func functionViolations(_ code: SwiftCode) -> [Violation] {
        code.functions.filter { $0.lineCount > functionLimit }.map { function in
            Violation(
                code.path, line: function.firstLine,
                "\(function.name) has \(function.lineCount) lines, more than \(functionLimit)",
                instead: "give each step of it a function with a name, or make data of what repeats")
        }
    }
}
