import DeviceFirmware
import RegisterMaps
import Testing
import Units

/// What all devices keep of their starts and of who commands them.
@Suite struct LifetimeTests {
    @Test func `a restart begins the lifetime anew and delays answer and sample by the boot time`() {
        var lifetime = DeviceLifetime(samplePeriod: .milliseconds(10), runningSince: at(5))
        #expect(lifetime.readyAt == at(5) && lifetime.nextSample == at(5))
        lifetime.restart(at: at(100), bootTime: .milliseconds(30))
        #expect(lifetime.startedAt == at(100) && lifetime.uptime == .zero)
        #expect(lifetime.readyAt == at(130) && lifetime.nextSample == at(130))
        #expect(lifetime.restartCount == 1 && lifetime.overrunCount == 0)
    }

    @Test func `a watchdog time preset before the run begins at the start`() {
        var fans = FanController(FanControllerConfiguration(), runningSince: at(1000))
        #expect(fans.preset(FanControllerSignal.watchdogTimeout.identifier, to: 500) == .accepted)
        let image = FanControllerImage(fanSpeeds: InlineArray(repeating: .rpm(16_000)))
        fans.run(to: at(1400), image)
        #expect(fans.read(.watchdogRemaining) == 100)
        fans.run(to: at(1500), image)
        #expect(fans.status == FanControllerStatus.commsWatchdog.union(.failsafe).union(.latchedFault))
    }

    @Test func `a watchdog time written begins with the write`() {
        var fans = FanController(FanControllerConfiguration())
        let image = FanControllerImage(fanSpeeds: InlineArray(repeating: .rpm(16_000)))
        fans.run(to: at(300), image)
        fans.write(.watchdogTimeout, 500, at: at(350))
        fans.run(to: at(800), image)
        #expect(!fans.status.contains(.failsafe))
        fans.run(to: at(900), image)
        #expect(fans.status.contains(.failsafe))
    }
}
