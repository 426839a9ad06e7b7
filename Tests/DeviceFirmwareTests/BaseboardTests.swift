import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct BaseboardTests {
    func image(tray watts: Int64, host: Int64 = 500) -> BaseboardImage {
        var image = BaseboardImage()
        image.trayPower = .watts(watts)
        image.hostPower = .watts(host)
        // 285 W for the fans; the eight accelerators take what is left.
        image.acceleratorPowers = InlineArray(repeating: .milliwatts(max(watts - host - 285, 0) * 1000 / 8))
        return image
    }

    /// Watchdog off; eight accelerators of 200 W to 400 W; 15 W for what the fans may add before the next sample.
    func baseboard(_ change: (inout BaseboardConfiguration) -> Void = { _ in }) -> Baseboard {
        var configuration = BaseboardConfiguration()
        configuration.settings.watchdogTimeout = .zero
        change(&configuration)
        return Baseboard(configuration)
    }

    @Test func `the power reading is the average of a sampling period`() {
        var board = baseboard { $0.settings.samplingPeriod = .milliseconds(400) }
        for (sample, watts) in [1000, 2000, 3000].enumerated() {
            _ = board.step(at: at(Int64(sample) * 100), sampling: image(tray: Int64(watts)))
        }
        // The first period is not over: the average so far.
        #expect(board.read(.power) == 2_000_000)
        #expect(board.read(.powerMaximum) == 0)
        _ = board.step(at: at(300), sampling: image(tray: 4001))
        #expect(board.read(.power) == 2_500_250)
        board.run(to: at(700), image(tray: 1000))
        #expect(board.read(.power) == 1_000_000)
        #expect(board.read(.powerMinimum) == 1_000_000)
        #expect(board.read(.powerMaximum) == 2_500_250)
        #expect(board.read(.powerAverage) == 1_750_125)
        board.write(.samplingPeriod, 100, at: at(700))
        #expect(board.read(.powerMaximum) == 0)
        _ = board.step(at: at(800), sampling: image(tray: 1500))
        #expect(board.read(.power) == 1_500_000)
        #expect(board.read(.powerMaximum) == 1_500_000)
    }

    @Test func `power is read in whole watts with the sensor's own error`() {
        var configuration = BaseboardConfiguration()
        configuration.settings.samplingPeriod = .milliseconds(100)
        var calibration = BaseboardCalibration()
        calibration.trayPower = ConverterError(gainPerMillion: 10_000, offsetSteps: -2)
        var board = Baseboard(configuration, calibration: calibration)
        var image = image(tray: 1000)
        image.trayPower = .milliwatts(1_000_600)
        _ = board.step(at: at(0), sampling: image)
        #expect(board.read(.power) == 1_009_000)
    }

    @Test func `an active limit is shared out equally in the next step`() {
        var board = baseboard()
        #expect(board.run(to: at(0), image(tray: 3000)).acceleratorLimit == .watts(400))
        board.write(.powerLimit, 3_000_000, at: at(50))
        board.write(.limitActive, 1, at: at(50))
        let outputs = board.step(at: at(100), sampling: image(tray: 3000))
        // (3000 - 500 for the host - 285 for the fans - 15) / 8
        #expect(outputs.acceleratorLimit == .watts(275))
        #expect(board.read(.appliedLimit) == 3_000_000)
        #expect(board.status == .limitActive)
    }

    @Test func `what the fans take more is taken from the accelerators in the next step`() {
        var board = baseboard { $0.settings.isLimitActive = true }
        board.write(.powerLimit, 3_000_000, at: at(0))
        var image = image(tray: 3000)
        #expect(board.step(at: at(0), sampling: image).acceleratorLimit == .watts(275))
        image.trayPower = .watts(3080)
        #expect(board.step(at: at(100), sampling: image).acceleratorLimit == .watts(265))
    }

    @Test func `the host counts even where the tray's reading has no room for it`() {
        var board = baseboard { $0.settings.isLimitActive = true }
        board.write(.powerLimit, 3_000_000, at: at(0))
        var image = image(tray: 3000)
        image.trayPower = .watts(2215)
        // (3000 - 500 - 15) / 8
        #expect(board.step(at: at(0), sampling: image).acceleratorLimit == .milliwatts(310_625))
    }

    @Test func `a written limit that is not active limits nothing`() {
        var board = baseboard()
        board.write(.powerLimit, 2_500_000, at: at(0))
        let outputs = board.step(at: at(0), sampling: image(tray: 4000))
        #expect(outputs.acceleratorLimit == .watts(400))
        #expect(board.read(.appliedLimit) == 6_000_000)
        #expect(board.read(.performanceState) == 0)
    }

    @Test func `a share stays within what an accelerator accepts`() {
        var board = baseboard { $0.settings.isLimitActive = true }
        board.write(.powerLimit, 2_000_000, at: at(0))
        let least = board.step(at: at(0), sampling: image(tray: 2000))
        #expect(least.acceleratorLimit == .watts(200))
        #expect(board.status.contains(.atFloor))
        board.write(.powerLimit, 6_000_000, at: at(0))
        let most = board.step(at: at(100), sampling: image(tray: 2000))
        #expect(most.acceleratorLimit == .watts(400))
        #expect(!board.status.contains(.atFloor))
    }

    @Test func `a limit falls at once and rises at its pace`() {
        var board = baseboard {
            $0.settings.isLimitActive = true
            $0.limitRise = .watts(100)
        }
        board.write(.powerLimit, 3_000_000, at: at(0))
        #expect(board.run(to: at(0), image(tray: 3000)).acceleratorLimit == .watts(275))
        board.write(.powerLimit, 4_000_000, at: at(0))
        #expect(board.run(to: at(100), image(tray: 3000)).acceleratorLimit == .watts(285))
        // A late step may make up for the time missed.
        let late = board.step(at: at(500), sampling: image(tray: 3000))
        #expect(late.acceleratorLimit == .watts(325))
        #expect(board.read(.overrunCount) == 1)
        #expect(board.faults == .overrun)
        #expect(board.run(to: at(2000), image(tray: 3000)).acceleratorLimit == .watts(400))
    }

    @Test func `the performance state follows the applied limit`() {
        var board = baseboard { $0.settings.isLimitActive = true }
        board.write(.powerLimit, 5_999_999, at: at(0))
        #expect(board.read(.performanceState) == 1)
        board.write(.powerLimit, 4_000_000, at: at(0))
        #expect(board.read(.performanceState) == 8)
        board.write(.powerLimit, 2_000_000, at: at(0))
        #expect(board.read(.performanceState) == 15)
    }

    @Test func `a limit not met within the correction time is logged`() {
        var board = baseboard { $0.settings.isLimitActive = true }
        board.write(.powerLimit, 3_000_000, at: at(0))
        // 3060 W is the limit and its tolerance of 2 %.
        board.run(to: at(2000), image(tray: 3060))
        #expect(board.faults.isEmpty)
        board.run(to: at(3000), image(tray: 3061))
        #expect(board.faults.isEmpty)
        board.run(to: at(3100), image(tray: 3061))
        #expect(board.faults == .limitExceeded)
        #expect(board.status.contains(.limitExceeded))
        #expect(board.read(.powerState) == 1)
        board.run(to: at(3200), image(tray: 3000))
        #expect(!board.status.contains(.limitExceeded))
        board.write(.latchedFaults, 1, at: at(3200))
        #expect(board.faults.isEmpty)
    }

    @Test func `the exception action may switch the tray off until it is switched on again`() {
        var board = baseboard {
            $0.settings.isLimitActive = true
            $0.settings.exceptionAction = .powerOff
            $0.settings.correctionTime = .milliseconds(200)
        }
        board.write(.powerLimit, 3_000_000, at: at(0))
        #expect(board.run(to: at(100), image(tray: 4000)).isPowerOn)
        #expect(!board.run(to: at(200), image(tray: 4000)).isPowerOn)
        #expect(board.read(.powerState) == 0)
        #expect(board.status.contains(BaseboardStatus.poweredOff.union(.exceptionPowerOff)))
        board.write(.powerState, 1, at: at(200))
        #expect(board.run(to: at(300), image(tray: 0)).isPowerOn)
        #expect(board.faults == BaseboardStatus.limitExceeded.union(.exceptionPowerOff))
        #expect(!board.status.contains(.exceptionPowerOff))
    }

    @Test func `exception action nothing does nothing`() {
        var board = baseboard {
            $0.settings.isLimitActive = true
            $0.settings.exceptionAction = .nothing
        }
        board.write(.powerLimit, 3_000_000, at: at(0))
        #expect(board.run(to: at(5000), image(tray: 4000)).isPowerOn)
        #expect(board.faults.isEmpty)
        #expect(!board.status.contains(.limitExceeded))
    }

    @Test func `after the watchdog time the default limit is enforced until a limit is written`() {
        var board = baseboard {
            $0.settings.watchdogTimeout = .milliseconds(500)
            $0.settings.defaultLimit = .watts(3000)
        }
        #expect(board.run(to: at(400), image(tray: 3000)).acceleratorLimit == .watts(400))
        #expect(board.read(.watchdogRemaining) == 100)
        #expect(board.run(to: at(500), image(tray: 3000)).acceleratorLimit == .watts(275))
        #expect(
            board.status
                == BaseboardStatus.commsWatchdog.union(.defaultLimit).union(.limitActive).union(.latchedFault))
        board.write(.limitActive, 1, at: at(500))
        board.run(to: at(600), image(tray: 3000))
        #expect(board.read(.appliedLimit) == 3_000_000)
        #expect(!board.status.contains(.commsWatchdog))
        board.write(.powerLimit, 3_400_000, at: at(600))
        #expect(board.run(to: at(700), image(tray: 3000)).acceleratorLimit == .watts(325))
        #expect(board.faults == .commsWatchdog)
    }

    @Test func `accelerators are read one by one`() {
        var board = baseboard { $0.acceleratorCount = 2 }
        var image = image(tray: 1000)
        image.acceleratorPowers[1] = .milliwatts(123_456)
        image.acceleratorTemperatures[1] = .degrees(88)
        image.acceleratorTemperatures[2] = .degrees(120)
        board.run(to: at(0), image)
        #expect(board.read(.acceleratorPower, member: 1) == 123_456)
        #expect(board.read(.acceleratorTemperature, member: 1) == 88_000)
        #expect(board.read(.acceleratorTemperature, member: 2) == 0)
        #expect(board.read(.acceleratorPower, member: 200) == 0)
        #expect(board.read(.acceleratorCount) == 2)
        #expect(board.faults == .acceleratorOverTemperature)
        image.acceleratorTemperatures[1] = .degrees(86)
        board.run(to: at(100), image)
        #expect(board.status.contains(.acceleratorOverTemperature))
        image.acceleratorTemperatures[1] = .degrees(84)
        board.run(to: at(200), image)
        #expect(board.status == .latchedFault)
    }

    @Test func `a tray without accelerators has nothing to share out`() {
        var board = baseboard {
            $0.acceleratorCount = 0
            $0.settings.isLimitActive = true
        }
        board.write(.powerLimit, 2_000_000, at: at(0))
        #expect(board.run(to: at(0), image(tray: 1000)).isPowerOn)
        #expect(board.read(.appliedLimit) == 2_000_000)
    }

    @Test func `values out of range are refused`() {
        let board = baseboard()
        #expect(board.verdict(.powerLimit, 1_999_999) == .illegalValue)
        #expect(board.verdict(.powerLimit, 6_000_001) == .illegalValue)
        #expect(board.verdict(.powerLimit, 2_000_000) == .accepted)
        #expect(board.verdict(.exceptionAction, 2) == .illegalValue)
        #expect(board.verdict(.exceptionAction, 17) == .accepted)
        #expect(board.verdict(.limitActive, 2) == .illegalValue)
        #expect(board.verdict(.samplingPeriod, 0) == .illegalValue)
        #expect(board.verdict(.appliedLimit, 3_000_000) == .protected)
        #expect(board.verdict(onWriting: .none, value: 0) == .protected)
    }

    @Test func `a restart leaves the tray running and enforces the default limit`() {
        var board = baseboard {
            $0.bootTime = .seconds(2)
            $0.settings.isLimitActive = true
            $0.settings.defaultLimit = .watts(3000)
        }
        board.write(.powerLimit, 3_400_000, at: at(0))
        board.write(.correctionTime, 700, at: at(0))
        #expect(board.run(to: at(0), image(tray: 3000)).acceleratorLimit == .watts(325))
        board.restart(at: at(100))
        let booting = board.step(at: at(2000), sampling: image(tray: 3000))
        #expect(booting == BaseboardOutputs(isPowerOn: true, acceleratorLimit: .watts(325)))
        #expect(!board.isReady(at: at(2099)) && board.isReady(at: at(2100)))
        #expect(board.read(.power) == 0)
        #expect(board.read(.correctionTime) == 700)
        #expect(board.read(.powerLimit) == 6_000_000)
        #expect(board.faults == .restarted)
        let after = board.step(at: at(2100), sampling: image(tray: 3000))
        #expect(after.acceleratorLimit == .watts(275))
        #expect(board.read(.restartCount) == 1)
    }

    @Test func `a step before its deadline returns the present outputs`() {
        var board = baseboard()
        board.run(to: at(0), image(tray: 3000))
        board.write(.powerState, 0, at: at(10))
        let early = board.step(at: at(99), sampling: image(tray: 3000))
        #expect(early.isPowerOn)
        let due = board.step(at: at(100), sampling: image(tray: 3000))
        #expect(!due.isPowerOn)
    }
}
