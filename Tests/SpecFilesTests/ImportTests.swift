import DeviceSpecs
import Foundation
import RegisterMaps
import SpecFiles
import Testing
import YAMLReading

/// Two specifications say the same when their points, texts and serial settings do.
func expectSame(_ one: DeviceSpecification, _ two: DeviceSpecification, _ what: Comment) {
    #expect(one.model == two.model, what)
    #expect(one.deviceClass == two.deviceClass, what)
    #expect(one.identity == two.identity, what)
    #expect(one.serial == two.serial, what)
    #expect(one.probe == two.probe, what)
    #expect(one.says == two.says, what)
    #expect(one.behaviour == two.behaviour, what)
    #expect(one.points.count == two.points.count, what)
    for (first, second) in zip(one.points, two.points) {
        #expect(first.name == second.name, what)
        #expect(first.unit == second.unit, "\(what) \(first.name)")
        #expect(first.text == second.text, "\(what) \(first.name)")
        #expect(first.says == second.says, "\(what) \(first.name)")
        #expect(first.bits.map(\.name) == second.bits.map(\.name), "\(what) \(first.name)")
        #expect(first.bits.map(\.bit) == second.bits.map(\.bit), "\(what) \(first.name)")
        #expect(facts(first) == facts(second), "\(what) \(first.name)")
    }
}

/// Every field of a definition, so that a comparison shows which one differs.
private func facts(_ point: SpecifiedPoint) -> [String] {
    let definition = point.definition
    return [
        "\(definition.address)", "\(definition.wordCount)", "\(definition.table)", "\(definition.encoding)",
        "\(definition.wordOrder)", "\(definition.access)", "\(definition.scale)", "\(definition.lowestRaw)",
        "\(definition.highestRaw)", "\(definition.initialRaw)", "\(definition.textOffset)", "\(definition.signal)",
    ]
}

@Suite struct RoundTripTests {
    @Test(arguments: ShippedSpecsTests.files) func `a shipped spec written as YAML reads back the same`(model: String)
        throws
    {
        let specification = try ShippedSpecsTests.load(model)
        let (again, problems) = SpecFile.load(text: SpecFile.text(of: specification), file: "again.yaml")
        #expect(problems == [])
        expectSame(specification, try #require(again), "\(model)")
    }

    @Test func `every kind of point written as YAML reads back the same`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 1, type: s32, word-order: low-first, scale: 1/3 W, access: rw, range: [-9 W, 9 W], default: -1 W}",
            "{name: b, at: 4, type: u16, scale: 0.1 K, offset: -273.15 degC, access: rw, default: 20 degC}",
            "{name: c, at: 7, type: bit, table: coil, access: rw, default: true}",
            "{name: d, at: 8, type: flags, words: 2, bits: {31: top, 0: low}, default: [top], access: wo}",
            "{name: e, at: 10, type: u64, table: input, scale: 3 J}",
            "{name: f, at: 20, type: u16, scale: 5 us, offset: 1 ms}",
            "{name: g, at: 30, type: text, words: 4, default: 'a: \"b\\'}")
        let (specification, problems) = SpecFile.load(text: text, file: "x.yaml")
        #expect(problems == [])
        let original = try #require(specification)
        let (again, more) = SpecFile.load(text: SpecFile.text(of: original), file: "again.yaml")
        #expect(more == [])
        expectSame(original, try #require(again), "kinds")
    }
}

@Suite(.enabled(if: Places.openRackMaps != nil, "the Open Rack register maps are not beside the package"))
struct OpenRackImportTests {
    static let rackmon = files("openbmc-rackmon")
    static let phosphor = files("phosphor-modbus-profiles")

    static func files(_ folder: String) -> [String] {
        guard let maps = Places.openRackMaps else { return [] }
        return Places.files(in: maps.appending(path: folder), withExtension: "json").map(\.path)
    }

    static func read(_ path: String) throws -> ImportedSpecification {
        let (imported, problems) = try SpecImport.read(path: path)
        #expect(problems == [])
        return try #require(imported)
    }

    @Test func `both folders hold maps`() {
        #expect(!Self.rackmon.isEmpty)
        #expect(!Self.phosphor.isEmpty)
    }

    @Test(arguments: rackmon + phosphor) func `a real map imports, and reads back the same from our form`(path: String)
        throws
    {
        let imported = try Self.read(path)
        #expect(!imported.specification.points.isEmpty)
        #expect(!imported.notes.isEmpty)
        let text = SpecFile.text(of: imported.specification, notes: imported.notes)
        let (again, problems) = SpecFile.load(text: text, file: "again.yaml")
        #expect(problems == [])
        expectSame(imported.specification, try #require(again), "\(path)")
    }

    @Test(arguments: rackmon) func `every register of a rackmon map becomes a point`(path: String) throws {
        struct Map: Decodable {
            struct Register: Decodable {
                var begin: Int
                var length: Int
                var format: String
            }
            var registers: [Register]
        }
        let map = try JSONDecoder().decode(Map.self, from: Data(contentsOf: URL(filePath: path)))
        let points = try Self.read(path).specification.points
        #expect(points.count == map.registers.count)
        for register in map.registers {
            let point = points.first { Int($0.definition.address) == register.begin }
            #expect(point.map { Int($0.definition.wordCount) } == register.length, "register \(register.begin)")
            #expect(
                (point?.definition.encoding == .flags) == (register.format == "FLAGS"), "register \(register.begin)")
            #expect(
                (point?.definition.encoding == .text) == (register.format == "STRING"), "register \(register.begin)")
        }
    }

    /// Shipped specs that are bound to a map of rackmon, each with that map.
    static let realMaps = [
        ("psu-orv3-hpr", "orv3_hpr_psu"), ("psu-orv3", "orv3_psu"), ("bbu-orv3", "orv3_bbu"),
        ("bbu-orv3-hpr", "orv3_hpr_bbu"), ("power-tether-orv3", "orv3_power_recv"),
    ]
    /// Profiles of phosphor-modbus for which a shipped spec stands in whole (docs/open-rack.md).
    static let standIns = [
        ("psu-orv3-hpr", "Artesyn7000552480000PowerSupplyUnit"), ("psu-orv3-hpr", "DeltaECD17020037PowerSupplyUnit"),
        ("bbu-orv3-hpr", "DeltaBBUBU123AE000BatteryBackupUnit"),
        ("bbu-orv3-hpr", "PanasonicBJA3C0002ABatteryBackupUnit"),
        ("bbu-orv3-hpr", "DeltaECD27010006CapacitorBankUnit"),
        ("pmm-orv3-hpr-psu", "Artesyn7000555240000PowerMonitorModule"),
        ("pmm-orv3-hpr-psu", "DeltaECD70000017PowerMonitorModule"),
        ("pmm-orv3-hpr-psu", "DeltaECD70000020PowerMonitorModule"),
        ("pmm-orv3-hpr-bbu", "DeltaBBUBC100AE000PowerMonitorModule"),
        ("pmm-orv3-hpr-bbu", "PanasonicBJBPM103APowerMonitorModule"),
        ("rpu-orv3", "DeltaRDF040DSS5193E0ReservoirPumpUnit"), ("valve-ev200", "BelimoEV200ARXEValve"),
        ("valve-003z8540", "Danfoss003Z8540Valve"),
        ("shelf-orv3-hpr-psu", "Artesyn7000552531000PowerShelf"), ("shelf-orv3-hpr-psu", "DeltaECD68000049PowerShelf"),
        ("shelf-orv3-hpr-bbu", "DeltaBBUBS723AE000PowerShelf"), ("shelf-orv3-hpr-bbu", "PanasonicBJBSB103APowerShelf"),
        ("shelf-orv3-hpr-bbu", "DeltaECD68000047PowerShelf"),
    ]

    @Test(arguments: standIns) func `a shipped device has every register of the profile for which it stands`(
        model: String, profile: String
    ) throws {
        let path = try #require(Self.phosphor.first { $0.hasSuffix("/\(profile).json") })
        let wanted = try Self.read(path).specification
        let shipped = try ShippedSpecsTests.load(model)
        #expect(!wanted.points.isEmpty)
        for point in wanted.points {
            let own = shipped.points.first { $0.definition.address == point.definition.address }
            #expect(own?.definition.wordCount == point.definition.wordCount, "\(point.name)")
        }
        #expect(shipped.serial.baud == wanted.serial.baud)
    }

    @Test(arguments: realMaps)
    func `a shipped device has the registers, widths, signs, fractions and flag bits of the real one`(
        model: String, map: String
    ) throws {
        let path = try #require(Self.rackmon.first { $0.hasSuffix("/\(map).json") })
        let real = try Self.read(path).specification
        let shipped = try ShippedSpecsTests.load(model)
        #expect(shipped.points.map(\.definition.address) == real.points.map(\.definition.address))
        #expect(shipped.points.map(\.definition.wordCount) == real.points.map(\.definition.wordCount))
        #expect(shipped.points.map(\.definition.encoding) == real.points.map(\.definition.encoding))
        #expect(shipped.points.map { $0.bits.map(\.bit) } == real.points.map { $0.bits.map(\.bit) })
        #expect(Set(shipped.serial.units) == Set(real.serial.units))
        #expect(shipped.serial.baud == real.serial.baud)
        // The real map counts in units that it does not name, ours in thousandths of them.
        for (ours, theirs) in zip(shipped.points, real.points) where theirs.definition.scale.denominator > 1 {
            let thousandths: Int64 = ours.name == "power-factor" ? 1000 : ours.name == "input-distortion" ? 10 : 1000
            let scale = ours.definition.scale
            #expect(
                scale.numerator * theirs.definition.scale.denominator
                    == thousandths * theirs.definition.scale.numerator * scale.denominator, "\(ours.name)")
        }
    }

    @Test func `a phosphor profile keeps its probe and the units of its sensors`() throws {
        let path = try #require(Self.phosphor.first { $0.hasSuffix("/DeltaECD17020037PowerSupplyUnit.json") })
        let specification = try Self.read(path).specification
        let probe = try #require(specification.probe)
        #expect(probe.expected == "ECD17020037")
        #expect(specification.points[probe.point].name == "model")
        let voltage = try #require(specification.point(named: "output-volt"))
        #expect(voltage.unit == "V")
        #expect(voltage.definition.scale == FixedPointScale(numerator: 125, denominator: 128))
        #expect(specification.point(named: "unix-time")?.definition.access == .readWrite)
    }

    @Test func `losses are told`() throws {
        let belimo = try #require(Self.phosphor.first { $0.hasSuffix("/BelimoEV200ARXEValve.json") })
        #expect(try Self.read(belimo).notes.contains { $0.hasPrefix("the probe is left out") })
        let danfoss = try #require(Self.phosphor.first { $0.hasSuffix("/Danfoss003Z8540Valve.json") })
        #expect(try Self.read(danfoss).notes.contains { $0.contains("has no unit") && $0.contains("LiquidFlow") })
        let psu = try #require(Self.rackmon.first { $0.hasSuffix("/orv2_psu.json") })
        let notes = try Self.read(psu).notes
        #expect(notes.contains { $0.contains("names bit 11 twice") })
        #expect(notes.contains { $0.contains("endian L") && $0.contains("BBU Cell Voltage 1") })
    }
}

@Suite struct ForeignMapTests {
    static func rackmon(_ registers: String, more: String = "") -> String {
        "{\"name\": \"X\", \"address_range\": [[160, 191]], \"baudrate\": 19200,\(more)\n\"registers\": [\n\(registers)\n]}"
    }

    static func read(_ text: String) -> (ImportedSpecification?, [String]) {
        let (imported, problems) = SpecImport.read(text: text, file: "m.json")
        #expect((imported == nil) == !problems.isEmpty)
        return (imported, problems.map(\.description))
    }

    @Test func `fixed point, scale, shift and sign of rackmon come over exactly`() throws {
        let (imported, _) = Self.read(
            Self.rackmon(
                """
                {"begin": 1, "length": 1, "name": "A_B", "format": "FLOAT", "precision": 10},
                {"begin": 2, "length": 1, "name": "T", "format": "FLOAT", "precision": 0, "scale": 0.1, "shift": -273.15},
                {"begin": 3, "length": 2, "name": "S", "format": "INTEGER", "sign": true},
                {"begin": 5, "length": 1, "name": "V", "format": "FLOAT", "precision": 6, "unit": "V"}
                """))
        let points = try #require(imported).specification.points
        #expect(points.map(\.name) == ["a-b", "t", "s", "v"])
        #expect(points[0].definition.scale == FixedPointScale(numerator: 1, denominator: 1024))
        #expect(points[1].definition.scale == FixedPointScale(numerator: 100, denominator: 1, offset: -273_150))
        #expect(points[1].unit == "degC")
        #expect(points[2].definition.encoding == .signed)
        #expect(points[3].definition.scale == FixedPointScale(numerator: 125, denominator: 8))
    }

    @Test func `registers that overlap, stand twice by name, or are too wide are noted, not lost in silence`() throws {
        let (imported, _) = Self.read(
            Self.rackmon(
                """
                {"begin": 1, "length": 2, "name": "A", "format": "INTEGER"},
                {"begin": 2, "length": 1, "name": "B", "format": "INTEGER"},
                {"begin": 4, "length": 1, "name": "A", "format": "INTEGER"},
                {"begin": 5, "length": 200, "name": "C", "format": "STRING"},
                {"begin": 300, "length": 3, "name": "D", "format": "INTEGER"}
                """))
        let result = try #require(imported)
        #expect(result.specification.points.map(\.name) == ["a", "a-2", "d-word-1", "d-word-2", "d-word-3"])
        #expect(result.notes.contains("\"B\" at 0x0002 is left out: it overlaps \"a\""))
        #expect(result.notes.contains { $0.hasPrefix("\"A\" at 0x0004 is named \"a-2\"") })
        #expect(result.notes.contains { $0.hasPrefix("\"C\" is left out") })
        #expect(result.notes.contains { $0.hasPrefix("\"D\" is kept as 3 plain words") })
    }

    @Test func `mistakes in a foreign map are told with their places`() {
        let (_, problems) = Self.read(
            Self.rackmon(
                """
                {"begin": 70000, "length": 1, "name": "A", "format": "INTEGER"},
                {"begin": 1, "length": 1, "name": "B", "format": "DOUBLE"},
                {"begin": 2, "length": 1, "format": "INTEGER"},
                {"begin": 3, "length": 1, "name": "F", "format": "FLAGS", "flags": [[0]]}
                """, more: " \"parity\": \"MARK\","))
        #expect(
            problems == [
                "m.json:1:75: expected one of \"EVEN\", \"ODD\", \"NONE\", found \"MARK\"",
                "m.json:3:11: expected a whole number from 0 to 65535, found \"70000\"",
                "m.json:4:50: expected one of \"STRING\", \"FLAGS\", \"INTEGER\", \"LONG\", \"FLOAT\", \"RAW\", found "
                    + "\"DOUBLE\"",
                "m.json:5:1: expected the key \"name\" in this mapping, found none",
                "m.json:6:69: expected a pair such as [0, \"Fan_Failure\"], found a list",
            ])
    }

    @Test func `a file that is neither form is refused`() {
        #expect(Self.read("{\"a\": 1}").1.first?.hasPrefix("m.json:1:1: expected a rackmon map") == true)
        #expect(Self.read("[]").1 == ["m.json:1:1: expected a JSON object with a register map, found a list"])
        #expect(Self.read("{").1.count == 1)
    }
}
