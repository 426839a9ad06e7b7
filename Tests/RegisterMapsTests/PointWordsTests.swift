import RegisterMaps
import Testing

@Suite struct PointWordsTests {
    @Test(arguments: [PointEncoding.unsigned, .signed], [1, 2, 3, 4, 6] as [UInt8])
    func `every value goes into words and comes back, in either order`(encoding: PointEncoding, count: UInt8) {
        for order in WordOrder.allCases {
            let point = PointDefinition.register(0, words: count, encoding, order: order)
            let range = point.holdableRaw
            for raw in [range.lowerBound, range.upperBound, 0, 1, 0x1234, range.upperBound / 3, range.lowerBound / 3] {
                #expect(point.raw { point.word($0, ofRaw: raw) } == raw)
            }
        }
    }

    @Test func `a negative number is sign-extended from its own width`() {
        #expect(PointDefinition.register(0, .signed).raw { _ in 0xFFFE } == -2)
        let words: [UInt16] = [0xFFFF, 0xFFFE]
        #expect(PointDefinition.register(0, words: 2, .signed).raw { words[$0] } == -2)
        #expect(PointDefinition.register(0, words: 2).raw { words[$0] } == 0xFFFF_FFFE)
    }

    @Test func `flag bit 0 is the least significant bit of the last word`() {
        let words: [UInt16] = [0x8000, 0x0001]
        #expect(PointDefinition.register(0, words: 2, .flags).raw { words[$0] } == 0x8000_0001)
    }

    @Test func `an unsigned value beyond 63 bits is the greatest there is`() {
        #expect(PointDefinition.register(0, words: 4).raw { _ in 0xFFFF } == .max)
    }

    @Test func `a client decodes to base units`() {
        let milliwattsPerEighth = FixedPointScale(numerator: 1000, denominator: 8)
        let power = PointDefinition.register(82, scale: milliwattsPerEighth, signal: .power)
        #expect(power.signalValue { _ in 801 } == 100_125)
        #expect(power.addresses == 82..<83)
    }

    @Test func `a client's write outside the range has no words`() {
        let limit = PointDefinition.register(
            0, access: .readWrite, scale: FixedPointScale(numerator: 1000), range: 200...6000, signal: .limit)
        #expect(limit.rawForWriting(signalValue: 350_400) == 350)
        #expect(limit.rawForWriting(signalValue: 199_000) == nil)
        #expect(limit.rawForWriting(signalValue: 6_001_000) == nil)
        #expect(PointDefinition.register(0, signal: .power).rawForWriting(signalValue: 1) == nil)
    }

    @Test func `scaling rounds to nearest and half away from zero`() {
        let scale = FixedPointScale(numerator: 10)
        #expect(scale.raw(fromSignal: 15) == 2)
        #expect(scale.raw(fromSignal: -15) == -2)
        #expect(scale.raw(fromSignal: 14) == 1)
        #expect(FixedPointScale(numerator: 1, denominator: 1024).signal(fromRaw: 512) == 1)
    }

    @Test func `no value from the wire can trap the scale`() {
        let scale = FixedPointScale(numerator: 1000, denominator: 3, offset: 5)
        #expect(scale.signal(fromRaw: .max) == .max)
        #expect(scale.signal(fromRaw: .min) == .min + 5)
        #expect(scale.raw(fromSignal: .min) == -27_670_116_110_564_327)
        // A product beyond 64 bits whose quotient fits is exact.
        let fine = FixedPointScale(numerator: 1_000_000, denominator: 1_000_001)
        #expect(fine.signal(fromRaw: 9_000_000_000_000) == 8_999_991_000_009)
        #expect(fine.signal(fromRaw: -9_000_000_000_000_000_000) == -8_999_991_000_008_999_991)
    }
}
