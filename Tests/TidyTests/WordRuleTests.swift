import Testing

@Suite struct WordRuleTests {
    private func count(_ text: String, in room: String) -> Int {
        WordRules.violations(in: SwiftCode(text, path: "Sources/\(room)/Snippet.swift")).count
    }

    @Test(arguments: [
        "let a: Double = 1", "let a: String = b", "func f() throws {}", "func f(_ a: any P) {}", "final class A {}",
        "print(a)", "func f() async {}", "fatalError()", "let a = Array(b)", "var a: Set<Int>",
    ])
    func `what does not run on a microcontroller is refused on floor 0`(_ text: String) {
        #expect(count(text, in: "ControlLaws") == 1)
    }

    @Test(arguments: [
        "func f() throws(FrameError) {}", "let a: StaticString = \"Double\"", "let deviceClass = DeviceClass.fan",
        "var a: InlineArray<4, Int64>", "func f<L: Law>(_ law: L) {}",
    ])
    func `what does run there is let through`(_ text: String) {
        #expect(count(text, in: "ControlLaws") == 0)
    }

    @Test(arguments: [
        "let a = Date()", "Task { }", "a.shuffled()", "Double.random(in: 0...1)", "let a = exp(b)", "pow(2, x)",
        "var a: Set<Int>", "var a: [String: Int] = [:]", "let a = Dictionary(grouping: b)", "a.hashValue",
        "nonisolated(unsafe) var a = 1", "let a = try! b()",
    ])
    func `what two runs could do differently is refused on floor 1`(_ text: String) {
        #expect(count(text, in: "Plant") == 1)
    }

    @Test(arguments: [
        "let a: Double = 1", "curve.pow(a)", "let a = [first: 1]", "switch a { case [.one]: b }", "a.squareRoot()",
        "var names: [String]", "struct A: OptionSet {}", "if try !isLate() {}",
    ])
    func `deterministic code is let through on floor 1`(_ text: String) {
        #expect(count(text, in: "Plant") == 0)
    }

    @Test func `a set that is only looked up in may say so`() {
        #expect(count("// never iterated: asked for membership only\nvar seen: Set<Int>", in: "Scenario") == 0)
        #expect(count("// asked for membership\nvar seen: Set<Int>", in: "Scenario") == 1)
    }

    @Test func `the controller computes with integers`() {
        #expect(count("let a: Double = 1", in: "RackControl") == 1)
        #expect(count("let a: Double = 1", in: "Simulation") == 0)
    }

    @Test func `a message names place, word and remedy`() throws {
        let code = SwiftCode("\n\nlet a = exp(b)", path: "Sources/Plant/Curve.swift")
        let found = try #require(WordRules.violations(in: code).first?.description)
        #expect(found.hasPrefix("Sources/Plant/Curve.swift:3: \"exp(\" in Plant (floor 1). Instead: a table"))
    }

    @Test func `a test that sleeps is refused`() {
        let code = SwiftCode(
            "@Test func `a`() async { try? await Task.sleep(for: .seconds(1)) }", path: "Tests/A/B.swift")
        #expect(WordRules.violations(inTest: code).count == 1)
        #expect(WordRules.violations(inTest: SwiftCode("// sleep", path: "Tests/A/B.swift")).isEmpty)
    }
}
