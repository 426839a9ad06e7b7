import DeviceSpecs
import RegisterMaps
import SpecFiles
import Testing

/// Points of type f32: what a spec says of them, and what each export makes of that.
@Suite struct FloatPointTests {
    private static let limit =
        "{name: limit, at: 2, type: f32, word-order: low-first, scale: 1 W, access: rw, range: [0.1 W, 12.345 kW], "
        + "default: 6.0005 kW, signal: limit.power}"

    private static func kinds() throws -> DeviceSpecification {
        try MasterExportTests.specification(
            "{name: flow, at: 0, type: f32, scale: 1 %, says: Of the nominal flow}", limit,
            "{name: heat, at: 4, type: f32, scale: 1 K, offset: -273.15 degC}",
            "{name: ratio, at: 6, type: f32}",
            "{name: size, at: 8, type: f32, scale: 0.5 kV, access: rw, default: 0.05 V}")
    }

    private static func words(of value: Float) -> [UInt16] {
        [UInt16(value.bitPattern >> 16), UInt16(value.bitPattern & 0xFFFF)]
    }

    @Test func `values of a spec become the floats nearest to them`() throws {
        let limit = try #require(try Self.kinds().point(named: "limit")?.definition)
        func words(_ raw: Int64) -> [UInt16] { (0..<2).map { limit.word(1 - $0, ofRaw: raw) } }
        #expect(words(limit.initialRaw) == Self.words(of: 6000.5))
        #expect(
            words(limit.lowestRaw) == Self.words(of: Float(1_677_722) / 0x1p24)
                && words(limit.highestRaw) == Self.words(of: 12_345))
        // Who writes the end of the range as a float is inside of it.
        for end: Float in [0.1, 12_345] {
            let sent = Self.words(of: end)
            let raw = limit.raw { sent[1 - $0] }
            #expect(raw >= limit.lowestRaw && raw <= limit.highestRaw)
        }
        #expect(limit.signalValue { Self.words(of: 350.25)[1 - $0] } == 350_250)
        #expect(limit.rawForWriting(signalValue: 12_346_000) == nil)
    }

    @Test func `a spec with floats is written and reads back the same`() throws {
        let text = SpecFile.text(of: try Self.kinds())
        for part in ["type: f32\n    word-order: low-first\n    scale: 1 W", "range: [0.1 W, 12345 W]"] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(text.contains("default: 6000.5 W") && text.contains("scale: 1 K, offset: -273.15 degC"))
        let (again, problems) = SpecFile.load(text: text, file: "again.yaml")
        #expect(problems == [])
        expectSame(try Self.kinds(), try #require(again), "floats")
    }

    @Test(arguments: [
        ("{name: a, at: 1, type: f32, words: 2}", "expected no \"words\" for type f32, which has 2, found it"),
        (
            "{name: a, at: 1, type: f32, signal: status}",
            "expected type flags for \"status\", which is a set of flags, found type f32"
        ),
        (
            "{name: a, at: 1, type: f32, scale: 1/2000000000000 W}",
            "expected a scale such as \"1 W\" whose fraction stays below 10^9, found \"1/2000000000000 W\""
        ),
        (
            "{name: a, at: 1, type: f32, scale: 1 W, access: rw, range: [0 W, 5 W], default: 7 W}",
            "expected a default inside the range, 0 W to 5 W, found \"7 W\""
        ),
        ("{name: a, at: 1, type: f32, bits: {0: x}}", "expected no \"bits\" for a point of type f32, found them"),
        (
            "{name: a, at: 1, type: f32, table: coil}",
            "expected \"holding\" or \"input\" for a point of type f32, found \"coil\""
        ),
    ])
    func `a mistake in a float is told with its place and remedy`(point: String, problem: String) {
        let problems = ValueMistakeTests.problems(point)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix(": " + problem) == true, "\(problems)")
    }

    @Test func `a point next to a float does not overlap it, one inside does`() {
        #expect(ValueMistakeTests.problems("{name: a, at: 1, type: f32}", "{name: b, at: 3, type: u16}") == [])
        #expect(ValueMistakeTests.problems("{name: a, at: 1, type: f32}", "{name: b, at: 2, type: u16}").count == 1)
    }

    @Test func `Telegraf and the Prometheus exporter are given floats`() throws {
        let (telegraf, notes) = SpecExport.telegraf(try Self.kinds(), target: MasterExportTests.target)
        #expect(telegraf.contains("{ address = 0, name = \"flow_ratio\", type = \"FLOAT32\", scale = 0.01 },"))
        #expect(telegraf.contains("{ address = 2, name = \"limit_watts\", type = \"FLOAT32\" },"))
        #expect(telegraf.contains("{ address = 8, name = \"size_volts\", type = \"FLOAT32\", scale = 500.0 },"))
        #expect(notes.contains { $0.hasPrefix("\"heat\" is written without its offset of -273.15 celsius") })
        let (exporter, _) = SpecExport.prometheus(try Self.kinds())
        #expect(
            exporter.contains(
                "address: 300002\n        dataType: float32\n        metricType: gauge\n        endianness: yolo"))
        #expect(
            exporter.contains(
                "address: 300000\n        dataType: float32\n        metricType: gauge\n        factor: 0.01"))
    }

    @Test func `pymodbus's simulator is given the words of the default`() throws {
        let (text, _) = SpecExport.pymodbus(try Self.kinds(), target: MasterExportTests.target)
        // 6000.5: 0x45BB8400, low word first.
        #expect(
            text.contains("{\"addr\": 2, \"value\": \(0x8400)}") && text.contains("{\"addr\": 3, \"value\": \(0x45BB)}")
        )
    }

    @Test func `phosphor-modbus is given Float32 where a profile can say it, rackmon a bit pattern, each loss told`()
        throws
    {
        let (profile, losses) = SpecExport.phosphor(try Self.kinds())
        #expect(
            profile.contains(
                "{\"Name\": \"flow\", \"Type\": \"Utilization\", \"Offset\": \"0x0\", \"Size\": 2, \"Precision\": 0, "
                    + "\"Scale\": 1.0, \"Shift\": 0.0, \"IsSigned\": false, \"Format\": \"Float32\"}"), "\(profile)")
        #expect(losses.contains { $0.hasPrefix("\"limit\" is left out: a profile has high words first only") })
        #expect(losses.contains("\"size\" is written without its scale: no profile scales a Float32"))
        let (map, notes) = SpecExport.rackmon(try Self.kinds())
        #expect(map.contains("{\"begin\": 0, \"length\": 2, \"name\": \"flow\", \"format\": \"INTEGER\"}"))
        #expect(
            notes.contains { $0.hasPrefix("\"flow\" is written as a raw bit pattern: rackmon has no IEEE 754 numbers") }
        )
    }

    @Test func `C and CSV have the type, and the bits or the values`() throws {
        let header = SpecExport.cHeader(try Self.kinds())
        #expect(header.contains("IEEE 754 single"))
        #expect(header.contains("_LIMIT_DEFAULT_BITS UINT32_C(0x45BB8400)\n"))
        #expect(
            header.contains("_LIMIT_HIGHEST_BITS UINT32_C(0x4640E400)\n") && header.contains("_LIMIT_LOW_WORD_FIRST 1"))
        #expect(header.contains("_LIMIT_SCALE_NUMERATOR 1000 /* milliwatts */\n"))
        let table = SpecExport.csv(try Self.kinds())
        #expect(
            table.contains("2,2,holding,limit,f32,low-first,1 W,,W,rw,0.1 W,12345 W,6000.5 W,limit.power,,"), "\(table)"
        )
    }

    @Test(.enabled(if: Places.openRackMaps != nil, "the Open Rack register maps are not beside the package"))
    func `a Float32 of a profile is imported as one, with its unit`() throws {
        let path = try #require(OpenRackImportTests.phosphor.first { $0.hasSuffix("/Danfoss003Z8540Valve.json") })
        let imported = try OpenRackImportTests.read(path)
        let point = try #require(imported.specification.points.first { $0.definition.address == 0x81C2 })
        #expect(point.definition.encoding == .float && point.unit == "degC")
        #expect(point.definition.signalValue { Self.words(of: 21.5)[$0] } == 21_500)
        #expect(!imported.notes.contains { $0.contains("IEEE") })
    }
}
