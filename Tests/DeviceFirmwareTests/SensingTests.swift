import DeviceFirmware
import Testing
import Units

@Suite struct SensingTests {
    /// INA228 bus: 195.3125 uV per step.
    let bus = ConverterRange(step: ExactRatio(3125, 16), lowestCode: 0, highestCode: 524_287)

    @Test func `a converter rounds to the nearest step`() {
        let converter = AnalogueConverter(bus)
        #expect(converter.code(of: 48_000_000) == 245_760)
        #expect(converter.code(of: 48_000_097) == 245_760)
        #expect(converter.code(of: 48_000_098) == 245_761)
        #expect(converter.code(of: 0) == 0)
    }

    @Test func `every step of the bus converter is reached from its own voltage`() {
        let converter = AnalogueConverter(bus)
        for code in stride(from: Int64(0), through: 524_287, by: 101) {
            // The whole microvolt nearest to the middle of the step.
            #expect(converter.code(of: (code * 3125 + 8) / 16) == code)
        }
    }

    @Test func `a converter saturates at both ends however far the input is beyond`() {
        let positive = AnalogueConverter(bus)
        #expect(positive.code(of: 200_000_000) == 524_287)
        #expect(positive.code(of: .max) == 524_287)
        #expect(positive.code(of: -5_000_000) == 0)
        #expect(positive.isSaturated(524_287))
        #expect(!positive.isSaturated(0))
        let signed = AnalogueConverter(.signed(bits: 20, step: ExactRatio(625, 1)))
        #expect(signed.code(of: .min) == -524_288)
        #expect(signed.isSaturated(-524_288))
        #expect(signed.code(of: -625_000) == -1000)
    }

    @Test func `gain error scales and offset error shifts`() {
        let high = AnalogueConverter(bus, error: ConverterError(gainPerMillion: 500, offsetSteps: 3))
        // 245 760 * 1.0005 = 245 882.88
        #expect(high.code(of: 48_000_000) == 245_883 + 3)
        let low = AnalogueConverter(bus, error: ConverterError(gainPerMillion: -500, offsetSteps: -3))
        #expect(low.code(of: 48_000_000) == 245_637 - 3)
        #expect(low.code(of: .max) == 524_287)
    }

    @Test func `the reading of a single conversion rounds half upward`() {
        var channel = AveragedChannel(.unsigned(bits: 16, step: ExactRatio(15_625, 16)))
        // 50 V is 51 200 steps of 1/1024 V; one more is 976.5625 uV more.
        channel.take(50_000_000)
        #expect(channel.now == 50_000)
        channel.take(50_000_977)
        #expect(channel.now == 50_001)
    }

    @Test func `a ratio is kept in lowest terms`() {
        #expect(ExactRatio(312_500, 500) == ExactRatio(625, 1))
        #expect(ExactRatio(3, 4) * ExactRatio(2, 9) == ExactRatio(1, 6))
        #expect(ExactRatio(1, 2).rounded(3) == 2)
        #expect(ExactRatio(1, 2).rounded(-3) == -2)
    }

    @Test func `a schedule keeps its grid when a sample comes late`() {
        var schedule = SampleSchedule(period: .milliseconds(10), first: at(0))
        #expect(schedule.advance(past: at(0)) == 1)
        #expect(schedule.advance(past: at(17)) == 1)
        #expect(schedule.due == at(20))
        #expect(schedule.overrunCount == 0)
        #expect(schedule.advance(past: at(55)) == 4)
        #expect(schedule.due == at(60))
        #expect(schedule.overrunCount == 1)
        #expect(schedule.advance(past: at(70)) == 2)
        #expect(schedule.due == at(80))
        #expect(schedule.overrunCount == 2)
    }

    /// A rack's first step is the end of its first millisecond, and no monitor has missed anything then.
    @Test func `a late first sample has missed none`() {
        var schedule = SampleSchedule(period: .milliseconds(1), first: at(0))
        #expect(schedule.advance(past: at(1)) == 1)
        #expect(schedule.due == at(2) && schedule.overrunCount == 0)
        #expect(schedule.advance(past: at(2)) == 1)
        #expect(schedule.advance(past: at(4)) == 2)
        #expect(schedule.overrunCount == 1)

        var silent = SampleSchedule(period: .milliseconds(1), first: at(0))
        #expect(silent.advance(past: at(5)) == 5)
        #expect(silent.due == at(6) && silent.overrunCount == 1)
    }

    @Test func `extremes are zero before the first value`() {
        var extremes = Extremes()
        #expect(extremes.lowest == 0 && extremes.highest == 0)
        extremes.take(-5)
        extremes.take(7)
        #expect(extremes.lowest == -5 && extremes.highest == 7)
    }
}
