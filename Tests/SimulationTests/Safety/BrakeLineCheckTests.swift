import Testing
import Units

@testable import Simulation

struct BrakeLineCheckTests {
    private func at(_ seconds: Int64) -> Instant { .start + .seconds(seconds) }

    @Test func `a line that is pulled without an overload is told`() {
        var check = BrakeLineCheck(trayCount: 2)
        #expect(check.judge(pulled: 0, isOverloaded: true, mustLetGo: false, at: at(0)) == nil)
        #expect(check.judge(pulled: 2, isOverloaded: false, mustLetGo: false, at: at(10)) == nil)
        #expect(check.judge(pulled: 0, isOverloaded: false, mustLetGo: false, at: at(11)) == nil)
        #expect(check.judge(pulled: 2, isOverloaded: false, mustLetGo: false, at: at(12)) != nil)
    }

    @Test func `a line that is held although caps fit and reach every tray is told, a while later`() {
        var check = BrakeLineCheck(trayCount: 2)
        #expect(check.judge(pulled: 2, isOverloaded: true, mustLetGo: false, at: at(0)) == nil)
        #expect(check.judge(pulled: 2, isOverloaded: false, mustLetGo: true, at: at(5)) == nil)
        #expect(check.judge(pulled: 1, isOverloaded: false, mustLetGo: true, at: at(17)) == nil)
        #expect(check.judge(pulled: 1, isOverloaded: false, mustLetGo: true, at: at(18)) != nil)
    }

    @Test func `what cannot be capped may stay braked`() {
        var check = BrakeLineCheck(trayCount: 2)
        for time in 0..<100 as Range<Int64> {
            #expect(check.judge(pulled: 2, isOverloaded: time == 0, mustLetGo: false, at: at(time)) == nil)
        }
    }
}
