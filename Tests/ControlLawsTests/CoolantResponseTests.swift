import ControlLaws
import Testing
import Units

@Suite struct CoolantResponseTests {
    private func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

    @Test func `a wet rope switches its tray off after the patience, then shuts its branch`() {
        var leak = TrayLeakResponse()
        #expect(leak.step(isWet: true, isOff: false, at: at(0)) == .nothing)
        #expect(leak.step(isWet: true, isOff: false, at: at(1400)) == .nothing)
        #expect(!leak.holdsOff)
        #expect(leak.step(isWet: true, isOff: false, at: at(1500)) == .switchOff)
        #expect(leak.holdsOff)
        #expect(leak.step(isWet: true, isOff: false, at: at(2000)) == .nothing)
        #expect(leak.step(isWet: true, isOff: true, at: at(2100)) == .shutBranch)
        #expect(leak.step(isWet: false, isOff: false, at: at(9000)) == .nothing)
        #expect(leak.state == .isolated)
    }

    @Test func `a BMC that does not switch off keeps the branch open no longer than the grace`() {
        var leak = TrayLeakResponse()
        _ = leak.step(isWet: true, isOff: false, at: at(0))
        _ = leak.step(isWet: true, isOff: false, at: at(1500))
        #expect(leak.step(isWet: nil, isOff: false, at: at(6400)) == .nothing)
        #expect(leak.step(isWet: nil, isOff: false, at: at(6500)) == .shutBranch)
    }

    @Test func `a rope that dries in time, and a sensor that is silent, change nothing`() {
        var leak = TrayLeakResponse()
        _ = leak.step(isWet: true, isOff: false, at: at(0))
        #expect(leak.step(isWet: false, isOff: false, at: at(1000)) == .nothing)
        #expect(leak.state == .dry)
        for time in Int64(2)..<20 { #expect(leak.step(isWet: nil, isOff: false, at: at(time * 1000)) == .nothing) }
        #expect(leak.state == .dry)
    }

    @Test func `a level that stays low loses the coolant, once`() {
        var coolant = CoolantResponse()
        #expect(coolant.step(level: .percent(20), isReady: true, at: at(0)) == nil)
        #expect(coolant.step(level: .percent(19), isReady: true, at: at(100)) == nil)
        #expect(coolant.step(level: .percent(19), isReady: true, at: at(2000)) == nil)
        #expect(coolant.step(level: .percent(18), isReady: true, at: at(2100)) == .level)
        #expect(coolant.step(level: .percent(18), isReady: true, at: at(2200)) == nil)
        #expect(coolant.step(level: .whole, isReady: true, at: at(9000)) == nil)
        #expect(coolant.isLost)
    }

    @Test func `a unit that is not ready loses it, a unit that is silent does not`() {
        var coolant = CoolantResponse()
        _ = coolant.step(level: nil, isReady: false, at: at(0))
        #expect(coolant.step(level: nil, isReady: false, at: at(2000)) == .flow)
        var silent = CoolantResponse()
        for time in Int64(0)..<20 { #expect(silent.step(level: nil, isReady: nil, at: at(time * 1000)) == nil) }
        #expect(silent.state == .sound)
    }

    @Test func `a short interruption is none`() {
        var coolant = CoolantResponse()
        for time in Int64(0)..<20 {
            _ = coolant.step(level: .whole, isReady: false, at: at(time * 3000))
            #expect(coolant.step(level: .whole, isReady: true, at: at(time * 3000 + 1900)) == nil)
        }
        #expect(!coolant.isLost)
    }
}
