import DeviceSpecs
import Foundation
import RegisterMaps
import SpecFiles
import Testing
import YAMLReading

@Suite struct ShippedSpecsTests {
    /// The house's own first sources, one for each class: every signal is bound, and one bus can carry all of them.
    static let models = [
        "busbar-bmc-1", "busbar-fan-1", "busbar-leak-1", "busbar-rpu-1", "busbar-meter-1", "busbar-optics-1",
        "busbar-pdu-1", "busbar-pm-1",
        "busbar-rack-controller-1",
        "busbar-rails-4",
        "psu-orv3-hpr",
    ]
    /// First sources by others' maps, which have their own places on their own lines.
    static let ownLineModels = ["power-tether-orv3", "valve-003z8540", "valve-ev200"]
    /// Everything that is shipped.
    static let files = Places.files(in: Places.specs, withExtension: "yaml").map {
        $0.deletingPathExtension().lastPathComponent
    }

    static func load(_ model: String) throws -> DeviceSpecification {
        let (specification, problems) = try SpecFile.load(path: Places.specs.appending(path: "\(model).yaml").path)
        #expect(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
        return try #require(specification)
    }

    @Test func `the first sources are shipped`() {
        #expect(Set(Self.models + Self.ownLineModels).isSubset(of: Self.files))
    }

    @Test(arguments: files) func `a shipped spec loads without a problem under its own name`(model: String) throws {
        let specification = try Self.load(model)
        #expect(specification.model == model)
        #expect(specification.deviceClass != nil)
    }

    @Test(arguments: files) func `the probe of a shipped spec finds the default text of its point`(model: String)
        throws
    {
        let specification = try Self.load(model)
        let probe = try #require(specification.probe)
        #expect(specification.points[probe.point].text == probe.expected)
    }

    @Test(arguments: models + ownLineModels)
    func `every signal of its class is bound to a point of a first source`(model: String) throws {
        let specification = try Self.load(model)
        let deviceClass = try #require(specification.deviceClass)
        // Of two valves each has what the other's map lacks.
        let others = try Self.ownLineModels.map(Self.load).filter { $0.deviceClass == deviceClass }
        for signal in deviceClass.signals {
            let isBound = ([specification] + others).contains { $0.point(boundTo: signal.identifier) != nil }
            #expect(isBound, "\(signal.name)")
        }
    }

    @Test(arguments: files) func `a writable signal is bound to a point that clients can write`(model: String) throws {
        let specification = try Self.load(model)
        let deviceClass = try #require(specification.deviceClass)
        for signal in deviceClass.signals where signal.isWritable {
            guard let point = specification.point(boundTo: signal.identifier) else { continue }
            #expect(point.definition.access != .readOnly, "\(signal.name)")
        }
    }

    /// A controller polls telemetry in one read, so no gap may lie between the first and the last live point.
    @Test(arguments: [("busbar-pm-1", 0x13), ("busbar-bmc-1", 0x21), ("busbar-fan-1", 0x14)])
    func `telemetry stands in one block without gaps`(model: String, last: Int) throws {
        let points = try Self.load(model).points.filter { $0.definition.address <= last }
        var next = 0
        for point in points {
            #expect(Int(point.definition.address) == next, "\(point.name)")
            next += Int(point.definition.wordCount)
        }
        #expect(next == last + 1)
    }

    @Test func `units of the first sources do not overlap, so that one bus can carry all of them`() throws {
        var taken: [UInt8: String] = [:]
        for model in Self.models {
            for unit in try Self.load(model).serial.units.joined() {
                #expect(taken[unit] == nil, "unit \(unit) of \(model) and \(taken[unit] ?? "")")
                taken[unit] = model
            }
        }
    }

    @Test func `the power limit of the power monitor is kept in whole watts from 200 W to 12 kW`() throws {
        let limit = try #require(try Self.load("busbar-pm-1").point(named: "power-limit")?.definition)
        #expect(limit.scale == FixedPointScale(numerator: 1000))
        #expect(limit.lowestRaw == 200)
        #expect(limit.highestRaw == 12_000)
        #expect(limit.initialRaw == 6000)
        #expect(limit.access == .readWrite)
        #expect(limit.signal == PowerMonitorSignal.powerLimit.identifier)
    }

    @Test func `eight accelerators have a power and a temperature each`() throws {
        let specification = try Self.load("busbar-bmc-1")
        for member in UInt8(0)..<8 {
            let power = specification.point(boundTo: BaseboardSignal.acceleratorPower.identifier(member: member))
            #expect(power?.name == "accelerator-\(member + 1)-power")
            #expect(power?.definition.address == 0x10 + UInt16(member))
            let temperature = specification.point(
                boundTo: BaseboardSignal.acceleratorTemperature.identifier(member: member))
            #expect(temperature?.definition.address == 0x18 + UInt16(member))
        }
    }
}
