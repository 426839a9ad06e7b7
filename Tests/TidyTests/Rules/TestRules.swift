/// What a test looks like: its name states a fact, and it can fail.
enum TestRules {
    static func violations(in code: SwiftCode, judges: Set<String>) -> [Violation] {
        code.tokens.indices.filter { code.stands(["@", "Test"], at: $0) }.flatMap { index -> [Violation] in
            guard let function = function(ofTestAt: index, in: code) else { return [] }
            return nameViolations(function, code) + judgement(function, code, judges)
        }
    }

    /// The test function that the attribute at `index` belongs to.
    private static func function(ofTestAt index: Int, in code: SwiftCode) -> FunctionBody? {
        guard let keyword = code.tokens.indices[index...].first(where: { code.text(at: $0) == "func" }) else {
            return nil
        }
        return code.functions.first { $0.firstLine >= code.tokens[keyword].line }
    }

    private static func nameViolations(_ function: FunctionBody, _ code: SwiftCode) -> [Violation] {
        guard !function.name.contains(" ") else { return [] }
        return [
            Violation(
                code.path, line: function.firstLine, "the test \(function.name) does not state a fact",
                instead: "a sentence in backticks: func `a late reply is not taken for the next answer`()")
        ]
    }

    private static func judgement(_ function: FunctionBody, _ code: SwiftCode, _ judges: Set<String>) -> [Violation] {
        let body = code.tokens[function.tokens].map(\.text)
        guard !body.contains(where: { judgingWords.contains($0) || judges.contains($0) }) else { return [] }
        return [
            Violation(
                code.path, line: function.firstLine, "the test \"\(function.name)\" expects nothing, so it cannot fail",
                instead: "#expect what the name says, or delete it")
        ]
    }

    private static let judgingWords: Set<String> = ["expect", "require", "Issue", "confirmation", "processExitsWith"]

    /// The functions of the tests that expect something themselves or through others, by name.
    static func judges(among tests: [SwiftCode]) -> Set<String> {
        let bodies = tests.flatMap { code in
            code.functions.map { (name: $0.name, words: Set(code.tokens[$0.tokens].map(\.text))) }
        }
        var judges: Set<String> = []
        while true {
            let known = judges.union(judgingWords)
            let found = Set(bodies.filter { !$0.words.isDisjoint(with: known) }.map(\.name)).subtracting([
                "init", "deinit",
            ])
            if found == judges { return judges }
            judges = found
        }
    }
}
