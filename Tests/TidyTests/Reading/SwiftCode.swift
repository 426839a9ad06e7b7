/// A word or a single mark of Swift code.
struct CodeToken: Sendable {
    var text: String
    /// From 1.
    var line: Int
    /// In the bytes of the file.
    var offset: Int

    var isCapitalised: Bool { text.first.map { $0.isUppercase } ?? false }
}

/// A Swift file, read once: its tokens without comments and literals.
struct SwiftCode: Sendable {
    let file: HouseFile
    let tokens: [CodeToken]
    /// Everything with a body that has a name of its own, nested ones included, in the order of the file.
    private(set) var functions: [FunctionBody] = []

    var path: String { file.path }
    var room: String { file.room }

    init(_ file: HouseFile) {
        self.file = file
        tokens = Self.tokens(of: LiteralBlanker.blanked(file.text))
        functions = functionBodies()
    }

    /// A snippet, as the counter-tests write it.
    init(_ text: String, path: String = "Sources/Plant/Snippet.swift") {
        self.init(HouseFile(path: path, text: text))
    }

    func text(at index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

    /// Whether these words and marks stand from `index` on.
    func stands(_ words: [String], at index: Int) -> Bool {
        words.indices.allSatisfy { text(at: index + $0) == words[$0] }
    }

    /// Whether no space stands between the tokens of a range.
    func areJoined(_ range: Range<Int>) -> Bool {
        range.dropLast().allSatisfy { tokens[$0].offset + tokens[$0].text.utf8.count == tokens[$0 + 1].offset }
    }

    /// The index of the mark that closes the bracket at `index`; the last token's when none does.
    func closing(_ index: Int) -> Int {
        let closers = ["(": ")", "[": "]", "{": "}"]
        guard let closer = closers[text(at: index)] else { return index }
        let opener = text(at: index)
        var depth = 0
        for at in index..<tokens.count {
            if tokens[at].text == opener { depth += 1 }
            if tokens[at].text == closer { depth -= 1 }
            if depth == 0 { return at }
        }
        return tokens.count - 1
    }

    /// The name in backticks that begins at `index`, as the file writes it, or `nil` where none does.
    func quotedName(at index: Int) -> String? {
        guard text(at: index) == "`", text(at: index + 2) == "`" else { return nil }
        let bytes = Array(file.text.utf8)
        return String(decoding: bytes[(tokens[index].offset + 1)..<tokens[index + 2].offset], as: UTF8.self)
    }

    private static func tokens(of code: [UInt8]) -> [CodeToken] {
        var tokens: [CodeToken] = []
        var (line, at) = (1, 0)
        while at < code.count {
            let start = at
            if isWordByte(code[at]) {
                while at < code.count && isWordByte(code[at]) { at += 1 }
            } else {
                at += 1
            }
            switch code[start] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default:
                tokens.append(
                    CodeToken(text: String(decoding: code[start..<at], as: UTF8.self), line: line, offset: start))
            }
        }
        return tokens
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF: true
        default: false
        }
    }
}
