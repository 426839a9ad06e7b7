import DeviceSpecs
import SpecFiles
import Testing
import YAMLReading

/// Each kind of mistake with the place and the words that a person sees.
@Suite struct MistakeTests {
    /// A sound power monitor; the points begin in line 6, each after four spaces.
    static func spec(
        _ points: String..., device: String = "power-monitor", units: String = "[16-47]", more: String = ""
    )
        -> String
    {
        """
        device: \(device)
        model: x-1
        identity: {vendor: Busbar, product: X, revision: "1"}
        serial: {baud: 9600, parity: none, turnaround: 2 ms, units: \(units)}
        points:
        \(points.map { "  - \($0)" }.joined(separator: "\n"))
        \(more)
        """
    }

    static func problems(_ text: String) -> [String] {
        let (specification, problems) = SpecFile.load(text: text, file: "x.yaml")
        #expect((specification == nil) == !problems.isEmpty)
        return problems.map(\.description)
    }

    static let sound = "{name: power, at: 2, type: u32, scale: 1 mW, signal: power}"

    @Test func `a sound spec has no problems`() {
        #expect(Self.problems(Self.spec(Self.sound)) == [])
    }

    @Test func `two points on one address, reported at the later one`() {
        #expect(
            Self.problems(Self.spec(Self.sound, "{name: other, at: 3, type: u16}")) == [
                "x.yaml:7:23: expected free addresses, found 0x0003 of \"other\", which overlaps \"power\" at 0x0002 to "
                    + "0x0003 (line 6)"
            ])
    }

    @Test func `a long point that begins first but stands later is the one reported`() {
        #expect(
            Self.problems(Self.spec("{name: a, at: 5, type: u16}", "{name: b, at: 4, type: u32}")) == [
                "x.yaml:7:19: expected free addresses, found 0x0004 to 0x0005 of \"b\", which overlaps \"a\" at 0x0005 "
                    + "(line 6)"
            ])
    }

    @Test func `the same address in two tables is no overlap`() {
        let points = ["coil", "discrete"].map { "{name: \($0), at: 2, type: bit, table: \($0)}" }
        #expect(Self.problems(Self.spec(Self.sound, points[0], points[1])) == [])
    }

    @Test func `a name that stands twice`() {
        #expect(
            Self.problems(Self.spec(Self.sound, "{name: power, at: 9, type: u16}")) == [
                "x.yaml:7:12: expected a name that stands once, found \"power\", which stands already in line 6"
            ])
    }

    @Test(arguments: ["Power", "input_power", "-a", "a-", "a--b", "a b", "ü"]) func `a name that is not in our style`(
        name: String
    ) {
        #expect(
            Self.problems(Self.spec("{name: \(name), at: 9, type: u16}")) == [
                "x.yaml:6:12: expected a name of lower-case words joined by hyphens such as \"input-voltage\", found "
                    + "\"\(name)\""
            ])
    }

    @Test func `an address beyond the table`() {
        #expect(
            Self.problems(Self.spec("{name: a, at: 65536, type: u16}", "{name: b, at: 0xFFFF, type: u32}")) == [
                "x.yaml:6:19: expected a whole number from 0 to 65535, found \"65536\"",
                "x.yaml:7:19: expected addresses up to 0xFFFF; the last would lie beyond, found \"0xFFFF\"",
            ])
    }

    @Test func `an unknown type, table, access and word order`() {
        #expect(
            Self.problems(
                Self.spec(
                    "{name: a, at: 1, type: f64}",
                    "{name: b, at: 2, type: u32, table: eeprom, access: all, word-order: mixed}")) == [
                    "x.yaml:6:28: expected one of \"u16\", \"s16\", \"u32\", \"s32\", \"u64\", \"f32\", \"flags\", \"text\", "
                        + "\"bit\", found \"f64\"",
                    "x.yaml:7:40: expected one of \"coil\", \"discrete\", \"input\", \"holding\", found \"eeprom\"",
                    "x.yaml:7:56: expected one of \"ro\", \"rw\", \"wo\", found \"all\"",
                    "x.yaml:7:73: expected one of \"high-first\", \"low-first\", found \"mixed\"",
                ])
    }

    @Test func `an unknown signal, with the nearest known one`() {
        #expect(
            Self.problems(Self.spec("{name: a, at: 1, type: u16, scale: 1 W, signal: pwoer}")) == [
                "x.yaml:6:53: expected a signal of \"power-monitor\", found \"pwoer\"; did you mean \"power\"?"
            ])
    }

    @Test func `a member beyond its family, and a family without a member`() {
        let points = ["fan-speed.17", "fan-speed"].enumerated().map {
            "{name: a-\($0), at: \($0 + 1), type: u16, scale: 1 rpm, signal: \($1)}"
        }
        #expect(
            Self.problems(Self.spec(points[0], points[1], device: "fan-controller")) == [
                "x.yaml:6:57: expected a signal of \"fan-controller\", found \"fan-speed.17\"; write \"fan-speed.1\" to "
                    + "\"fan-speed.16\" for its members",
                "x.yaml:7:57: expected a signal of \"fan-controller\", found \"fan-speed\"; write \"fan-speed.1\" to "
                    + "\"fan-speed.16\" for its members",
            ])
    }

    @Test func `a signal in an unclassified device`() {
        #expect(
            Self.problems(Self.spec(Self.sound, device: "unclassified")) == [
                "x.yaml:6:58: expected no signal in an unclassified device, found \"power\"; state its class or leave it "
                    + "out"
            ])
    }

    @Test func `an unknown class is one mistake and does not condemn the signals`() {
        #expect(
            Self.problems(Self.spec(Self.sound, device: "toaster")) == [
                "x.yaml:1:9: expected one of "
                    + DeviceClass.allCases.map { "\"\($0.specWord)\", " }.joined()
                    + "\"unclassified\", found \"toaster\""
            ])
    }

    @Test func `a read-only signal that clients may write`() {
        #expect(
            Self.problems(Self.spec("{name: a, at: 1, type: u32, scale: 1 W, access: rw, signal: power}")) == [
                "x.yaml:6:53: expected \"ro\" for the signal \"power\", which only the device itself sets, found \"rw\""
            ])
    }

    @Test func `an input register that clients may write`() {
        #expect(
            Self.problems(Self.spec("{name: a, at: 1, type: u16, table: input, access: rw}")) == [
                "x.yaml:6:55: expected \"ro\" in a table that clients can only read; use \"holding\" or \"coil\" to let "
                    + "them write, found \"rw\""
            ])
    }

    @Test func `a bit without its table, and a number in a table of bits`() {
        #expect(
            Self.problems(
                Self.spec("{name: a, at: 1, type: bit}", "{name: b, at: 2, type: u16, table: coil}")) == [
                    "x.yaml:6:5: expected \"table: coil\" or \"table: discrete\" for a point of type bit, found none",
                    "x.yaml:7:40: expected \"holding\" or \"input\" for a point of type u16, found \"coil\"",
                ])
    }

    @Test func `a spec that is no mapping`() {
        #expect(Self.problems("- a\n").first?.hasPrefix("x.yaml:1:1: expected a mapping") == true)
        #expect(Self.problems("") == ["x.yaml:1:1: expected a mapping, found an empty file"])
    }

    @Test func `keys that are missing, and one that is unknown`() {
        #expect(
            Self.problems("modle: x\n") == [
                "x.yaml:1:1: expected the key \"device\" in this mapping, found none",
                "x.yaml:1:1: expected the key \"identity\" in this mapping, found none",
                "x.yaml:1:1: expected the key \"model\" in this mapping, found none",
                "x.yaml:1:1: expected the key \"points\" in this mapping, found none",
                "x.yaml:1:1: expected the key \"serial\" in this mapping, found none",
                "x.yaml:1:1: unknown key \"modle\"; did you mean \"model\"?",
            ])
    }

    @Test func `one file with ten mistakes reports all ten`() {
        let text = """
            device: power-monitor
            model: X 1
            identity: {vendor: Busbar, product: "", revision: "1"}
            serial: {baud: 300, parity: mark, turnaround: 2 kg, units: [16-47, 40-50]}
            points:
              - {name: a, at: 0, type: u16, scale: 10 mV, signal: power}
              - {name: b, at: 0, type: u16, colour: red}
              - {name: c, at: 5, type: u16, scale: 0 W}
              - {name: d, at: 6, type: text}
            """
        let places = SpecFile.load(text: text, file: "x.yaml").1.map { [$0.line, $0.column] }
        #expect(
            places == [
                [2, 8], [3, 37], [4, 16], [4, 29], [4, 47], [4, 68], [6, 40], [7, 19], [7, 33], [8, 40], [9, 28],
            ])
    }
}
