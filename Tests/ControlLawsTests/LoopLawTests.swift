import ControlLaws
import Testing
import Units

@Suite struct LoopLawTests {
    private let law = PIDLaw(
        proportional: 20_000, integral: 1000, derivative: 0, lowest: .percent(20), highest: .whole,
        slew: SlewLimit(risePerSecond: .percent(20), fallPerSecond: .percent(2)))

    @Test func `three bands cut above, hold between and give below`() {
        let bands = ThreeBandLaw.typical
        #expect(bands.band(power: .watts(9901), budget: .watts(10_000)) == .lower)
        #expect(bands.band(power: .watts(9900), budget: .watts(10_000)) == .hold)
        #expect(bands.band(power: .watts(9000), budget: .watts(10_000)) == .hold)
        #expect(bands.band(power: .watts(8999), budget: .watts(10_000)) == .raise)
        let order = bands.order(PowerSituation(power: .watts(10_200), budget: .watts(10_000)))
        #expect(order.band == .lower)
        #expect(order.target == .watts(9500))
    }

    @Test func `with one spare supply the budget is one rating short, and never below nothing`() {
        #expect(SupplyRedundancy.oneSpare.capacity(workingSupplies: 6, rating: .watts(5500)) == .watts(27_500))
        #expect(SupplyRedundancy.none.capacity(workingSupplies: 6, rating: .watts(5500)) == .watts(33_000))
        #expect(SupplyRedundancy.oneSpare.capacity(workingSupplies: 0, rating: .watts(5500)) == .zero)
    }

    @Test func `a hot tray drives the duty up no faster than its slew`() {
        var state = PIDState()
        state = law.next(after: state, input: .degrees(70), setpoint: .degrees(70), elapsed: .seconds(1))
        #expect(state.output == .percent(20))
        state = law.next(after: state, input: .degrees(110), setpoint: .degrees(70), elapsed: .seconds(1))
        #expect(state.output == .percent(40))
        for _ in 0..<3 {
            state = law.next(after: state, input: .degrees(130), setpoint: .degrees(70), elapsed: .seconds(1))
        }
        #expect(state.output == .whole)
    }

    @Test func `the integral removes what the proportional part leaves`() {
        var state = PIDState()
        for _ in 0..<200 {
            state = law.next(after: state, input: .degrees(72), setpoint: .degrees(70), elapsed: .seconds(1))
        }
        #expect(state.output > .percent(35))
    }

    @Test func `a long time in saturation does not wind the integral up`() {
        var state = PIDState()
        for _ in 0..<1000 {
            state = law.next(after: state, input: .degrees(150), setpoint: .degrees(70), elapsed: .seconds(1))
        }
        #expect(state.output == .whole)
        let before = state.output
        state = law.next(after: state, input: .degrees(60), setpoint: .degrees(70), elapsed: .seconds(1))
        #expect(state.output == before - .percent(2))
        for _ in 0..<40 {
            state = law.next(after: state, input: .degrees(60), setpoint: .degrees(70), elapsed: .seconds(1))
        }
        #expect(state.output == .percent(20))
    }

    @Test func `the way back from failsafe has no bump`() {
        let resumed = law.resumed(at: .percent(75), input: .degrees(66), setpoint: .degrees(70))
        let next = law.next(after: resumed, input: .degrees(66), setpoint: .degrees(70), elapsed: .milliseconds(0))
        #expect(next.output == .percent(75))
    }

    @Test func `hysteresis keeps its position between the thresholds`() {
        let level = Hysteresis(risesAt: Voltage.volts(46), fallsBelow: Voltage.volts(44))
        #expect(!level.isOn(.volts(45), was: false))
        #expect(level.isOn(.volts(46), was: false))
        #expect(level.isOn(.volts(45), was: true))
        #expect(!level.isOn(.millivolts(43_999), was: true))
    }

    @Test func `a peak detector rises at once and forgets slowly`() {
        let memory = PeakHold(timeConstant: .seconds(5))
        #expect(memory.next(after: .watts(1000), input: .watts(3000), elapsed: .milliseconds(100)) == .watts(3000))
        #expect(memory.next(after: .watts(3000), input: .watts(1000), elapsed: .milliseconds(100)) == .watts(2960))
        #expect(memory.next(after: .watts(3000), input: .watts(1000), elapsed: .seconds(6)) == .watts(1000))
    }
}
