import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct FanControllerTests {
    func image(rpm: Int64 = 16_000, degrees: Int64 = 40) -> FanControllerImage {
        FanControllerImage(fanSpeeds: InlineArray(repeating: .rpm(rpm)), boardTemperature: .degrees(degrees))
    }

    /// Watchdog off; six fans of 16 000 rpm; duty 50 % at start.
    func controller(_ change: (inout FanControllerConfiguration) -> Void = { _ in }) -> FanController {
        var configuration = FanControllerConfiguration()
        configuration.settings.watchdogTimeout = .zero
        change(&configuration)
        return FanController(configuration)
    }

    @Test func `the duty rises at once and falls at its pace`() {
        var fans = controller()
        #expect(fans.run(to: at(0), image()).duty == .perMille(500))
        fans.write(.dutyCommand, 800, at: at(0))
        #expect(fans.run(to: at(100), image()).duty == .perMille(800))
        fans.write(.dutyCommand, 300, at: at(100))
        #expect(fans.run(to: at(200), image()).duty == .perMille(780))
        #expect(fans.run(to: at(3000), image()).duty == .perMille(300))
        #expect(fans.read(.dutyCommand) == 300)
        #expect(fans.read(.dutyApplied) == 300)
    }

    @Test func `a rise can be slewed as well`() {
        var fans = controller { $0.rise = .perMille(500) }
        fans.run(to: at(0), image())
        fans.write(.dutyCommand, 1000, at: at(0))
        #expect(fans.run(to: at(100), image()).duty == .perMille(550))
    }

    @Test func `the minimum duty is never undercut`() {
        var fans = controller { $0.fall = .zero }
        fans.write(.dutyCommand, 0, at: at(0))
        #expect(fans.run(to: at(0), image()).duty == .perMille(200))
    }

    @Test func `tachometers come in steps and give the power`() {
        var fans = controller { $0.fanCount = 2 }
        var image = image(rpm: 7_990)
        image.fanSpeeds[1] = .zero
        fans.run(to: at(0), image)
        #expect(fans.read(.fanSpeed) == 7_980)
        #expect(fans.read(.fanSpeed, member: 1) == 0)
        #expect(fans.read(.fanSpeed, member: 2) == 0)
        #expect(fans.read(.fanCount) == 2)
        // 7980 of 16 000 rpm is 498 per mille: 2 W + 48 W * 0.498^3, and 2 W of the standing fan.
        #expect(fans.read(.power) == 2_000 + 5_928 + 2_000)
    }

    @Test func `a stalled fan drives the others to full duty and its bit sticks`() {
        var fans = controller()
        var dead = image()
        dead.fanSpeeds[2] = .rpm(3_990)
        #expect(fans.run(to: at(3000), dead).duty == .perMille(500))
        #expect(fans.read(.stalledFans) == 0)
        #expect(fans.run(to: at(3100), dead).duty == .whole)
        #expect(fans.read(.stalledFans) == 0b100)
        #expect(fans.status == FanControllerStatus.fanStalled.union(.latchedFault))
        // It turns again, at the speed that full duty wants.
        #expect(fans.run(to: at(3200), image()).duty == .perMille(980))
        #expect(fans.read(.stalledFans) == 0)
        #expect(fans.read(.latchedStalls) == 0b100)
        #expect(fans.faults == .fanStalled)
        fans.write(.latchedStalls, 0b100, at: at(3200))
        #expect(fans.read(.latchedStalls) == 0)
        fans.write(.latchedFaults, 1, at: at(3200))
        #expect(fans.faults.isEmpty)
    }

    @Test func `a fan that only spins up to a higher duty is not stalled`() {
        var fans = controller()
        fans.run(to: at(0), image(rpm: 4_020))
        fans.write(.dutyCommand, 1000, at: at(0))
        fans.run(to: at(3000), image(rpm: 4_020))
        fans.run(to: at(3100), image(rpm: 8_010))
        fans.run(to: at(9000), image(rpm: 8_010))
        #expect(fans.read(.latchedStalls) == 0)
    }

    @Test func `after the watchdog time the failsafe duty is driven until a duty is written`() {
        var fans = controller { $0.settings.watchdogTimeout = .milliseconds(500) }
        #expect(fans.run(to: at(400), image()).duty == .perMille(500))
        #expect(fans.read(.watchdogRemaining) == 100)
        #expect(fans.run(to: at(500), image()).duty == .perMille(750))
        #expect(fans.status == FanControllerStatus.commsWatchdog.union(.failsafe).union(.latchedFault))
        fans.write(.latchedFaults, 0xFFFF, at: at(500))
        #expect(fans.run(to: at(600), image()).duty == .perMille(750))
        #expect(fans.status == .failsafe)
        fans.write(.dutyCommand, 900, at: at(600))
        #expect(fans.run(to: at(700), image()).duty == .perMille(900))
        #expect(fans.status.isEmpty)
    }

    @Test func `the failsafe duty never lowers a higher command`() {
        var fans = controller {
            $0.settings.watchdogTimeout = .milliseconds(500)
            $0.settings.dutyCommand = .perMille(900)
        }
        #expect(fans.run(to: at(2000), image()).duty == .perMille(900))
    }

    @Test func `a hot board and a lost sensor want the failsafe duty`() {
        var fans = controller { $0.fall = .zero }
        #expect(fans.run(to: at(0), image(degrees: 65)).duty == .perMille(500))
        #expect(fans.run(to: at(100), image(degrees: 66)).duty == .perMille(750))
        #expect(fans.run(to: at(200), image(degrees: 62)).duty == .perMille(750))
        #expect(fans.run(to: at(300), image(degrees: 61)).duty == .perMille(500))
        #expect(fans.faults == .overTemperature)
        var lost = image()
        lost.isSensorPresent = false
        #expect(fans.run(to: at(400), lost).duty == .perMille(750))
        #expect(fans.status.contains(FanControllerStatus.sensorLost.union(.failsafe)))
    }

    @Test func `values out of range are refused`() {
        let fans = controller()
        #expect(fans.verdict(.dutyCommand, 1000) == .accepted)
        #expect(fans.verdict(.dutyCommand, 1001) == .illegalValue)
        #expect(fans.verdict(.dutyCommand, -1) == .illegalValue)
        #expect(fans.verdict(.overTemperatureThreshold, 125_001) == .illegalValue)
        #expect(fans.verdict(.fanSpeed, 1) == .protected)
        #expect(fans.verdict(onWriting: .none, value: 0) == .protected)
    }

    @Test func `a restart runs the fans at full duty, then failsafe until a duty is written`() {
        var fans = controller { $0.fall = .zero }
        fans.write(.failsafeDuty, 600, at: at(0))
        fans.write(.dutyCommand, 300, at: at(0))
        fans.run(to: at(0), image())
        fans.restart(at: at(50))
        let booting = fans.step(at: at(100), sampling: image())
        #expect(booting.duty == .whole)
        #expect(!fans.isReady(at: at(149)) && fans.isReady(at: at(150)))
        #expect(fans.run(to: at(150), image()).duty == .perMille(600))
        #expect(fans.faults == .restarted)
        #expect(fans.read(.dutyCommand) == 500)
        #expect(fans.read(.restartCount) == 1)
        fans.write(.dutyCommand, 300, at: at(150))
        #expect(fans.run(to: at(250), image()).duty == .perMille(300))
    }

    @Test func `late, early and repeated steps`() {
        var fans = controller()
        fans.run(to: at(0), image())
        fans.write(.dutyCommand, 1000, at: at(0))
        let early = fans.step(at: at(99), sampling: image())
        #expect(early.duty == .perMille(500))
        fans.write(.dutyCommand, 200, at: at(99))
        // One second late at 20 % per second: the fall makes up for the samples missed.
        let late = fans.step(at: at(1000), sampling: image())
        #expect(late.duty == .perMille(300))
        let again = fans.step(at: at(1000), sampling: image())
        #expect(again == late)
        #expect(fans.read(.overrunCount) == 1)
        #expect(fans.nextDeadline == at(1100))
    }
}
