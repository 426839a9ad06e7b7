import Testing
import Units

@Suite struct QuantityTests {
    @Test func `scaling by per mille rounds toward zero`() {
        #expect(Power.watts(3).scaled(by: .perMille(333)) == .milliwatts(999))
        #expect(Power.milliwatts(-7).scaled(by: .percent(50)) == .milliwatts(-3))
    }

    @Test func `an instant and an interval add up`() {
        let later = Instant.start + .milliseconds(1500)
        #expect(later.milliseconds == 1500)
        #expect(later - .start == .seconds(1) + .milliseconds(500))
    }

    @Test func `clamping keeps both ends`() {
        let range = Voltage.volts(46)...Voltage.volts(52)
        #expect(Voltage.volts(45).clamped(to: range) == .volts(46))
        #expect(Voltage.volts(53).clamped(to: range) == .volts(52))
        #expect(Voltage.volts(48).clamped(to: range) == .volts(48))
    }
}
