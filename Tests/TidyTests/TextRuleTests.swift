import Testing

/// Texts, pages, records and scenarios.
@Suite struct TextRuleTests {
    private func violations(_ text: String) -> Int {
        TextRules.violations(in: HouseFile(path: "README.md", text: text)).count
    }

    @Test func `open ends are reported with their line`() throws {
        let file = HouseFile(path: "Sources/Plant/Feed.swift", text: "let a = 1\n// " + TextRules.openEnds[0] + ": b")
        #expect(try #require(TextRules.violations(in: file).first).line == 2)
    }

    @Test func `a path of one machine is reported, a relative one is not`() {
        for path in TextRules.machinePaths {
            #expect(violations("see \(path)busbar") == 1)
            #expect(violations("`\(path)busbar`") == 1)
            #expect(violations("see docs\(path)busbar, https://example.org\(path)busbar") == 0)
        }
    }

    @Test func `a link that leads nowhere is reported`() {
        let page = HouseFile(
            path: "docs/a.md", text: "[a](b.md) [b](../README.md#tour) [c](https://example.org) [d](#top)")
        #expect(
            DocumentRules.linkViolations(in: page) { $0 == "docs/b.md" }.map(\.what) == [
                "a link to ../README.md, which does not exist"
            ])
        #expect(DocumentRules.linkViolations(in: page) { ["docs/b.md", "README.md"].contains($0) }.isEmpty)
    }

    @Test(arguments: ["rack: a.yaml", "", "#", "# Dead fan", "#A fan stands still and nobody sees it."])
    func `a scenario that does not say what it shows is reported`(_ text: String) {
        #expect(DocumentRules.scenarioViolations(in: HouseFile(path: "Scenarios/a.yaml", text: text)).count == 1)
    }

    @Test func `a scenario that says what it shows is let through`() {
        let scenario = HouseFile(
            path: "Scenarios/a.yaml", text: "# A fan stands still: the others make up for it.\nrack: b")
        #expect(DocumentRules.scenarioViolations(in: scenario).isEmpty)
    }

    @Test func `a decision record without a part or out of number is reported`() {
        let whole = DocumentRules.decisionHeadings.joined(separator: "\n")
        let first = HouseFile(path: "docs/decisions/0001-a.md", text: whole)
        #expect(DocumentRules.decisionViolations(in: [first]).isEmpty)
        let third = HouseFile(path: "docs/decisions/0003-b.md", text: whole)
        #expect(DocumentRules.decisionViolations(in: [first, third]).map(\.what) == ["expected the number 0002"])
        let partial = HouseFile(path: "docs/decisions/0001-a.md", text: "## Context\n## Choice\n## Rejected")
        #expect(DocumentRules.decisionViolations(in: [partial]).map(\.what) == ["no part \"## Consequences\""])
    }

    @Test func `an embedded check that forgets a room is reported`() {
        let rooms = [Room("A", floor: 0), Room("B", floor: 0), Room("C", floor: 1)]
        func count(_ line: String) -> Int {
            DocumentRules.embeddedListViolations(in: HouseFile(path: "tools/embedded-check", text: line), rooms: rooms)
                .count
        }
        #expect(count("modules=(A B)") == 0)
        #expect(count("modules=(A)") == 1)
    }

    @Test func `a room that the table of floors forgets is reported`() {
        let page = HouseFile(path: "ARCHITECTURE.md", text: "| 0 | `A` | lengths | |\n| 2 | `B` | files | `A` |")
        let rooms = [Room("A", floor: 0), Room("B", floor: 1), Room("C", floor: 1)]
        let found = DocumentRules.floorTableViolations(in: page, rooms: rooms)
        #expect(found.map(\.what) == ["no line for B on floor 1", "no line for C on floor 1"])
    }
}
