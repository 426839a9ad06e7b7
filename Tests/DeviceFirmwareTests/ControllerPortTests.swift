import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct ControllerPortTests {
    private var port = ControllerPort(
        ControllerPortConfiguration(leastBudget: .watts(20_000), greatestBudget: .watts(33_000)))

    private func read(_ signal: RackControllerSignal, member: UInt8 = 0) -> Int64 {
        port.value(of: signal.identifier(member: member))
    }

    @Test func `a budget in range is handed over with the next step, once, and read back at once`() {
        var port = port
        let budget = RackControllerSignal.budget.identifier
        #expect(port.verdict(onWriting: budget, value: 25_000_000) == .accepted)
        port.write(budget, value: 25_000_000, at: .start)
        #expect(port.value(of: budget) == 25_000_000)
        var image = ControllerPortImage()
        image.budget = .watts(33_000)
        #expect(port.step(at: .start, sampling: image).budget == .watts(25_000))
        #expect(port.value(of: budget) == 25_000_000)
        #expect(port.step(at: .start + .milliseconds(100), sampling: image).budget == nil)
        #expect(port.value(of: RackControllerSignal.budgetsTaken.identifier) == 1)
    }

    @Test func `a budget below the floors or above the supplies is an illegal value, and so is nothing else writable`()
    {
        for watts in [0, 19_999, 33_001, 65_535] as [Int64] {
            let verdict = port.verdict(onWriting: RackControllerSignal.budget.identifier, value: watts * 1000)
            #expect(verdict == .illegalValue)
        }
        for signal in RackControllerSignal.allCases where signal != .budget {
            #expect(port.verdict(onWriting: signal.identifier, value: 1) == .protected)
        }
    }

    @Test func `what the controller knows is shown as of the last step`() {
        var port = port
        var image = ControllerPortImage()
        image.effectiveBudget = .watts(22_000)
        image.power = .watts(22_500)
        image.trayCaps[7] = .watts(3000)
        _ = port.step(at: .start, sampling: image)
        #expect(port.value(of: RackControllerSignal.headroom.identifier) == -500_000)
        #expect(port.value(of: RackControllerSignal.trayCap.identifier(member: 7)) == 3_000_000)
        #expect(port.value(of: RackControllerSignal.trayCap.identifier(member: 32)) == 0)
    }

    @Test func `after a restart it is silent while it boots, and has forgotten what was not fetched`() {
        var port = port
        port.write(RackControllerSignal.budget.identifier, value: 25_000_000, at: .start)
        port.restart(at: .start)
        #expect(!port.isReady(at: .start + .seconds(19)))
        #expect(port.isReady(at: .start + .seconds(20)))
        #expect(port.step(at: .start + .seconds(20), sampling: ControllerPortImage()).budget == nil)
    }
}
