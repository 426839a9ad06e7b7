import DeviceSpecs
import Foundation
import RegisterMaps
import Testing
import Units
import YAMLReading

@testable import SpecFiles

/// Specs that are like another but for a few things.
@Suite struct SpecLikenessTests {
    private static let folder = SpecFolder(path: Places.specs.path)

    private static func load(_ text: String, beside folder: String = "/nowhere") -> (DeviceSpecification?, [String]) {
        let (specification, problems) = SpecFile.load(
            text: text, file: "\(folder)/x.yaml", library: SpecLikenessTests.folder)
        return (specification, problems.map { "\($0.line):\($0.column) \($0.text)" })
    }

    @Test func `what is left out is the other's, and the probe follows its text`() throws {
        let (own, problems) = Self.load(
            """
            like: psu-orv3-hpr
            model: my-psu
            texts: {product: MY-5500, build-date: "20270101"}
            """)
        #expect(problems == [])
        let specification = try #require(own)
        let other = try #require(try Self.folder.load(model: "psu-orv3-hpr").0)
        #expect(specification.model == "my-psu" && specification.deviceClass == other.deviceClass)
        #expect(specification.points.map(\.definition.address) == other.points.map(\.definition.address))
        #expect(specification.identity == other.identity && specification.serial == other.serial)
        #expect(specification.probe?.expected == "MY-5500")
        #expect(specification.point(named: "product")?.text == "MY-5500")
        #expect(specification.point(named: "part-number")?.text == other.point(named: "part-number")?.text)
        // The dates of nobody's texts but these two are the other's.
        #expect(specification.likeness?.texts.sorted() == ["build-date", "product"])
    }

    @Test func `another speed is a second source with the same map`() throws {
        let (own, problems) = Self.load(
            """
            like: busbar-pm-1
            model: slow-pm
            identity: {vendor: Slow, product: PM, revision: "2"}
            serial: {baud: 115200, parity: even, turnaround: 20 ms, units: [16-47]}
            busy: {every: 64 ms, for: 4 ms}
            """)
        #expect(problems == [])
        #expect(own?.serial.turnaround == .milliseconds(20) && own?.identity.vendor == "Slow" && own?.busy != nil)
    }

    @Test(arguments: [
        ("like: psu-orv3-hpx\nmodel: x", "1:7", "did you mean \"psu-orv3-hpr\"?"),
        ("like: delta-ecd17020037\nmodel: x", "1:7", "which is like another itself"),
        ("like: psu-orv3-hpr\nmodel: x\ntexts: {prodcut: A}", "3:9", "did you mean \"product\"?"),
        ("like: psu-orv3-hpr\nmodel: x\ntexts: {product: ABCDEFGHIJKLMNOPQ}", "3:18", "at most 16 characters"),
        ("like: psu-orv3-hpr\nmodel: x\npoints: []", "3:9", "a map of its own needs a spec of its own"),
        ("like: psu-orv3-hpr", "1:1", "expected the key \"model\""),
        (
            "like: psu-orv3-hpr\nmodel: x\nprobe: {point: power, expects: A}", "3:16",
            "expected the name of a text point"
        ),
    ])
    func `a mistake is told at its place with its remedy`(text: String, place: String, remedy: String) {
        let (specification, problems) = Self.load(text)
        #expect(specification == nil)
        #expect(problems.contains { $0.hasPrefix(place + " ") && $0.contains(remedy) }, "\(problems)")
    }

    @Test func `the other spec's own mistakes are told with its place`() throws {
        let folder = NSTemporaryDirectory() + "busbar-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let broken = "device: bmc\nmodel: broken\n"
        try broken.write(toFile: "\(folder)/broken.yaml", atomically: true, encoding: .utf8)
        let (specification, problems) = SpecFile.load(
            text: "like: ./broken.yaml\nmodel: x", file: "\(folder)/x.yaml", library: Self.folder)
        #expect(specification == nil)
        #expect(!problems.isEmpty && problems.allSatisfy { $0.file.hasSuffix("broken.yaml") })
    }
}
