import RegisterMaps
import Testing

@Suite struct ReadingTests {
    /// Addresses 0 voltage, 1...2 power, 3 free, 4...7 "ABC-9", 8...9 energy low word first, 10 temperature, 20 secret.
    func device() -> MapFixture {
        MapFixture(
            [
                .register(0, scale: FixedPointScale(numerator: 10), signal: .voltage),
                .register(1, words: 2, signal: .power),
                .register(4, words: 4, .text, text: 3),
                .register(8, words: 2, order: .lowWordFirst, signal: .energy),
                .register(10, .signed, scale: FixedPointScale(numerator: 100, offset: -273_150), signal: .temperature),
                .register(20, access: .writeOnly, signal: .limit),
            ], text: "no\0ABC-9\0more")
    }

    @Test func `a signal is scaled when it is read`() {
        let device = device()
        device.firmware.values[.voltage] = 48_123
        #expect(device.read(0, 1) == [4812])
        device.firmware.values[.temperature] = 25_000
        #expect(device.read(10, 1) == [2982])
    }

    @Test func `a span runs over points of any length`() {
        let device = device()
        device.firmware.values = [.voltage: 10, .power: 0x0001_E240]
        #expect(device.read(0, 3) == [1, 0x0001, 0xE240])
    }

    @Test func `part of a point can be read`() {
        let device = device()
        device.firmware.values[.power] = 0x0001_E240
        #expect(device.read(2, 1) == [0xE240])
        #expect(device.read(0, 2) == [0, 1])
        #expect(device.read(5, 2) == [0x432D, 0x3900])
    }

    @Test func `words come in the order of the point`() {
        let device = device()
        device.firmware.values[.energy] = 0x0001_E240
        #expect(device.read(8, 2) == [0xE240, 0x0001])
    }

    @Test func `a text is served to its NUL and padded`() {
        #expect(device().read(4, 4) == [0x4142, 0x432D, 0x3900, 0])
    }

    @Test func `a text that ends with the area is padded`() {
        let device = MapFixture([.register(0, words: 3, .text)], text: "abc")
        #expect(device.read(0, 3) == [0x6162, 0x6300, 0])
    }

    @Test(arguments: [(3, 1), (2, 2), (9, 3), (11, 1), (0, 0), (0, 12), (65_535, 2), (20, 1)])
    func `a span with an address that cannot be read is refused`(address: Int, count: Int) {
        let device = device()
        #expect(device.read(UInt16(address), count) == nil)
        #expect(!device.map.canRead(.holdingRegisters, address: UInt16(address), count: count))
    }

    @Test func `a table does not answer for another`() {
        let device = device()
        #expect(device.read(0, 1, in: .inputRegisters) == nil)
        #expect(device.read(0, 1, in: .coils) == nil)
        #expect(device.map.canRead(.holdingRegisters, address: 4, count: 7))
    }

    @Test func `a value beyond its words shows as the nearest that they hold`() {
        let device = device()
        device.firmware.values = [.voltage: 10_000_000, .power: -5, .energy: 1 << 40]
        #expect(device.read(0, 3) == [0xFFFF, 0, 0])
        #expect(device.read(8, 2) == [0xFFFF, 0xFFFF])
        device.firmware.values = [.temperature: .min]
        #expect(device.read(10, 1) == [0x8000])
        device.firmware.values = [.temperature: .max]
        #expect(device.read(10, 1) == [0x7FFF])
    }

    @Test func `the last address of a table can be read`() {
        let device = MapFixture([.register(65_534, words: 2, signal: .power)])
        device.firmware.values[.power] = 0x1234_5678
        #expect(device.read(65_534, 2) == [0x1234, 0x5678])
        #expect(device.read(65_535, 1) == [0x5678])
    }

    @Test func `what cannot change takes no storage and shows its initial value`() {
        let device = MapFixture([.register(0, initial: 7), .register(1, words: 2, .signed, initial: -2)])
        #expect(device.map.storageWordCount == 0)
        #expect(device.read(0, 3) == [7, 0xFFFF, 0xFFFE])
    }

    @Test func `a signal's point is found`() {
        let device = device()
        #expect(device.map.index(of: .temperature) == 4)
        #expect(device.map.index(of: SignalIdentifier(rawValue: 99)) == nil)
        #expect(device.map.index(of: .none) == nil)
        #expect(device.map.index(covering: 6, in: .holdingRegisters) == 2)
        #expect(device.map.index(covering: 3, in: .holdingRegisters) == nil)
    }
}
