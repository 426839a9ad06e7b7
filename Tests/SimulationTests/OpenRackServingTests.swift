import DeviceFirmware
import DeviceSpecs
import Foundation
import ModbusWire
import RegisterMaps
import Scenario
import ScenarioFiles
import SpecFiles
import Testing
import Units
import YAMLReading

@testable import Simulation

/// The maps of real Open Rack hardware, which are not part of the project.
private enum OpenRackMaps {
    static let folder: URL? = {
        let beside = URL(filePath: SmallRack.package).deletingLastPathComponent().appending(path: "shared")
        let shared = ProcessInfo.processInfo.environment["BUSBAR_REFERENCE"].map { URL(filePath: $0) } ?? beside
        let maps = shared.appending(path: "reference/open-rack-register-maps")
        return FileManager.default.fileExists(atPath: maps.path) ? maps : nil
    }()

    static func files(_ name: String) -> [String] {
        guard let folder = folder?.appending(path: name) else { return [] }
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return found.filter { $0.hasSuffix(".json") }.sorted().map { folder.appending(path: $0).path }
    }
}

/// Every map of real Open Rack hardware beside the package, imported and served: a monitor that was built for the real
/// device asks its questions and finds what it expects.
@Suite(.enabled(if: OpenRackMaps.folder != nil, "the Open Rack register maps are not beside the package"))
struct OpenRackServingTests {
    /// As a user does it: imported, written as a spec, read again, and named in a rack's `devices`.
    private func serve(_ path: String) throws -> (run: RackSimulation, specification: DeviceSpecification) {
        let imported = try #require(try SpecImport.read(path: path).0)
        let (read, problems) = SpecFile.load(text: SpecFile.text(of: imported.specification), file: "again.yaml")
        #expect(problems == [])
        let specification = try #require(read)
        return (try serve(specification), specification)
    }

    private func serve(_ specification: DeviceSpecification) throws -> RackSimulation {
        var files = SmallRack.files
        let load = files.loadSpecification
        files.loadSpecification = { $0 == "imported" ? (specification, []) : load($0) }
        let unit = try #require(specification.serial.units.first?.upperBound)
        let devices = "\n  devices:\n    - {name: imported, spec: imported, bus: net, first-unit: \(unit)}"
        return RackSimulation(try SmallRack.scenario(rack: SmallRack.rack() + devices, files: files))
    }

    /// The words that function 3 brings, or `nil` for an exception.
    private func words(_ address: Int, _ count: Int, of run: RackSimulation) -> [UInt16]? {
        let unit = run.devices[run.devices.count - 1].definition.unit
        var (request, reply) = (FrameBuffer(), FrameBuffer())
        request.beginTCP(transaction: 1, unit: unit)
        for octet in [3, UInt8(address >> 8), UInt8(address & 255), 0, UInt8(count)] { request.append(octet) }
        request.endTCP()
        _ = run.respond(
            to: request, through: ExternalLine(bus: 2, framing: .tcp, recordedAs: 3), at: run.now, reply: &reply)
        let octets = (MBAPHeader.length..<reply.count).map { reply[$0] }
        guard octets.first == 3, octets.count == 2 + 2 * count else { return nil }
        return (0..<count).map { UInt16(octets[2 + 2 * $0]) << 8 | UInt16(octets[3 + 2 * $0]) }
    }

    private func text(_ words: [UInt16]) -> String {
        String(
            decoding: words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }.prefix { $0 != 0 }, as: UTF8.self)
    }

    private func json(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The live spec that stands for a profile: the one that says of itself that it is this model.
    @Test(arguments: OpenRackMaps.files("phosphor-modbus-profiles"))
    func `a live device answers the probe of each phosphor profile, at the registers of the profile`(path: String)
        throws
    {
        let map = try json(path)
        let model = try #require(map["DeviceModel"] as? String)
        let probe = try #require(map["ProbeRegister"] as? [String: Any])
        let address = try #require((probe["Offset"] as? String).flatMap { UInt16($0.dropFirst(2), radix: 16) })
        let known = try SpecFolder(path: SmallRack.package + "/Firmware-specs").files().compactMap {
            try SpecFile.load(path: $0).0
        }
        let live = known.filter { specification in
            specification.deviceClass != nil
                && "\(specification.identity.vendor)\(specification.identity.product)" == model
        }
        try #require(live.count == 1, "\(live.map(\.model)) for \(model)")
        let point = try #require(
            live[0].points.first { $0.definition.address == address && $0.definition.table == .holdingRegisters })
        if let text = probe["ExpectedValue"] as? String {
            #expect(point.text == text)
        } else {
            let number = try #require(probe["ExpectedValue"] as? Int)
            // What a valve says there, its firmware knows; only a rack with a loop has one.
            let valve = ControlValve(ControlValveConfiguration())
            #expect(valve.value(of: point.definition.signal) == Int64(number))
        }
        let speed = try #require(map["BaudRate"] as? Int)
        #expect(live[0].serial.baud == speed)
    }

    @Test func `there are nine maps of rackmon and eighteen of phosphor`() {
        #expect(OpenRackMaps.files("openbmc-rackmon").count == 9)
        #expect(OpenRackMaps.files("phosphor-modbus-profiles").count == 18)
    }

    @Test(arguments: OpenRackMaps.files("openbmc-rackmon"))
    func `a rack monitor probes a served rackmon map and reads each of its registers alone`(path: String) throws {
        let (run, _) = try serve(path)
        let map = try json(path)
        #expect(words(try #require(map["probe_register"] as? Int), 1, of: run) != nil)
        for register in try #require(map["registers"] as? [[String: Any]]) {
            let (begin, length) = (try #require(register["begin"] as? Int), try #require(register["length"] as? Int))
            let found = words(begin, length, of: run)
            #expect(found != nil, "\(register["name"] ?? "") at \(begin)")
            if register["format"] as? String == "STRING" {
                let name = (register["name"] as? String ?? "").lowercased()
                let isIdentity = ["model", "serial", "revision", "date"].contains { name.contains($0) }
                #expect(!isIdentity || text(found ?? []) != "", "\(name) is empty")
            }
        }
    }

    @Test(arguments: OpenRackMaps.files("phosphor-modbus-profiles"))
    func `a served phosphor profile answers its probe with the text that is expected`(path: String) throws {
        let (run, specification) = try serve(path)
        let profile = try json(path)
        let probe = try #require(profile["ProbeRegister"] as? [String: Any])
        let offset = try #require(Int((probe["Offset"] as? String ?? "").dropFirst(2), radix: 16))
        let found = try #require(words(offset, probe["Size"] as? Int ?? 1, of: run), "the probe is refused")
        if let expected = probe["ExpectedValue"] as? String {
            #expect(text(found) == expected)
        } else {
            #expect(found.map { Int($0) } == [probe["ExpectedValue"] as? Int])
        }
        for point in specification.points {
            let definition = point.definition
            let found = words(Int(definition.address), Int(definition.wordCount), of: run)
            #expect(found != nil, "\(point.name)")
            if definition.encoding == .text { #expect(text(found ?? []) == point.text) }
        }
    }
}
