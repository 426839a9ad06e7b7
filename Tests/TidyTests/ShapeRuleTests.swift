import Testing

/// Sizes, names, and the shape of tests.
@Suite struct ShapeRuleTests {
    private func lines(_ count: Int) -> String { String(repeating: "    step()\n", count: count) }

    @Test func `a file may have so many lines and no more`() {
        let full = lines(SizeRules.fileLimit)
        #expect(SizeRules.violations(in: SwiftCode(full)).isEmpty)
        #expect(SizeRules.violations(in: SwiftCode(full + "step()\n")).count == 1)
    }

    @Test func `a function may have so many lines and no more`() throws {
        let full = "func run() {\n" + lines(SizeRules.functionLimit - 2) + "}\n"
        #expect(SizeRules.violations(in: SwiftCode(full)).isEmpty)
        let long = "\nfunc run() {\n" + lines(SizeRules.functionLimit - 1) + "}\n"
        let found = try #require(SizeRules.violations(in: SwiftCode(long)).first)
        #expect(found.line == 2)
        #expect(found.what == "run has \(SizeRules.functionLimit + 1) lines, more than \(SizeRules.functionLimit)")
    }

    @Test(arguments: [
        ("Sources/Plant/Feed.swift", "struct Plant {}"), ("Sources/Plant/Feed.swift", "final class FeedManager {}"),
        ("Sources/Plant/FeedUtils.swift", "struct Feed {}"), ("Sources/Plant/Common/Feed.swift", "struct Feed {}"),
        ("Sources/Plant/Feed.swift", "// Only a comment."),
    ])
    func `names that say nothing and files that hold nothing are reported`(path: String, text: String) {
        #expect(NameRules.violations(in: SwiftCode(text, path: path)).count == 1)
    }

    @Test func `names that say something are let through`() {
        let code = SwiftCode(
            "struct PlantConfiguration {}\nclass func managerless() {}", path: "Sources/Plant/Feed+Trip.swift")
        #expect(NameRules.violations(in: code).isEmpty)
    }

    private func testViolations(_ text: String) -> [String] {
        let code = SwiftCode(text, path: "Tests/PlantTests/FeedTests.swift")
        return TestRules.violations(in: code, judges: TestRules.judges(among: [code])).map(\.what)
    }

    @Test func `a test without a fact for a name is reported`() {
        #expect(testViolations("@Test func trips() { #expect(a) }") == ["the test trips does not state a fact"])
        #expect(testViolations("@Test(arguments: [1, 2]) func `trips`(_ a: Int) { #expect(a) }").count == 1)
        #expect(testViolations("@Test func `a feed trips`() { #expect(a) }") == [])
    }

    @Test func `a test that expects nothing is reported`() {
        #expect(
            testViolations("@Test func `a feed trips`() { feed.step() }")
                == ["the test \"a feed trips\" expects nothing, so it cannot fail"])
    }

    @Test func `a test may expect through a function of the tests`() {
        let text = "func judge(_ a: Int) { again(a) }\nfunc again(_ a: Int) { #expect(a) }"
        #expect(testViolations(text + "\n@Test func `a feed trips`() { judge(1) }") == [])
    }
}
