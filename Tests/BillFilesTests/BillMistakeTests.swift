import Testing
import YAMLReading

/// One change to a sound bill, and the one mistake that it must be told as, with its place and remedy.
struct BillMistake: Sendable {
    var old: String
    var new: String
    var place: String
    var text: String

    init(_ old: String, _ new: String, _ place: String, _ text: String) {
        (self.old, self.new, self.place, self.text) = (old, new, place, text)
    }
}

@Suite struct BillMistakeTests {
    static let mistakes: [BillMistake] = [
        BillMistake("rack: small\n", "rack: large\n", "3:7", "expected the rack that it is asked for, \"small\""),
        BillMistake("racks: 3", "racks: 0", "4:16", "a whole number from 1 to 1000"),
        BillMistake("placed: 2026-03-02", "placed: 2026-02-30", "4:27", "a day such as \"2026-03-02\""),
        BillMistake("needed: 2026-06-30", "needed: 2026-03-02", "4:47", "a day after the order of 2026-03-02"),
        BillMistake("placed: 2026-03-02, ", "", "4:27", "write placed: 2026-03-02, or give days"),
        BillMistake("bring-up: 2 d", "bring-up: 2 h", "4:69", "days or weeks such as \"3 d\""),
        BillMistake("part: psu", "part: pus", "23:11", "unknown part \"pus\""),
        BillMistake("{chip: 2}", "{chp: 2}", "7:35", "has no line for it; did you mean \"chip\"?"),
        BillMistake("per-rack: 4", "per-rack: none", "26:15", "a whole number from 1"),
        BillMistake("    per-rack: 4\n", "", "25:11", "give it \"per-rack\", or name it where it is built in"),
        BillMistake("part: bmc\n", "part: bmc\n    per-rack: 2\n", "22:15", "tells how many \"bmc\" it has, 2"),
        BillMistake("spec: pm-b", "spec: pm-x", "9:33", "Firmware-specs/pm-x.yaml cannot be read; did you mean \"pm"),
        BillMistake(
            "spec: pm-b", "spec: bmc", "9:33", "expected a power-monitor to stand in for \"pm\", found \"bmc\", a bmc"),
        BillMistake("spec: pm-b", "spec: pm-slow", "9:33", "the bus \"line\" runs at 115200 baud"),
        BillMistake("spec: pm-b", "spec: pm-far", "9:33", "tray-1/monitor has the unit 16"),
        BillMistake("spec: pm-b", "item: pm-b", "9:33", "name the device type that stands in for it with \"spec\""),
        BillMistake("item: chip-b", "spec: pm-b", "18:15", "name what stands in for it with \"item\""),
        BillMistake(
            "typical: 12 w, latest: 30 w", "typical: 12 w, latest: 9 w", "13:60", "earliest <= typical <= latest"),
        BillMistake("typical: 12 w", "typical: 9 w", "13:46", "found 70 d, 63 d, 210 d"),
        BillMistake("earliest: 10 w, typical: 12 w, ", "", "13:20", "expected the key \"earliest\""),
        BillMistake("quoted: 30 d", "quoted: 30 d, latest: 40 d", "19:43", "either \"quoted\" or a spread, found both"),
        BillMistake("mark: typical", "mark: guessed", "13:72", "one of \"verified\", \"secondary\""),
        BillMistake("stock: 5", "stock: -5", "14:16", "a whole number from 0"),
        BillMistake("size: 10", "size: 0", "16:22", "a whole number from 1"),
        BillMistake(", qualified: true", "", "9:9", "expected either \"qualified: true\" or \"qualification\""),
        BillMistake("qualified: true", "qualified: false", "9:109", "say how long it takes to qualify"),
        BillMistake("stock: 5", "qualified: true", "14:20", "the first source of a part is the one that is qualified"),
        BillMistake("supplier: Second", "supplier: Second\n        stok: 3", "18:9", "did you mean \"stock\"?"),
        BillMistake("part: cable", "part: psu", "25:11", "the part \"psu\" stands twice"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told at its place with its remedy`(mistake: BillMistake) throws {
        let project = try BillProject()
        defer { project.remove() }
        #expect(BillProject.bill.contains(mistake.old))
        let text = BillProject.bill.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
        let (bill, problems) = project.read(text)
        #expect(bill == nil)
        #expect(
            problems.contains { "\($0.line):\($0.column)" == mistake.place && $0.text.contains(mistake.text) },
            "\(problems.map(\.description))")
    }

    @Test func `a device of the rack without a line is missed by name and number`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let line =
            "  - part: psu\n    sources: [{supplier: Power, lead-time: {quoted: 70 d, mark: invented, source: a test}}]\n"
        #expect(BillProject.bill.contains(line))
        let (bill, problems) = project.read(BillProject.bill.replacing(line, with: ""))
        #expect(bill == nil)
        #expect(
            problems.map(\.text) == [
                "the rack \"small\" has 3 of \"psu\", and the bill no line for it; add one with its sources"
            ])
    }

    @Test func `all mistakes of a bill are told in one pass, in order of place`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let text = BillProject.bill.replacing("racks: 3", with: "racks: x").replacing("spec: pm-b", with: "spec: bmc")
            .replacing("latest: 30 w", with: "latest: 1 w").replacing("stock: 5", with: "stock: 5 pieces")
        let (_, problems) = project.read(text)
        #expect(problems.map(\.line) == [4, 9, 13, 14])
    }
}
