/// Blanks comments, the text of string literals and the names in backticks, so that rules judge code alone.
///
/// Every byte keeps its place. Code inside an interpolation stays. Regular-expression literals are taken for code.
struct LiteralBlanker {
    private let input: [UInt8]
    private var output: [UInt8]
    private var position = 0

    private init(_ text: String) {
        input = Array(text.utf8)
        output = input
    }

    static func blanked(_ text: String) -> [UInt8] {
        var blanker = LiteralBlanker(text)
        while blanker.position < blanker.input.count {
            blanker.readCode()
            // Only an unmatched closing parenthesis ends the code early.
            blanker.position += 1
        }
        return blanker.output
    }

    private func byte(_ offset: Int) -> UInt8? {
        position + offset < input.count ? input[position + offset] : nil
    }

    private func stands(_ text: StaticString, at offset: Int = 0) -> Bool {
        text.withUTF8Buffer { buffer in buffer.indices.allSatisfy { byte(offset + $0) == buffer[$0] } }
    }

    /// Replaces the next bytes, all but line ends.
    private mutating func blank(_ count: Int, by filler: UInt8 = UInt8(ascii: " ")) {
        for _ in 0..<count where position < input.count {
            if input[position] != UInt8(ascii: "\n") { output[position] = filler }
            position += 1
        }
    }

    /// Passes code up to a parenthesis that closes one opened outside of it, or to the end.
    private mutating func readCode() {
        var depth = 0
        while let next = byte(0) {
            switch next {
            case UInt8(ascii: "/") where stands("//"): blankLine()
            case UInt8(ascii: "/") where stands("/*"): blankBlockComment()
            case UInt8(ascii: "\""): blankLiteral(hashes: 0)
            case UInt8(ascii: "#") where hashesBeforeQuote() > 0: blankLiteral(hashes: hashesBeforeQuote())
            case UInt8(ascii: "`"): blankName()
            case UInt8(ascii: ")") where depth == 0: return
            default:
                if next == UInt8(ascii: "(") { depth += 1 }
                if next == UInt8(ascii: ")") { depth -= 1 }
                position += 1
            }
        }
    }

    private mutating func blankLine() {
        while let next = byte(0), next != UInt8(ascii: "\n") { blank(1) }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if stands("/*") {
                depth += 1
                blank(2)
            } else if stands("*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && position < input.count
    }

    /// A name in backticks becomes one word of underscores between them.
    private mutating func blankName() {
        position += 1
        while let next = byte(0), next != UInt8(ascii: "`"), next != UInt8(ascii: "\n") {
            blank(1, by: UInt8(ascii: "_"))
        }
        position += 1
    }

    private func hashesBeforeQuote() -> Int {
        var count = 0
        while byte(count) == UInt8(ascii: "#") { count += 1 }
        return byte(count) == UInt8(ascii: "\"") ? count : 0
    }

    private func hashesStand(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { byte(offset + $0) == UInt8(ascii: "#") }
    }

    private mutating func blankLiteral(hashes: Int) {
        let isMultiline = stands("\"\"\"", at: hashes)
        let quotes = isMultiline ? 3 : 1
        blank(hashes + quotes)
        while let next = byte(0) {
            if next == UInt8(ascii: "\n") && !isMultiline { return }
            if next == UInt8(ascii: "\\") && hashesStand(hashes, at: 1) {
                blank(1 + hashes)
                let opensCode = byte(0) == UInt8(ascii: "(")
                blank(1)
                if opensCode {
                    readCode()
                    blank(1)
                }
            } else if (isMultiline ? stands("\"\"\"") : stands("\"")) && hashesStand(hashes, at: quotes) {
                blank(quotes + hashes)
                return
            } else {
                blank(1)
            }
        }
    }
}
