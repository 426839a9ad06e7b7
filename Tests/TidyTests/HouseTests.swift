import Testing

/// The rules, applied to the project as it lies on disk. That each rule can fail is shown beside it, in the
/// counter-tests of this folder.
@Suite struct HouseTests {
    @Test func `the files of the house are found`() {
        #expect(HouseTree.exists("Package.swift"))
        #expect(HouseTree.sources.count > 40)
        #expect(HouseTree.tests.contains { $0.path == "Tests/TidyTests/HouseTests.swift" })
        #expect(HouseTree.documents.contains { $0.path == "README.md" })
    }

    @Test func `each module imports only what its room may`() {
        expectNone(HouseTree.sources.flatMap { ImportRules.violations(in: $0) })
    }

    @Test func `imports point down only`() {
        expectNone(ImportRules.violations(inTable: House.rooms))
    }

    @Test func `the manifest grants no dependency that the table does not`() {
        expectNone(ImportRules.violations(inManifest: HouseTree.manifest))
    }

    @Test func `the manifest grants every module that is imported`() {
        expectNone(ImportRules.undeclaredImports(in: HouseTree.sources, manifest: HouseTree.manifest))
    }

    @Test func `the table of floors names every room`() throws {
        let page = try #require(HouseTree.documents.first { $0.path == "ARCHITECTURE.md" })
        expectNone(DocumentRules.floorTableViolations(in: page))
    }

    @Test func `no banned word stands on a floor`() {
        expectNone(HouseTree.sources.flatMap { WordRules.violations(in: $0) })
    }

    @Test func `no test sleeps or judges by the wall clock`() {
        expectNone(HouseTree.tests.flatMap { WordRules.violations(inTest: $0) })
    }

    @Test func `files and functions keep their size`() {
        expectNone((HouseTree.sources + HouseTree.tests).flatMap(SizeRules.violations))
        expectNone(HouseTree.tools.flatMap(SizeRules.fileViolations))
    }

    @Test func `names say what a thing is for`() {
        expectNone((HouseTree.sources + HouseTree.tests).flatMap(NameRules.violations))
    }

    @Test func `every test states a fact and can fail`() {
        let judges = TestRules.judges(among: HouseTree.tests)
        expectNone(HouseTree.tests.flatMap { TestRules.violations(in: $0, judges: judges) })
    }

    @Test func `no open ends and no paths of one machine`() {
        let code = (HouseTree.sources + HouseTree.tests).map(\.file)
        let pages = HouseTree.documents + HouseTree.tools + HouseTree.data + [HouseTree.manifest]
        expectNone((code + pages).flatMap(TextRules.violations))
    }

    @Test func `links in pages lead somewhere`() {
        expectNone(HouseTree.documents.flatMap { DocumentRules.linkViolations(in: $0, exists: HouseTree.exists) })
    }

    @Test func `decision records are complete and numbered without gaps`() {
        let records = HouseTree.documents.filter { $0.path.hasPrefix("docs/decisions/") }
        #expect(!records.isEmpty)
        expectNone(DocumentRules.decisionViolations(in: records))
    }

    @Test func `every scenario says in its first line what it shows`() {
        expectNone(HouseTree.scenarios.flatMap(DocumentRules.scenarioViolations))
    }

    @Test func `the embedded check compiles every room of floor 0`() throws {
        let script = try #require(HouseTree.tools.first { $0.path == "tools/embedded-check" })
        expectNone(DocumentRules.embeddedListViolations(in: script))
    }
}
