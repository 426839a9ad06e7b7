import Plant
import Scenario
import Testing
import Units

@testable import Simulation

/// Each rule of safety is shown what breaks it, and what does not: a check that cannot fail is none.
struct SafetyCheckTests {
    private func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

    private static let shelf = ShelfConfiguration(
        name: "shelf-1", feed: 0, supplyCount: 1,
        supply: SupplyConfiguration(
            ratedPower: 1000, peakPower: 1600, peakTime: 1, efficiency: [CurvePoint(x: 1, y: 0.97)],
            noLoadVoltage: 51, droop: 0.5, holdUpEnergy: 20, shareTolerance: 0.05))

    private var plant: PlantConfiguration {
        let breaker = BreakerConfiguration(
            ratedCurrent: 40, curve: .veryInverse(timeMultiplier: 1), tolerance: 0.2, magneticMultiple: 7,
            coolingTime: 300)
        let feed = FeedConfiguration(name: "feed-a", lineVoltage: 415, powerFactor: 0.99, breaker: breaker)
        return PlantConfiguration(
            feeds: [feed], shelves: [Self.shelf], trays: [], inletTemperature: 25, coolantTemperature: 25)
    }

    @Test func `a feed may carry twice its rating for as long as the fast edge of its curve allows, and no longer`() {
        // 13.5 s / (2 - 1), and four fifths of it at the fast edge: 10.8 s.
        var check = CurveCheck(plant, step: 0.001)
        for _ in 0..<10_799 { #expect(check.carry(80, feed: 0, name: "feed-a") == nil) }
        var found: String?
        for _ in 0..<2 { found = check.carry(80, feed: 0, name: "feed-a") ?? found }
        #expect(found != nil)
        #expect(check.tripHeat >= 1)
    }

    @Test func `a short circuit is told within the magnetic trip's time`() {
        var check = CurveCheck(plant, step: 0.001)
        let found = (0..<12).compactMap { _ in check.carry(300, feed: 0, name: "feed-a") }
        #expect(!found.isEmpty)
    }

    @Test func `a supply at peak power breaks its rule after its peak time`() {
        var check = CurveCheck(plant, step: 0.001)
        for _ in 0..<1000 { #expect(check.age { _, _ in 1600 } == nil) }
        var found = false
        for _ in 0..<4 { if check.age(power: { _, _ in 1600 }) != nil { found = true } }
        #expect(found)
        #expect(check.isLoaded(0, working: 1000))
    }

    private func tray(_ cap: Int64, fallback: Int64 = 1000, isInReach: Bool = true) -> CapsFitCheck.Tray {
        .init(cap: .watts(cap), fallback: .watts(fallback), floor: .watts(500), isInReach: isInReach)
    }

    @Test func `caps and fallback caps above what the next failure leaves are told, a while after the change`() {
        var check = CapsFitCheck(judgedFrom: .start)
        check.noteChange(at: at(0))
        #expect(
            check.judge([tray(2000), tray(2000)], remaining: .watts(3000), lasting: .watts(3000), at: at(2999)) == nil)
        #expect(
            check.judge([tray(1500), tray(1500)], remaining: .watts(3000), lasting: .watts(3000), at: at(3000)) == nil)
        #expect(
            check.judge([tray(2000), tray(2000)], remaining: .watts(3000), lasting: .watts(3000), at: at(3000)) != nil)
        let lazy = [tray(1000, fallback: 2000), tray(1000, fallback: 2000)]
        #expect(check.judge(lazy, remaining: .watts(3000), lasting: .watts(3000), at: at(3000)) != nil)
        #expect(check.leastRoom < 0)
        // For a while the caps may add up to more than for ever, and what devices fall back to may not.
        #expect(
            check.judge([tray(2000), tray(2000)], remaining: .watts(4000), lasting: .watts(3000), at: at(3000)) == nil)
        #expect(check.judge(lazy, remaining: .watts(4000), lasting: .watts(3000), at: at(3000)) != nil)
    }

    @Test func `after the failure that is promised supplies and breakers bear more for a while than for ever`() {
        // One supply of 1 kW behind 40 A: nothing is spare.
        let none = SourcePromise(plant, .none)
        #expect(none.allowed(working: [1]) == .watts(1000))
        #expect(none.bearable(working: [1], for: 5) == .watts(1000))
        #expect(SourcePromise(plant, .oneSpare).bearable(working: [1], for: 5) == .zero)
        var three = plant
        three.shelves[0].supplyCount = 3
        let spare = SourcePromise(three, .oneSpare)
        #expect(spare.allowed(working: [3]) == .watts(2000))
        // Half of 600 W for a second, over five: 60 W for each of the two that are left.
        #expect(spare.bearable(working: [3], for: 5) == .watts(2120))
        #expect(spare.bearable(working: [3], for: 0.1) == .watts(3000))
    }

    @Test func `what a tray out of reach holds is owed by the others only down to their floors`() {
        var check = CapsFitCheck(judgedFrom: .start)
        let cut = tray(2800, isInReach: false)
        #expect(check.judge([cut, tray(500)], remaining: .watts(3000), lasting: .watts(3000), at: at(5000)) == nil)
        #expect(check.judge([cut, tray(600)], remaining: .watts(3000), lasting: .watts(3000), at: at(5000)) != nil)
    }

    @Test func `a cap below the floor, above the ceiling, or for long above its request is told`() {
        func judge(_ applied: Int64, asked: Int64?, after milliseconds: Int64) -> String? {
            var check = CapsAskedCheck(trayCount: 1, judgedFrom: .start)
            return check.judge(
                tray: 0, name: "tray-1", applied: .watts(applied), asked: asked.map { .watts($0) }, floor: .watts(500),
                ceiling: .watts(3000), at: at(milliseconds))
        }
        #expect(judge(1000, asked: 1000, after: 5000) == nil)
        #expect(judge(400, asked: 400, after: 5000) != nil)
        #expect(judge(3100, asked: nil, after: 5000) != nil)
        #expect(judge(1500, asked: 1000, after: 2000) == nil)
        #expect(judge(1500, asked: 1000, after: 2001) != nil)
        #expect(judge(1500, asked: nil, after: 5000) == nil)
    }

    @Test func `a budget that counts on supplies which nobody has read is told`() {
        var check = FreshnessCheck(trayCount: 1, judgedFrom: .start)
        #expect(check.judge(budget: .watts(2000), known: .watts(2000), at: at(1000)) == nil)
        #expect(check.judge(budget: .watts(2000), known: .watts(1000), at: at(1500)) == nil)
        #expect(check.judge(budget: .watts(2000), known: .watts(1000), at: at(1501)) != nil)
    }

    @Test func `a cap that is raised for a tray whose power is old is told`() {
        var check = FreshnessCheck(trayCount: 1, judgedFrom: .start)
        func write(_ watts: Int64, readAt: Int64, at now: Int64) -> String? {
            check.capWritten(.watts(watts), tray: 0, name: "tray-1", readAt: at(readAt), at: at(now))
        }
        #expect(write(1000, readAt: 0, at: 5000) == nil)
        #expect(write(900, readAt: 0, at: 6000) == nil)
        #expect(write(1000, readAt: 5000, at: 7000) == nil)
        #expect(write(1100, readAt: 5000, at: 7001) != nil)
    }

    @Test func `caps that rise faster than the slew are told`() {
        var slow = SlewCheck(slew: .watts(100), count: 8, movesCaps: false)
        for second in 0..<Int64(30) {
            for _ in 0..<10 { #expect(slow.judge(.watts(10_000 + 100 * second), limit: .watts(20_000)) == nil) }
        }
        for movesCaps in [false, true] {
            var fast = SlewCheck(slew: .watts(100), count: 8, movesCaps: movesCaps)
            #expect(fast.judge(.watts(10_000), limit: .watts(20_000)) == nil)
            #expect(fast.judge(.watts(10_809), limit: .watts(20_000)) != nil)
        }
    }

    @Test func `a sum that dips while caps pass from tray to tray has not risen when it is back`() {
        func isTold(movesCaps: Bool, budgetFalls: Bool) -> Bool {
            var check = SlewCheck(slew: .watts(100), count: 8, movesCaps: movesCaps)
            _ = check.judge(.watts(20_000), limit: .watts(20_000))
            _ = check.judge(.watts(18_000), limit: budgetFalls ? .watts(18_000) : .watts(20_000))
            return check.judge(.watts(20_000), limit: .watts(20_000)) != nil
        }
        #expect(!isTold(movesCaps: true, budgetFalls: false))
        #expect(isTold(movesCaps: true, budgetFalls: true))
        #expect(isTold(movesCaps: false, budgetFalls: false))
    }

    @Test func `who is written to before it was identified, or given up too soon, is told`() {
        var check = LifeCheck(deviceCount: 1, retries: 2)
        #expect(check.written(to: 0, path: "tray-1/bmc") != nil)
        check.identified(0)
        #expect(check.written(to: 0, path: "tray-1/bmc") == nil)
        #expect(check.judge(0, path: "tray-1/bmc", isGivenUp: true, failures: 3) == nil)
        // Given up and found again: it must say again who it is.
        #expect(check.written(to: 0, path: "tray-1/bmc") != nil)
        #expect(check.judge(0, path: "tray-1/bmc", isGivenUp: false, failures: 0) == nil)
        #expect(check.judge(0, path: "tray-1/bmc", isGivenUp: true, failures: 2) != nil)
    }

    @Test func `a device online without the watchdog that is due, or that lost it, is told`() {
        func judge(_ timeout: Int64, isOnline: Bool, after earlier: Int64? = nil) -> String? {
            var check = WatchdogKeeping(deviceCount: 1)
            func once(_ timeout: Int64, _ isOnline: Bool) -> String? {
                check.judge(
                    0, path: "tray-1/bmc", timeout: .milliseconds(timeout), longest: .seconds(2), isOnline: isOnline)
            }
            if let earlier { #expect(once(earlier, true) == nil) }
            return once(timeout, isOnline)
        }
        #expect(judge(2000, isOnline: true) == nil)
        #expect(judge(0, isOnline: false) == nil)
        #expect(judge(0, isOnline: true) != nil)
        #expect(judge(5000, isOnline: true) != nil)
        #expect(judge(0, isOnline: false, after: 2000) != nil)
    }

    @Test func `a BMC that keeps its cap though nobody writes to it any more is told`() {
        func judge(silence: Int64, applied: Int64) -> String? {
            WatchdogKeeping(deviceCount: 1).judgeFallback(
                path: "tray-1/bmc", silence: .milliseconds(silence), timeout: .seconds(2), applied: .watts(applied),
                fallback: .watts(1000))
        }
        #expect(judge(silence: 2300, applied: 2000) == nil)
        #expect(judge(silence: 2301, applied: 1000) == nil)
        #expect(judge(silence: 2301, applied: 2000) != nil)
    }

    @Test func `a brake that is held without a cause is told`() {
        var check = BrakeCheck(trayCount: 1)
        func judge(_ isBraking: Bool, mayHold: Bool = false, at now: Int64) -> String? {
            check.judge(tray: 0, name: "tray-1", isBraking: isBraking, mayHold: mayHold, at: at(now))
        }
        #expect(judge(true, at: 1000) == nil)
        #expect(judge(true, mayHold: true, at: 5000) == nil)
        #expect(judge(true, at: 6000) == nil)
        #expect(judge(true, at: 6001) != nil)
        #expect(judge(false, at: 7000) == nil)
    }
}
