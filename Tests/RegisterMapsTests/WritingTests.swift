import RegisterMaps
import Testing

@Suite struct WritingTests {
    /// 0 limit in watts, 1...2 power, 3 plain 5...9, 4...5 writable text, 6 read-only.
    func device() -> MapFixture {
        MapFixture(
            [
                .register(
                    0, access: .readWrite, scale: FixedPointScale(numerator: 1000), range: 200...6000, signal: .limit),
                .register(1, words: 2, access: .readWrite, signal: .power),
                .register(3, access: .readWrite, range: 5...9, initial: 6),
                .register(4, words: 2, .text, access: .readWrite, text: 0),
                .register(6, signal: .voltage),
            ], text: "rack")
    }

    @Test func `a write reaches the firmware in base units`() {
        let device = device()
        #expect(device.write(0, [350]) == nil)
        #expect(device.firmware.values == [.limit: 350_000])
    }

    @Test func `one request writes signals, storage and text together`() {
        let device = device()
        #expect(device.read(3, 3) == [6, 0x7261, 0x636B])
        #expect(device.write(0, [200, 1, 2, 9, 0x7838, 0x3600]) == nil)
        #expect(device.firmware.values == [.limit: 200_000, .power: 0x1_0002])
        #expect(device.firmware.writes == [.limit, .power])
        #expect(device.read(3, 3) == [9, 0x7838, 0x3600])
    }

    @Test func `a range that is broken anywhere leaves everything as it was`() {
        let device = device()
        #expect(device.write(0, [350, 0, 1, 4]) == .illegalDataValue)
        #expect(device.write(0, [199, 0, 1, 5]) == .illegalDataValue)
        #expect(device.write(0, [6001]) == .illegalDataValue)
        #expect(device.firmware.writes.isEmpty)
        #expect(device.read(3, 1) == [6])
    }

    @Test func `part of a point cannot be written`() {
        let device = device()
        for (address, count) in [(1, 1), (2, 1), (2, 2), (0, 2), (4, 1), (5, 1)] {
            #expect(device.write(UInt16(address), [UInt16](repeating: 5, count: count)) == .illegalDataAddress)
        }
        #expect(device.firmware.writes.isEmpty)
    }

    @Test func `read-only and unmapped addresses are refused before any value is judged`() {
        let device = device()
        #expect(device.write(6, [1]) == .illegalDataAddress)
        #expect(device.write(7, [1]) == .illegalDataAddress)
        #expect(device.write(0, [0, 0, 0, 0, 0, 0, 0]) == .illegalDataAddress)
        #expect(device.write(0, [300], in: .inputRegisters) == .illegalDataAddress)
        #expect(device.write(65_535, [1, 1]) == .illegalDataAddress)
    }

    @Test(arguments: [
        (SignalWriteVerdict.illegalValue, RegisterAccessError.illegalDataValue), (.protected, .illegalDataAddress),
        (.busy, .serverDeviceBusy), (.failed, .serverDeviceFailure),
    ])
    func `the firmware's verdict on one point refuses the whole request`(
        verdict: SignalWriteVerdict, error: RegisterAccessError
    ) {
        let device = device()
        device.firmware.refusals[.power] = verdict
        #expect(device.write(0, [350, 0, 1, 7]) == error)
        #expect(device.firmware.writes.isEmpty)
        #expect(device.read(3, 1) == [6])
        #expect(device.write(0, [350]) == nil)
    }

    @Test func `storage begins anew when it is initialised`() {
        let device = device()
        #expect(device.map.storageWordCount == 3)
        #expect(device.write(3, [8]) == nil)
        device.map.initialise(device.stored)
        #expect(device.read(3, 3) == [6, 0x7261, 0x636B])
    }

    @Test func `coils are points of one bit`() {
        let device = MapFixture([
            PointDefinition(
                address: 0, wordCount: 1, table: .coils, encoding: .bit, access: .readWrite, lowestRaw: 0,
                highestRaw: 1, initialRaw: 1),
            PointDefinition(
                address: 1, wordCount: 1, table: .coils, encoding: .bit, access: .readWrite, lowestRaw: 0,
                highestRaw: 1, signal: .limit),
        ])
        #expect(device.read(0, 2, in: .coils) == [1, 0])
        #expect(device.write(0, [0, 1], in: .coils) == nil)
        #expect(device.read(0, 2, in: .coils) == [0, 1])
        #expect(device.firmware.values == [.limit: 1])
    }
}
