import Scenario
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct SupernodeTests {
    /// Cabinets of four accelerators.
    private static let text = """
        # Eight as one.
        supernode: eight
        accelerator: x1
        rack: small
        accelerators: {value: 8, mark: verified, source: made up}
        compute-cabinets: {value: 2, mark: secondary, source: made up}
        switch-cabinets: {mark: not-published, source: nowhere}
        power: {value: 20 kW, mark: derived, source: made up}

        """

    private func load(_ text: String) throws -> (Supernode?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "eight.yaml")
        let path = "\(project.root)/eight.yaml"
        #expect(SupernodeFile.isSupernode(path: path))
        #expect(!SupernodeFile.isSupernode(path: "\(project.root)/Racks/small.yaml"))
        return SupernodeFile.load(path: path, files: project.files)
    }

    @Test func `a supernode is so many cabinets of a rack`() throws {
        let (loaded, problems) = try load(Self.text)
        #expect(problems == [])
        let supernode = try #require(loaded)
        #expect(supernode.cabinetCount == 2 && supernode.acceleratorCount == 8)
        #expect(supernode.says == "Eight as one.")
        #expect(supernode.facts.map(\.value) == ["8", "2", "", "20 kW"])
        #expect(supernode.facts[2].mark == "not-published")
    }

    @Test(arguments: [
        Mistake(
            "value: 2,", "value: 3,", "4:7", "expected a rack of which 3 cabinets hold 8 accelerators, found one with 4"
        ),
        Mistake("value: 8,", "value: 9,", "4:7", "hold 9 accelerators, found one with 4"),
        Mistake(
            "accelerator: x1", "accelerator: x2", "3:14", "expected the accelerator of the rack, \"x1\", found \"x2\""),
        Mistake("value: 20 kW", "value: 2 kW", "8:16", "expected at least what 2 cabinets draw"),
        Mistake("rack: small", "rack: smal", "4:7", "did you mean \"small\"?"),
        Mistake(
            "accelerators: {value: 8, mark: verified,", "accelerators: {mark: not-published,", "5:22",
            "expected a value"),
        Mistake("source: nowhere}", "source: nowhere}\ncolour: red", "8:1", "unknown key \"colour\""),
    ])
    func `a mistake is told once, with its place`(mistake: Mistake) throws {
        let (supernode, problems) = try load(Self.text.changing(mistake.old, to: mistake.new))
        #expect(supernode == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect(
            "\(problem.line):\(problem.column)" == mistake.place && problem.text.contains(mistake.text), "\(problem)")
    }
}
