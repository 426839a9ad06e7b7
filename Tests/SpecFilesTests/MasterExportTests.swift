import DeviceSpecs
import Foundation
import SpecFiles
import Testing
import YAMLReading

/// What is written for programs that read the device: each kind of point, on literal text.
@Suite struct MasterExportTests {
    static func specification(_ points: String...) throws -> DeviceSpecification {
        let (specification, problems) = SpecFile.load(
            text: MistakeTests.spec(points[0], points.dropFirst().joined(separator: "\n  - ")), file: "x.yaml")
        #expect(problems == [])
        return try #require(specification)
    }

    static let target = ExportTarget(place: "127.0.0.1:1502", unit: 17)

    static func kinds() throws -> DeviceSpecification {
        try specification(
            "{name: input-power, at: 2, type: u32, scale: 1 mW, signal: power}",
            "{name: wide, at: 4, type: s32, word-order: low-first, scale: 1/1024 V}",
            "{name: heat, at: 6, type: u16, scale: 0.1 K, offset: -273.15 degC}",
            "{name: state, at: 7, type: flags, words: 2, bits: {0: low, 31: top}}",
            "{name: product, at: 9, type: text, words: 2, default: AB}",
            "{name: relay, at: 20, type: bit, table: coil, access: rw}",
            "{name: secret, at: 30, type: u16, access: wo}")
    }

    @Test func `Telegraf is given base units, a request per table and word order, and is told of offsets and flags`()
        throws
    {
        let (text, notes) = SpecExport.telegraf(try Self.kinds(), target: Self.target)
        #expect(text.contains("controller = \"tcp://127.0.0.1:1502\""))
        #expect(text.components(separatedBy: "[[inputs.modbus.request]]").count == 4)
        #expect(text.contains("{ address = 2, name = \"input_power_watts\", type = \"UINT32\", scale = 0.001 },"))
        #expect(text.contains("{ address = 4, name = \"wide_volts\", type = \"INT32\", scale = 0.0009765625 },"))
        #expect(text.contains("byte_order = \"CDAB\""))
        #expect(text.contains("{ address = 9, name = \"product\", type = \"STRING\", length = 2 },"))
        #expect(text.contains("{ address = 20, name = \"relay\" },"))
        #expect(!text.contains("secret"))
        #expect(notes.contains { $0.hasPrefix("\"heat\" is written without its offset of -273.15 celsius") })
        #expect(notes.contains { $0.hasPrefix("\"state\" is written as a number") })
        #expect(notes.contains { $0.hasPrefix("\"secret\" is left out") })
    }

    @Test func `the Prometheus exporter is given functions, word orders and a metric per flag`() throws {
        let (text, notes) = SpecExport.prometheus(try Self.kinds())
        #expect(text.contains("- name: power_monitor_input_power_watts\n"))
        #expect(
            text.contains("address: 300002\n        dataType: uint32\n        metricType: gauge\n        factor: 0.001")
        )
        #expect(
            text.contains(
                "address: 300004\n        dataType: int32\n        metricType: gauge\n        endianness: yolo"))
        // Bit 31 is the top of the first word, bit 0 the lowest of the last.
        #expect(
            text.contains("address: 300007\n        dataType: bool\n        metricType: gauge\n        bitOffset: 15"))
        #expect(
            text.contains("address: 300008\n        dataType: bool\n        metricType: gauge\n        bitOffset: 0"))
        #expect(text.contains("labels: {flag: \"top\"}"))
        #expect(text.contains("address: 100020\n        dataType: bool"))
        #expect(notes.contains { $0.hasPrefix("\"product\" is left out") })
    }

    @Test
    func `pymodbus's simulator is given tables one after another, texts with their NULs, and what may be written`()
        throws
    {
        let (text, _) = SpecExport.pymodbus(try Self.kinds(), target: Self.target)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let servers = try #require(root["server_list"] as? [String: Any])
        let server = try #require(servers["server"] as? [String: Any])
        #expect(server["host"] as? String == "127.0.0.1" && server["port"] as? Int == 1502)
        #expect(server["device_id"] as? Int == 17)
        let devices = try #require(root["device_list"] as? [String: Any])
        let device = try #require(devices["device"] as? [String: Any])
        let setup = try #require(device["setup"] as? [String: Any])
        // Coil 20 lies in the second cell of sixteen; holding registers follow.
        #expect(setup["co size"] as? Int == 2 && setup["hr size"] as? Int == 31)
        let texts = try #require(device["string"] as? [[String: Any]])
        #expect(texts.first?["value"] as? String == "AB\0\0")
        #expect(texts.first?["addr"] as? [Int] == [11, 12])
        #expect(device["write"] as? [[Int]] == [[1, 1], [32, 32]])
    }

    @Test func `a profile for phosphor-modbus names sensors, status, texts and the probe, and lists every loss`() throws
    {
        let text = MistakeTests.spec(
            "{name: input-voltage, at: 2, type: u16, scale: 10 mV, signal: voltage}",
            "{name: status, at: 7, type: flags, bits: {0: fan-stall, 3: over-temperature}}",
            "{name: product, at: 9, type: text, words: 2, default: ABCD}",
            "{name: energy-used, at: 20, type: u32, scale: 1 J}", more: "probe: {point: product, expects: ABCD}")
        let specification = try #require(SpecFile.load(text: text, file: "x.yaml").0)
        let (profile, notes) = SpecExport.phosphor(specification)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(profile.utf8)) as? [String: Any])
        #expect(root["DeviceType"] as? String == "PowerMonitorModule")
        let sensor = try #require((root["SensorRegisters"] as? [[String: Any]])?.first)
        #expect(sensor["Type"] as? String == "Voltage" && sensor["Scale"] as? Double == 0.01)
        let bits = try #require((root["StatusRegisters"] as? [[String: Any]])?.first?["Bits"] as? [[String: Any]])
        #expect(bits.compactMap { $0["Type"] as? String } == ["FanFailure", "SensorReadingCritical"])
        let probe = try #require(root["ProbeRegister"] as? [String: Any])
        #expect(probe["Offset"] as? String == "0x9" && probe["ExpectedValue"] as? String == "ABCD")
        #expect(notes.contains { $0.hasPrefix("\"energy-used\" is left out") })
        #expect(notes.contains { $0.contains("is no model that phosphor-modbus's schema lists") })
    }

    @Test(.enabled(if: Places.openRackMaps != nil), arguments: OpenRackImportTests.phosphor)
    func `a real profile that is imported and exported reads back the same`(path: String) throws {
        let first = try OpenRackImportTests.read(path).specification
        let (profile, notes) = SpecExport.phosphor(first)
        let (again, problems) = SpecImport.read(text: profile, file: "again.json")
        #expect(problems == [])
        expectSame(first, try #require(again).specification, "\(path) \(notes)")
    }

    @Test(arguments: ShippedSpecsTests.models)
    func `a shipped device has a page with its registers, flags and what it leaves untold`(
        model: String
    ) throws {
        let specification = try ShippedSpecsTests.load(model)
        let page = SpecDocument.markdown(specification, classPage: "classes/x.md")
        #expect(page.contains("(classes/x.md)"))
        for point in specification.points { #expect(page.contains("| \(point.name)"), "\(point.name)") }
        let index = SpecIndex.markdown([specification]) { _ in true }
        #expect(index.contains("[\(model)](\(model).md)"))
    }

    @Test func `the behaviour that a spec tells stands on its page and reads back from YAML`() throws {
        let text = MistakeTests.spec(
            MistakeTests.sound, more: "behaviour: [Averages for 20 ms, \"Answers busy: twice a second\"]")
        let specification = try #require(SpecFile.load(text: text, file: "x.yaml").0)
        let page = SpecDocument.markdown(specification)
        #expect(page.contains("## Behaviour\n\n- Averages for 20 ms\n- Answers busy: twice a second\n"))
        #expect(page.contains("## Not in this map"))
        let (again, problems) = SpecFile.load(text: SpecFile.text(of: specification), file: "again.yaml")
        #expect(problems == [])
        #expect(again?.behaviour == ["Averages for 20 ms", "Answers busy: twice a second"])
    }
}
