import RegisterMaps
import Testing

/// The integer conversion against the processor's own floats.
@Suite struct SinglePrecisionTests {
    /// What a bit pattern means, by the processor. A `Double` holds every single times 2^24 exactly.
    private static func expected(_ bits: UInt32) -> Int64 {
        let value = Float(bitPattern: bits)
        if value.isNaN { return 0 }
        let steps = (Double(value) * 0x1p24).rounded(.toNearestOrAwayFromZero)
        if steps >= 0x1p63 { return .max }
        return steps <= -0x1p63 ? .min : Int64(steps)
    }

    /// Every sign and exponent, with fractions at and around the ends, and some from all over.
    private static let fractions: [UInt32] = {
        var fractions: [UInt32] = [0, 1, 2, 3, 0x3F_FFFF, 0x40_0000, 0x40_0001, 0x55_5555, 0x7F_FFFE, 0x7F_FFFF]
        for place in 0..<UInt32(23) { fractions.append(1 << place) }
        for number in 0..<UInt32(64) { fractions.append(number &* 2_654_435_761 & 0x7F_FFFF) }
        return fractions
    }()

    @Test func `the steps of every exponent are those of the processor's floats`() {
        var wrong: [UInt32] = []
        for head in 0..<UInt32(512) {
            for fraction in Self.fractions {
                let bits = head << 23 | fraction
                if SinglePrecision.raw(fromBits: bits) != Self.expected(bits) { wrong.append(bits) }
                if SinglePrecision.isFinite(bits) != Float(bitPattern: bits).isFinite { wrong.append(bits) }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5).map { String($0, radix: 16) })")
    }

    @Test func `the bits of a number of steps are those to which the processor rounds`() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        var raws: [Int64] = [0, 1, -1, .min, .max, .min + 1]
        for place in 0..<63 {
            let power = Int64(1) << Int64(place)
            raws += [
                power, power - 1, power + 1, -power, power | power >> 24, power | power >> 24 | 1, power | power >> 23,
            ]
        }
        for _ in 0..<100_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            raws.append(Int64(bitPattern: state) >> Int64(state >> 58 & 63))
        }
        var wrong: [Int64] = []
        for raw in raws where SinglePrecision.bits(fromRaw: raw) != (Float(raw) * 0x1p-24).bitPattern {
            wrong.append(raw)
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    @Test func `every float from a half to 2^39 comes back as it was`() {
        for head in UInt32(126)...165 {
            for fraction in Self.fractions {
                for sign in [UInt32(0), 1 << 31] {
                    let bits = sign | head << 23 | fraction
                    #expect(SinglePrecision.bits(fromRaw: SinglePrecision.raw(fromBits: bits)) == bits)
                }
            }
        }
    }

    private static let patterns: [(UInt32, Int64)] = [
        (0x7FC0_0000, 0), (0xFFC0_0001, 0), (0x7F80_0001, 0), (0x7F80_0000, .max), (0xFF80_0000, .min),
        (0x7F7F_FFFF, .max), (0xFF7F_FFFF, .min), (0x8000_0000, 0), (0x0000_0001, 0), (0x3F80_0000, 16_777_216),
        (0xBF80_0000, -16_777_216), (0x41BC_0000, 394_264_576), (0x3300_0000, 1), (0x32FF_FFFF, 0),
    ]

    @Test(arguments: patterns)
    func `a pattern of note has the steps that are promised`(bits: UInt32, raw: Int64) {
        #expect(SinglePrecision.raw(fromBits: bits) == raw)
    }

    // MARK: Points

    /// A temperature in degrees with thousandths of a degree as the signal.
    private static func temperature(
        _ order: WordOrder = .highWordFirst, access: PointAccess = .readOnly, range: ClosedRange<Int64>? = nil,
        signal: SignalIdentifier = .none
    ) -> PointDefinition {
        .register(
            0, words: 2, .float, order: order, access: access,
            scale: FixedPointScale(numerator: 1000, denominator: 1 << 24), range: range, signal: signal)
    }

    @Test func `a client reads the literal octets of a float in either order`() {
        // 23.456: 0x41BBA5E3.
        let words: [UInt16] = [0x41BB, 0xA5E3]
        #expect(Self.temperature().signalValue { words[$0] } == 23_456)
        #expect(Self.temperature(.lowWordFirst).signalValue { words[1 - $0] } == 23_456)
        #expect(Self.temperature().areNumber { words[$0] })
        #expect(!Self.temperature().areNumber { _ in 0x7FC0 } && !Self.temperature().areNumber { _ in 0xFF80 })
        #expect(PointDefinition.register(0).areNumber { _ in 0xFFFF })
    }

    @Test func `a device shows its signal as a float, in part as well`() {
        let fixture = MapFixture([Self.temperature(signal: .temperature)])
        fixture.firmware.values[.temperature] = 23_456
        #expect(fixture.read(0, 2) == [0x41BB, 0xA5E3])
        #expect(fixture.read(1, 1) == [0xA5E3])
        fixture.firmware.values[.temperature] = -40_000
        #expect(fixture.read(0, 2) == [0xC220, 0x0000])
        let low = MapFixture([Self.temperature(.lowWordFirst, signal: .temperature)])
        low.firmware.values[.temperature] = .max
        #expect(low.read(0, 2)?.count == 2)
    }

    @Test func `a write is taken in its range, and what is no number is refused`() {
        let limit = Self.temperature(access: .readWrite, range: 0...50 << 24, signal: .temperature)
        let fixture = MapFixture([limit])
        #expect(fixture.write(0, [0x41BB, 0xA5E3]) == nil)
        #expect(fixture.firmware.values[.temperature] == 23_456)
        // 50.0, 50.000004, -0.0, NaN, the infinities, the greatest float.
        #expect(fixture.write(0, [0x4248, 0x0000]) == nil)
        #expect(fixture.write(0, [0x4248, 0x0001]) == .illegalDataValue)
        #expect(fixture.write(0, [0x8000, 0x0000]) == nil)
        for words: [UInt16] in [[0x7FC0, 0], [0x7F80, 0], [0xFF80, 0], [0x7F7F, 0xFFFF]] {
            #expect(fixture.write(0, words) == .illegalDataValue, "\(words)")
        }
        #expect(fixture.firmware.values[.temperature] == 0)
    }

    @Test func `plain storage keeps the octets of a float, and no others`() {
        let fixture = MapFixture([Self.temperature(access: .readWrite)])
        #expect(fixture.read(0, 2) == [0, 0])
        #expect(fixture.write(0, [0x8000, 0x0001]) == nil)
        #expect(fixture.read(0, 2) == [0x8000, 0x0001])
        #expect(fixture.write(0, [0x7FC0, 0x0001]) == .illegalDataValue)
        #expect(fixture.read(0, 2) == [0x8000, 0x0001])
    }

    @Test func `a client writes the float nearest to a signal`() throws {
        let point = Self.temperature(access: .readWrite, signal: .temperature)
        let raw = try #require(point.rawForWriting(signalValue: 23_456))
        #expect((0..<2).map { point.word($0, ofRaw: raw) } == [0x41BB, 0xA5E3])
        #expect(raw == point.shownRaw(raw))
    }
}
