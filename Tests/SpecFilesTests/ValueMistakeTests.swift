import DeviceSpecs
import RegisterMaps
import SpecFiles
import Testing

/// Mistakes in scales, limits, defaults, flags, texts, units and repetitions.
@Suite struct ValueMistakeTests {
    static func problems(
        _ points: String..., device: String = "power-monitor", units: String = "[16-47]", more: String = ""
    )
        -> [String]
    {
        MistakeTests.problems(
            """
            device: \(device)
            model: x-1
            identity: {vendor: Busbar, product: X, revision: "1"}
            serial: {baud: 9600, parity: none, turnaround: 2 ms, units: \(units)}
            points:
            \(points.map { "  - \($0)" }.joined(separator: "\n"))
            \(more)
            """)
    }

    @Test func `a scale whose unit does not fit the signal`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, scale: 10 mV, signal: power}") == [
                "x.yaml:6:40: expected a power such as \"5.5 kW\" (units: W, kW, MW, mW, uW), found \"10 mV\""
            ])
    }

    @Test func `a signal with a unit and no scale`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, signal: power}") == [
                "x.yaml:6:5: expected the key \"scale\" such as \"1 W\", since the signal \"power\" is a power, found none"
            ])
    }

    @Test func `a scale with which a register cannot tell its signal`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: u16, scale: 1 MW, signal: power}",
                "{name: b, at: 2, type: u16, scale: 1 uW, access: rw, signal: limit.power}") == [
                    "x.yaml:6:40: expected a scale of at most 1 kW, with which a power can still be told, found \"1 MW\"",
                    "x.yaml:7:40: expected a scale with which type u16 reaches 10 W of \"limit.power\" at least, found "
                        + "\"1 uW\"",
                ])
        #expect(Self.problems("{name: a, at: 1, type: u16, scale: 100 mW, signal: power}") == [])
    }

    @Test func `a limit that a controller sets and cannot write`() {
        let shown = "{name: a, at: 1, type: u16, scale: 1 W, signal: limit.power}"
        #expect(
            Self.problems(shown) == [
                "x.yaml:6:12: expected \"access: rw\" for a point of the signal \"limit.power\", which a controller sets, found "
                    + "\"a\" read only"
            ])
        #expect(Self.problems(shown, "{name: b, at: 2, type: u16, scale: 1 W, access: rw, signal: limit.power}") == [])
    }

    @Test(arguments: ["power-moniter", "watt-meter"])
    func `an unknown class does not hide what is wrong with the signals`(word: String) {
        let problems = Self.problems(
            "{name: a, at: 1, type: u16, scale: 1 W, signal: limit.applied}",
            "{name: b, at: 2, type: u16, scale: 1 W, signal: volts}", device: word)
        #expect(problems.count == 2, "\(problems)")
        #expect(
            problems[0].hasSuffix("found \"power-moniter\"; did you mean \"power-monitor\"?")
                == (word == "power-moniter"))
        #expect(problems[1].hasPrefix("x.yaml:7:53: expected a signal of "), "\(problems)")
    }

    @Test(arguments: ["0 W", "-1 W"]) func `a scale that is not above zero`(scale: String) {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, scale: \(scale)}") == [
                "x.yaml:6:40: expected a scale above zero, found \"\(scale)\""
            ])
    }

    @Test func `a scale that the arithmetic cannot carry`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u32, scale: 3 MW}", "{name: b, at: 5, type: u16, scale: 1000000 MW}")
                == [
                    "x.yaml:6:40: expected a smaller scale: the largest raw value times this one exceeds 64 bits, found "
                        + "\"3 MW\"",
                    "x.yaml:7:40: expected a scale such as \"1 W\" whose fraction stays below 10^12, found \"1000000 MW\"",
                ])
        #expect(
            Self.problems("{name: a, at: 1, type: u32, scale: 2 MW}", "{name: b, at: 5, type: s16, scale: 999 MW}")
                == [])
    }

    @Test func `a number of four words is kept to what the arithmetic carries`() throws {
        let text = MistakeTests.spec("{name: a, at: 1, type: u64, scale: 1 kJ}")
        let definition = try #require(SpecFile.load(text: text, file: "x.yaml").0?.points.first?.definition)
        #expect(definition.highestRaw < Int64.max / 1_000_000)
        #expect(definition.scale.signal(fromRaw: definition.highestRaw) == definition.highestRaw * 1_000_000)
    }

    @Test func `a unit that nobody knows`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, scale: 1 furlong}").first?.hasPrefix(
                "x.yaml:6:40: expected a number with a known unit or none, found \"1 furlong\"; units: W, kW") == true)
    }

    @Test func `an offset that is no whole base unit`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, scale: 0.1 K, offset: 0.0001 degC}") == [
                "x.yaml:6:55: expected an offset that is a whole number of millidegrees, found \"0.0001 degC\""
            ])
    }

    @Test func `a range that the words cannot hold, runs downward, or is no pair`() {
        let point = "type: u16, scale: 1 W, access: rw, range:"
        #expect(
            Self.problems(
                "{name: a, at: 1, \(point) [0 W, 70 kW]}", "{name: b, at: 2, \(point) [6 kW, 2 kW], default: 3 kW}",
                "{name: c, at: 3, \(point) [1 W]}") == [
                    "x.yaml:6:70: expected a value that type u16 can hold, 0 W to 65535 W, found \"70 kW\"",
                    "x.yaml:7:64: expected the lowest value before the highest, found [6 kW, 2 kW]",
                    "x.yaml:8:64: expected the lowest and the highest value, found 1 values",
                ])
    }

    @Test func `a range on a point that is read only`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, scale: 1 W, range: [0 W, 1 W]}") == [
                "x.yaml:6:52: expected no \"range\" for a point that is read only, found it; say \"access: rw\" or leave it "
                    + "out"
            ])
    }

    @Test func `a default outside of the range, or none where zero is outside`() {
        let point = "type: u16, scale: 1 W, access: rw, range: [200 W, 6 kW]"
        #expect(
            Self.problems("{name: a, at: 1, \(point), default: 7 kW}", "{name: b, at: 2, \(point)}") == [
                "x.yaml:6:88: expected a default inside the range, 200 W to 6 kW, found \"7 kW\"",
                "x.yaml:7:64: expected a \"default\" beside a range without zero, found none; add one inside the range",
            ])
    }

    @Test func `a default that the type cannot hold`() {
        #expect(
            Self.problems("{name: a, at: 1, type: u16, default: -1}", "{name: b, at: 2, type: s16, default: 32768}")
                == [
                    "x.yaml:6:42: expected a default that type u16 can hold, 0 to 65535, found \"-1\"",
                    "x.yaml:7:42: expected a default that type s16 can hold, -32768 to 32767, found \"32768\"",
                ])
    }

    @Test func `limits are rounded inward and defaults to the nearest step`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 1, type: u16, scale: 10 mV, access: rw, range: [0.995 V, 2.009 V], default: 1.006 V}")
        let point = try #require(SpecFile.load(text: text, file: "x.yaml").0?.points.first)
        #expect(point.definition.lowestRaw == 100)
        #expect(point.definition.highestRaw == 200)
        #expect(point.definition.initialRaw == 101)
    }

    @Test func `a temperature in kelvins with an offset has its limits in degrees`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 1, type: u16, scale: 0.1 K, offset: -273.15 degC, access: rw, range: [-40 degC, 85 degC], "
                + "default: 25 degC}")
        let (specification, problems) = SpecFile.load(text: text, file: "x.yaml")
        #expect(problems.isEmpty)
        let definition = try #require(specification?.points.first?.definition)
        #expect(definition.scale.signal(fromRaw: 2981) == 24_950)
        #expect(definition.lowestRaw == 2332)
        #expect(definition.highestRaw == 3581)
        #expect(definition.initialRaw == 2982)
    }

    @Test func `a text without words, too long, with letters that are not ASCII, or writable`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: text}", "{name: b, at: 2, type: text, words: 2, default: ABCDE}",
                "{name: c, at: 4, type: text, words: 2, default: ü}", "{name: d, at: 6, type: text, words: 126}",
                "{name: e, at: 300, type: text, words: 2, access: rw}") == [
                    "x.yaml:6:28: expected the key \"words\" beside type text, found none; two characters fit a word",
                    "x.yaml:7:53: expected at most 4 characters, which 2 words hold, found 5 in \"ABCDE\"; give the point "
                        + "more words or shorten the text",
                    "x.yaml:8:53: expected printable ASCII characters, found \"ü\"",
                    "x.yaml:9:41: expected a whole number from 1 to 125, found \"126\"",
                    "x.yaml:10:54: expected \"ro\" for a text, which devices hold in read-only memory, found \"rw\"",
                ])
    }

    @Test func `flags without bits, beyond the word, twice, or with a bad name`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: flags}", "{name: b, at: 2, type: flags, bits: {16: x}}",
                "{name: c, at: 3, type: flags, bits: {1: x, 0x1: y, 2: x, 3: Bad Name}}") == [
                    "x.yaml:6:5: expected the key \"bits\" for a point of type flags, found none; name at least one bit",
                    "x.yaml:7:42: expected a whole number from 0 to 15, found \"16\"",
                    "x.yaml:8:48: expected each bit once, found bit 1 twice",
                    "x.yaml:8:59: expected each flag name once, found \"x\" twice",
                    "x.yaml:8:65: expected a flag name of lower-case words joined by hyphens such as \"over-power\", found "
                        + "\"Bad Name\"",
                ])
    }

    @Test func `a default that is no flag of the point`() {
        #expect(
            Self.problems("{name: a, at: 1, type: flags, bits: {0: x, 1: y}, default: [y, z]}") == [
                "x.yaml:6:68: expected a flag of this point (\"x\", \"y\"), found \"z\""
            ])
    }

    @Test func `flags of four words reach bit 63`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 1, type: flags, words: 4, bits: {63: top, 0: low}, default: [top, low]}")
        let point = try #require(SpecFile.load(text: text, file: "x.yaml").0?.points.first)
        #expect(UInt64(bitPattern: point.definition.initialRaw) == 0x8000_0000_0000_0001)
    }

    @Test func `keys that mean nothing for the type`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: text, words: 1, scale: 1 W}", "{name: b, at: 2, type: u16, bits: {0: x}}") == [
                    "x.yaml:6:51: expected no \"scale\" for a point of type text, found it",
                    "x.yaml:7:39: expected no \"bits\" for a point of type u16, found them",
                ])
    }

    @Test func `a signal that does not fit the type`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: u16, signal: status}",
                "{name: b, at: 2, type: flags, bits: {0: x}, signal: power}",
                "{name: c, at: 3, type: bit, table: coil, signal: power}") == [
                    "x.yaml:6:41: expected type flags for \"status\", which is a set of flags, found type u16",
                    "x.yaml:7:57: expected a signal that is a set of flags for type flags, found \"power\"",
                    "x.yaml:8:54: expected a signal that is a count for type bit, found \"power\"",
                ])
    }

    @Test func `unit ranges that overlap, run downward, or leave 1 to 255`() {
        let point = "{name: a, at: 1, type: u16}"
        #expect(
            Self.problems(point, units: "[16-47, 47-50, 9-3, 0, 250-256, x]") == [
                "x.yaml:4:69: expected units that no other range holds, found \"47-50\", which overlaps \"16-47\"; leave out "
                    + "or shorten one of them",
                "x.yaml:4:76: expected a range that runs upward such as 3-9, found \"9-3\"",
                "x.yaml:4:81: expected unit identifiers from 1 to 255, found \"0\"",
                "x.yaml:4:84: expected unit identifiers from 1 to 255, found \"250-256\"",
                "x.yaml:4:93: expected a unit identifier such as 12 or a range such as 16-47, found \"x\"",
            ])
        #expect(Self.problems(point, units: "[1, 255]") == [])
    }

    @Test func `a repetition without a place for its number, with too small a stride, or beyond its family`() {
        #expect(
            Self.problems(
                "{name: a, at: 1, type: u16, repeat: {count: 2}}",
                "{name: \"b-{n}\", at: 10, type: u32, repeat: {count: 2, stride: 1}}",
                "{name: \"c-{n}\", at: 20, type: u16, scale: 1 rpm, signal: \"fan-speed.{n}\", repeat: {count: 17}}",
                device: "fan-controller") == [
                    "x.yaml:6:12: expected a name with {n} for the number of the repeated point, such as \"fan-{n}-speed\", "
                        + "found \"a\"",
                    "x.yaml:7:67: expected a stride of at least 2, the words of one of these points, found \"1\"",
                    "x.yaml:8:62: expected at most 16 members of \"fan-speed\", found 17 repetitions",
                ])
    }

    @Test func `a repeated point has its own number, address and signal`() throws {
        let text = MistakeTests.spec(
            "{name: \"fan-{n}\", at: 4, type: u16, scale: 1 rpm, signal: \"fan-speed.{n}\", repeat: {count: 2, stride: 3}, "
                + "says: \"Fan {n}\"}",
            device: "fan-controller")
        let specification = try #require(SpecFile.load(text: text, file: "x.yaml").0)
        #expect(specification.points.map(\.name) == ["fan-1", "fan-2"])
        #expect(specification.points.map(\.definition.address) == [4, 7])
        #expect(specification.points.map { specification.signalName(of: $0) } == ["fan-speed.1", "fan-speed.2"])
        #expect(specification.points.map(\.says) == ["Fan 1", "Fan 2"])
    }

    @Test func `a probe of an unknown point, and one that contradicts the default`() {
        let text = "{name: product, at: 1, type: text, words: 4, default: ABC}"
        #expect(
            Self.problems(text, more: "probe: {point: model, expects: ABC}") == [
                "x.yaml:7:16: expected the name of a text point, found \"model\"; text points here: \"product\""
            ])
        #expect(
            Self.problems(text, more: "probe: {point: product, expects: XYZ}") == [
                "x.yaml:7:34: expected the default of \"product\", which is \"ABC\", found \"XYZ\""
            ])
        #expect(
            Self.problems(text, more: "probe: {point: product, expects: ABCDEFGHI}") == [
                "x.yaml:7:34: expected at most 8 printable ASCII characters, as \"product\" can hold, found \"ABCDEFGHI\""
            ])
    }
}
