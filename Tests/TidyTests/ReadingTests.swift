import Testing

/// The reading of Swift on which every rule rests.
@Suite struct ReadingTests {
    private func words(_ text: String) -> [String] { SwiftCode(text).tokens.map(\.text) }

    @Test func `comments are no code`() {
        #expect(words("a // Double\nb /* Double /* nested */ Double */ c") == ["a", "b", "c"])
    }

    @Test func `text in literals is no code`() {
        #expect(words(#"let a = "Double \"quoted\" Double" + b"#) == ["let", "a", "=", "+", "b"])
        #expect(words("let a = \"\"\"\n  Double \"x\" Double\n  \"\"\" + b") == ["let", "a", "=", "+", "b"])
        #expect(words(##"let a = #"Double \n "still" Double"# + b"##) == ["let", "a", "=", "+", "b"])
    }

    @Test func `an interpolation is code`() {
        #expect(words(#""a \(Double(b) + "text \(c)") d" + e"#) == ["Double", "(", "b", ")", "+", "c", "+", "e"])
        #expect(words(##"#"a \(b) \#(Double(c)) d"#"##) == ["Double", "(", "c", ")"])
    }

    @Test func `a name in backticks is one word`() {
        let code = SwiftCode("func `a \"Double\" // is not slept on`() { sleep }")
        #expect(code.tokens.map(\.text).contains("Double") == false)
        #expect(code.quotedName(at: 1) == "a \"Double\" // is not slept on")
        #expect(code.tokens.last?.text == "}")
    }

    @Test func `places survive the blanking`() {
        let code = SwiftCode("/* one\ntwo */ a\n\"é\" + b")
        #expect(code.tokens.first.map { ($0.text, $0.line) } ?? ("", 0) == ("a", 2))
        #expect(code.tokens.last.map { ($0.text, $0.line) } ?? ("", 0) == ("b", 3))
    }

    @Test func `an unmatched parenthesis does not end the reading`() {
        #expect(words("a ) b ) c") == ["a", ")", "b", ")", "c"])
    }

    @Test func `functions, initializers and computed properties have bodies, requirements have none`() {
        let code = SwiftCode(
            """
            protocol Law {
                func cap(_ a: Int) -> Int
                var next: Int { get }
            }
            struct Band: Law {
                var stored = 1
                init(a: Int = { 3 }()) { self.init(b: a) }
                func cap(
                    _ a: Int
                ) -> Int
                where Int: Equatable {
                    if a > 0 { return 1 }
                    return 2
                }
                var next: Int {
                    1
                }
            }
            """)
        #expect(code.functions.map(\.name) == ["next", "init", "cap", "next"])
        #expect(code.functions.map(\.lineCount) == [1, 1, 7, 3])
    }
}
