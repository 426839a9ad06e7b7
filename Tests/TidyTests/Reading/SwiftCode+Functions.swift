/// A function, initializer, subscript or computed property with its body.
struct FunctionBody: Sendable {
    var name: String
    var firstLine: Int
    var lastLine: Int
    /// Indices of the tokens between the braces.
    var tokens: Range<Int>

    var lineCount: Int { lastLine - firstLine + 1 }
}

extension SwiftCode {
    func functionBodies() -> [FunctionBody] {
        tokens.indices.compactMap { index in
            guard let open = bodyOpening(ofDeclarationAt: index) else { return nil }
            let close = closing(open)
            let name = ["func", "var"].contains(text(at: index)) ? nameAfter(index) : text(at: index)
            return FunctionBody(
                name: name, firstLine: tokens[index].line, lastLine: tokens[close].line,
                tokens: (open + 1)..<max(close, open + 1))
        }
    }

    private func nameAfter(_ index: Int) -> String { quotedName(at: index + 1) ?? text(at: index + 1) }

    /// The brace that opens the body of a declaration, or `nil` where none stands at `index` or it has no body.
    private func bodyOpening(ofDeclarationAt index: Int) -> Int? {
        guard text(at: index - 1) != "." else { return nil }
        switch text(at: index) {
        case "func", "deinit": break
        case "init", "subscript": guard ["(", "<", "?", "!"].contains(text(at: index + 1)) else { return nil }
        case "var": break
        default: return nil
        }
        let isProperty = text(at: index) == "var"
        var at = index + 1
        while at < tokens.count {
            switch text(at: at) {
            case "{": return at
            case "}": return nil
            case "=" where isProperty: return nil
            case "(", "[": at = closing(at)
            default: break
            }
            if at + 1 < tokens.count && tokens[at + 1].line > tokens[at].line && !continues(across: at) { return nil }
            at += 1
        }
        return nil
    }

    /// Whether a declaration goes on in the line after the token at `index`.
    private func continues(across index: Int) -> Bool {
        ["{", "-", "where", "throws", "async", "rethrows"].contains(text(at: index + 1))
            || [",", ":", "&", "where", ">"].contains(text(at: index))
    }
}
