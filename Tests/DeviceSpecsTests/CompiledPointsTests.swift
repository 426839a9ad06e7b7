import DeviceSpecs
import RegisterMaps
import Testing
import Units

@Suite struct CompiledPointsTests {
    static func specification(_ points: [SpecifiedPoint]) -> DeviceSpecification {
        DeviceSpecification(
            model: "made-up", deviceClass: nil, says: "",
            identity: DeviceIdentity(vendor: "Busbar", product: "X", revision: "1"),
            serial: SerialSettings(baud: 9600, parity: .none, turnaround: .zero, units: [1...1]), points: points,
            probe: nil)
    }

    static func text(_ name: String, at address: UInt16, words: UInt8, _ text: String) -> SpecifiedPoint {
        SpecifiedPoint(
            name: name,
            definition: PointDefinition(
                address: address, wordCount: words, table: .holdingRegisters, encoding: .text, lowestRaw: 0,
                highestRaw: 0),
            text: text)
    }

    static func number(_ name: String, at address: UInt16, table: RegisterTable) -> SpecifiedPoint {
        SpecifiedPoint(
            name: name,
            definition: PointDefinition(
                address: address, wordCount: 1, table: table, encoding: .unsigned, lowestRaw: 0, highestRaw: 65535))
    }

    @Test func `points are sorted by table, then address`() {
        let compiled = CompiledPoints(
            Self.specification([
                Self.number("c", at: 9, table: .holdingRegisters), Self.number("b", at: 4, table: .holdingRegisters),
                Self.number("a", at: 7, table: .inputRegisters),
            ]))
        #expect(compiled.points.map(\.address) == [7, 4, 9])
        #expect(compiled.texts.isEmpty)
    }

    @Test func `each text has two bytes per word and is padded with NUL`() {
        let compiled = CompiledPoints(
            Self.specification([
                Self.text("second", at: 8, words: 2, "WXYZ"), Self.text("first", at: 0, words: 3, "ABC"),
            ]))
        #expect(compiled.points.map(\.textOffset) == [0, 6])
        #expect(Array(compiled.texts) == [0x41, 0x42, 0x43, 0, 0, 0, 0x57, 0x58, 0x59, 0x5A])
    }

    @Test func `a text longer than its point is cut, so that it cannot run into the next`() {
        let compiled = CompiledPoints(
            Self.specification([Self.text("first", at: 0, words: 1, "ABC"), Self.text("second", at: 1, words: 1, "Z")]))
        #expect(Array(compiled.texts) == [0x41, 0x42, 0x5A, 0])
    }

    @Test func `a device without points compiles to empty buffers`() {
        let compiled = CompiledPoints(Self.specification([]))
        #expect(compiled.points.isEmpty)
        #expect(compiled.texts.isEmpty)
    }
}
