import Testing

@Suite struct ImportRuleTests {
    private func violations(_ text: String, in path: String) -> [String] {
        ImportRules.violations(in: SwiftCode(text, path: path)).map(\.description)
    }

    @Test func `a controller that knows the plant is reported with its line`() throws {
        let found = violations("public import Units\ninternal import Plant", in: "Sources/RackControl/Cheat.swift")
        #expect(found.count == 1)
        #expect(
            try #require(found.first).hasPrefix(
                "Sources/RackControl/Cheat.swift:2: RackControl (floor 1) imports Plant."))
    }

    @Test func `Foundation is refused below floor 2 and allowed above`() throws {
        #expect(violations("import Foundation", in: "Sources/Plant/Clock.swift").count == 1)
        #expect(violations("import struct Foundation.Date", in: "Sources/Units/Clock.swift").count == 1)
        #expect(violations("import Foundation", in: "Sources/Reports/Page.swift") == [])
    }

    @Test func `Yams and GRDB have one owner each`() throws {
        let found = try #require(violations("import Yams", in: "Sources/SpecFiles/Reader.swift").first)
        #expect(found.contains("only YAMLReading may know Yams"))
        #expect(violations("import GRDB", in: "Sources/Reports/Page.swift").count == 1)
        #expect(violations("import GRDB", in: "Sources/RunStore/Store.swift") == [])
    }

    @Test func `an import in a comment is none`() {
        #expect(violations("// import Foundation", in: "Sources/Plant/Clock.swift") == [])
    }

    @Test func `a module without a room is reported`() {
        #expect(violations("", in: "Sources/Attic/Box.swift").count == 1)
    }

    @Test func `a table that points up or in a circle is reported`() {
        let circle = [Room("A", floor: 0, ["B"]), Room("B", floor: 0, ["A"])]
        #expect(ImportRules.violations(inTable: circle).count == 1)
        #expect(ImportRules.violations(inTable: [Room("A", floor: 1, ["Foundation"])]).count == 1)
        #expect(ImportRules.violations(inTable: [Room("A", floor: 2, ["Foundation"])]).isEmpty)
    }

    @Test func `a dependency in the manifest that the table forbids is reported`() {
        let text = """
            func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target { strict }
            room("Plant", ["Units"]), room("RunStore", ["RunRecords", grdb]),
            room("Wire", settings: [.enableExperimentalFeature("Lifetimes")]), room("Units"),
            .executableTarget(name: "busbar", dependencies: ["Plant", yams], swiftSettings: strict)
            """
        let manifest = HouseFile(path: "Package.swift", text: text)
        let rooms = [
            Room("Plant", floor: 1), Room("Wire", floor: 0), Room("Units", floor: 0),
            Room("RunStore", floor: 2, ["RunRecords", "GRDB"]),
            Room("busbar", floor: 3, ["Plant"]),
        ]
        let found = ImportRules.violations(inManifest: manifest, rooms: rooms).map(\.what)
        #expect(
            found == [
                "the target Plant depends on Units, which its room may not import",
                "the target busbar depends on Yams, which its room may not import",
            ])
    }

    @Test func `an import that the manifest does not grant is reported`() {
        let manifest = HouseFile(
            path: "Package.swift", text: "room(\"RunStore\", [\"RunRecords\", grdb]), room(\"Units\")")
        let granted = SwiftCode("import Foundation\nimport GRDB\nimport RunRecords", path: "Sources/RunStore/A.swift")
        let strayed = SwiftCode("import GRDB\nimport Units", path: "Sources/RunStore/B.swift")
        let found = ImportRules.undeclaredImports(in: [granted, strayed], manifest: manifest)
        #expect(found.map(\.what) == ["the manifest does not grant RunStore the module Units"])
        #expect(found.map(\.line) == [2])
    }
}
