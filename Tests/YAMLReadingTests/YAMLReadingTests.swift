import Testing
import YAMLReading

@Suite struct YAMLReadingTests {
    static func read(_ text: String, _ body: (YAMLValue) -> Void) -> [String] {
        let log = ProblemLog(file: "f.yaml")
        if let root = YAMLFile.root(of: text, log: log) { body(root) }
        return log.problems.map(\.description)
    }

    @Test func `an unknown key is reported at its place with the nearest known key`() {
        let problems = Self.read("a: 1\nturnarond: 2 ms\n") { root in
            let mapping = root.mapping()
            _ = mapping?.optional("a")
            _ = mapping?.optional("turnaround")
            mapping?.finish()
        }
        #expect(problems == ["f.yaml:2:1: unknown key \"turnarond\"; did you mean \"turnaround\"?"])
    }

    @Test func `an unknown key that resembles none is reported with all known keys`() {
        let problems = Self.read("colour: red\n") { root in
            let mapping = root.mapping()
            _ = mapping?.optional("baud")
            _ = mapping?.optional("parity")
            mapping?.finish()
        }
        #expect(problems == ["f.yaml:1:1: unknown key \"colour\"; known here: \"baud\", \"parity\""])
    }

    @Test func `keys that stand twice are reported, and the rest of the file is read on`() {
        let text = "x:\n  a: 1\n  \"a\": 2\n  å: {b: 1, b: 2, b: 3}\ny: z\n"
        let problems = Self.read(text) { root in
            let mapping = root.mapping()
            let inner = mapping?.optional("x")?.mapping()
            #expect(inner?.entries.map(\.key.scalarText) == ["a", "å"])
            #expect(inner?.optional("a")?.integer() == 2)
            #expect(inner?.optional("å")?.mapping()?.required("b")?.integer() == 3)
            _ = mapping?.optional("y")?.integer()
        }
        #expect(
            problems.sorted() == [
                "f.yaml:2:3: the key \"a\" stands twice in one mapping",
                "f.yaml:4:13: the key \"b\" stands twice in one mapping",
                "f.yaml:4:7: the key \"b\" stands twice in one mapping",
                "f.yaml:5:4: expected a whole number, found \"z\"",
            ], "\(problems)")
    }

    @Test func `a key that stands twice and is no text ends the reading with its place`() {
        let problems = Self.read("x: {[1]: 1, [1]: 2}\n") { _ in Issue.record("a root was read") }
        #expect(problems.count == 1 && problems[0].hasPrefix("f.yaml:1:5: the key "), "\(problems)")
    }

    @Test func `aliases of aliases are refused where they pass the bound, and few are read`() {
        func text(_ levels: Int) -> String {
            var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
            for level in 1..<levels {
                let items = repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ")
                lines.append("a\(level): &a\(level) [\(items)]")
            }
            return lines.joined(separator: "\n") + "\n"
        }
        #expect(Self.read(text(4)) { _ in } == [])
        let problems = Self.read(text(9)) { _ in Issue.record("a root was read") }
        #expect(problems.count == 1 && problems[0].hasPrefix("f.yaml:5:1: expected at most 100000 values from aliases"))
    }

    @Test func `a required key that is missing is reported at its mapping`() {
        let problems = Self.read("x:\n  a: 1\n") { root in
            _ = root.mapping()?.optional("x")?.mapping()?.required("b")
        }
        #expect(problems == ["f.yaml:2:3: expected the key \"b\" in this mapping, found none"])
    }

    @Test func `an empty file is no mapping`() {
        #expect(Self.read("") { _ in } == ["f.yaml:1:1: expected a mapping, found an empty file"])
        #expect(Self.read("# only a comment\n") { _ in } == ["f.yaml:1:1: expected a mapping, found an empty file"])
    }

    @Test func `a syntax error is reported at its place`() {
        let problems = Self.read("a: [1, 2\nb: 3\n") { _ in }
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("f.yaml:2:") == true)
    }

    @Test func `values of the wrong kind are reported one by one`() {
        let problems = Self.read("[12, 0x1F, 300, x, {a: 1}, 2 W, 2 kg, maybe]") { root in
            let items = root.list() ?? []
            #expect(items[0].integer(in: 1...255) == 12)
            #expect(items[1].integer(in: 1...255) == 31)
            #expect(items[2].integer(in: 1...255) == nil)
            #expect(items[3].integer() == nil)
            #expect(items[4].string() == nil)
            #expect(items[5].quantity(.power)?.numerator == 2000)
            #expect(items[6].quantity(.power) == nil)
            #expect(items[7].bool() == nil)
        }
        #expect(
            problems == [
                "f.yaml:1:12: expected a whole number from 1 to 255, found \"300\"",
                "f.yaml:1:17: expected a whole number, found \"x\"",
                "f.yaml:1:20: expected a text, found a mapping",
                "f.yaml:1:33: expected a power such as \"5.5 kW\" (units: W, kW, MW, mW, uW), found \"2 kg\"",
                "f.yaml:1:39: expected true or false, found \"maybe\"",
            ])
    }

    @Test func `problems sort by file, then place`() {
        let early = Problem(file: "a", line: 2, column: 9, text: "z")
        let late = Problem(file: "a", line: 10, column: 1, text: "a")
        #expect([late, early].sorted() == [early, late])
    }

    @Test func `the nearest word is offered only when it is near`() {
        #expect(["power", "voltage"].nearest(to: "pwoer") == "power")
        #expect(["power", "voltage"].nearest(to: "temperature") == nil)
        #expect(["power"].nearest(to: "x") == nil)
    }
}
