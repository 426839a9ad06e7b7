import Scenario
import Testing
import Units

@testable import Simulation

/// A rack whose trouble is over at 1 s and that has two seconds to be well again.
struct ConvergenceTests {
    private static let well = ConvergenceCheck.State(
        absent: nil, braked: nil, power: .watts(900), limit: .watts(1000), budget: .watts(1000),
        owedBudget: .watts(1000),
        caps: .watts(950), done: 0, wanted: 0)

    /// What is found at the last of the samples, ten a second from the start to `end` seconds.
    private func verdict(
        until end: Int, work: Double = 1, ramp: Power? = nil, rise: Power = .zero,
        _ change: (inout ConvergenceCheck.State) -> Void
    ) -> String? {
        var check = ConvergenceCheck(
            SafetySettings(healedBy: .start + .seconds(1), settlesWithin: .seconds(2)), ramp: ramp)
        var found: String?
        for sample in 0...(end * 10) {
            var state = Self.well
            change(&state)
            state.caps += rise * Int64(sample) / 10
            state.wanted = Double(sample)
            state.done = Double(sample) * work
            found = check.judge(state, at: .start + .milliseconds(Int64(sample) * 100)) ?? found
        }
        return found
    }

    @Test func `a rack that is well has converged at once`() {
        var check = ConvergenceCheck(SafetySettings(healedBy: .start, settlesWithin: .zero))
        #expect(check.judge(Self.well, at: .start) == nil)
        #expect(check.settle == .zero)
        #expect(verdict(until: 5) { _ in } == nil)
    }

    @Test func `trouble is not told before the rack must have settled`() {
        #expect(verdict(until: 2) { $0.absent = "tray-1/bmc" } == nil)
        #expect(verdict(until: 3) { $0.absent = "tray-1/bmc" } != nil)
    }

    @Test func `a brake, a budget too small or too great, and power above it are told`() {
        #expect(verdict(until: 3) { $0.braked = "tray-1" } != nil)
        #expect(verdict(until: 3) { $0.owedBudget = .watts(1200) } != nil)
        #expect(verdict(until: 3) { $0.owedBudget = .watts(800) } != nil)
        #expect(verdict(until: 3) { $0.power = .watts(1001) } != nil)
    }

    @Test func `work that stays lost at low caps is told, and none at high ones`() {
        #expect(verdict(until: 3, work: 0.5) { ($0.caps, $0.power) = (.watts(700), .watts(700)) } != nil)
        #expect(verdict(until: 3, work: 0.5) { ($0.caps, $0.power) = (.watts(900), .watts(700)) } == nil)
        // A law that limits the rise owes caps that keep rising, and no more.
        let slow = Power.watts(20)
        #expect(
            verdict(until: 8, work: 0.5, ramp: slow, rise: slow / 2) {
                ($0.caps, $0.power) = (.watts(600), .watts(600))
            } == nil)
        #expect(verdict(until: 8, work: 0.5, ramp: slow) { ($0.caps, $0.power) = (.watts(600), .watts(600)) } != nil)
        #expect(verdict(until: 3, work: 1) { ($0.caps, $0.power) = (.watts(700), .watts(700)) } == nil)
    }
}
