import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct PowerTetherTests {
    /// 30 A in at 50.8 V, 30 A out at 50.3 V.
    func image(_ change: (inout PowerTetherImage) -> Void = { _ in }) -> PowerTetherImage {
        var image = PowerTetherImage()
        image.inputMicrovolts = 50_800_000
        image.inputMicroamperes = 30_500_000
        image.outputMicrovolts = 50_300_000
        image.busMicrovolts = 50_300_000
        image.outputMicroamperes = 30_000_000
        image.shareMicroamperes = 30_000_000
        image.fanSpeeds = InlineArray(repeating: .rpm(15_000))
        change(&image)
        return image
    }

    /// What a unit sees whose relay is open or whose converter is off.
    func idle(_ change: (inout PowerTetherImage) -> Void = { _ in }) -> PowerTetherImage {
        image {
            $0.inputMicroamperes = 0
            $0.outputMicroamperes = 0
            $0.outputMicrovolts = 0
            $0.fanSpeeds = InlineArray(repeating: .zero)
            change(&$0)
        }
    }

    @discardableResult
    func run(_ unit: inout PowerTether, to milliseconds: Int64, _ image: PowerTetherImage) -> PowerTetherOutputs {
        var outputs = unit.step(at: unit.nextDeadline, sampling: image)
        while unit.nextDeadline <= at(milliseconds) { outputs = unit.step(at: unit.nextDeadline, sampling: image) }
        return outputs
    }

    @Test func `it tells both ends and what is lost between them`() {
        var unit = PowerTether(PowerTetherConfiguration())
        run(&unit, to: 1000, image())
        #expect(unit.read(.inputVoltage) == 50_800 || unit.read(.inputVoltage) == 50_799)
        #expect(unit.read(.outputVoltage) == 50_300 || unit.read(.outputVoltage) == 50_299)
        #expect(abs(unit.read(.inputPower) - 1_549_400) < 2_000)
        #expect(abs(unit.read(.outputPower) - 1_509_000) < 2_000)
        #expect(unit.generalAlarms.isEmpty && unit.inputAlarms.isEmpty)
        #expect(unit.read(.uptime) == 1)
    }

    @Test func `a lost input opens the relay with one sample, and the way back takes a plug and a start delay`() {
        var unit = PowerTether(PowerTetherConfiguration())
        run(&unit, to: 100, image())
        let lost = idle {
            $0.inputMicrovolts = 0
            $0.isRemoteSensed = false
        }
        var outputs = run(&unit, to: 110, lost)
        #expect(!outputs.isRelayClosed && !outputs.isOutputEnabled)
        run(&unit, to: 1000, lost)
        #expect(unit.inputAlarms == PowerTetherInputAlarms.underVoltage.union(.inputRelayOff))
        #expect(unit.generalAlarms.contains(.remoteSenseLost))
        outputs = run(&unit, to: 1500, idle())
        #expect(!outputs.isRelayClosed)
        outputs = run(&unit, to: 1520, idle())
        #expect(outputs.isRelayClosed && !outputs.isOutputEnabled)
        outputs = run(&unit, to: 2000, idle())
        #expect(!outputs.isOutputEnabled)
        outputs = run(&unit, to: 2030, idle())
        #expect(outputs.isOutputEnabled)
        run(&unit, to: 2100, image())
        #expect(unit.read(.powerCycleCount) == 1 && unit.inputAlarms.isEmpty)
    }

    @Test func `a far end out of the busbar's band warns and stops nothing, one that is not heard is said to be so`() {
        var unit = PowerTether(PowerTetherConfiguration())
        #expect(run(&unit, to: 100, image { $0.remoteMicrovolts = 45_500_000 }).isOutputEnabled)
        #expect(unit.inputAlarms == .remoteLow)
        #expect(run(&unit, to: 200, image { $0.remoteMicrovolts = 53_500_000 }).isOutputEnabled)
        #expect(unit.inputAlarms == .remoteHigh)
        let silent = image {
            $0.isRemoteSensed = false
            $0.remoteMicrovolts = 0
        }
        #expect(run(&unit, to: 300, silent).isOutputEnabled)
        #expect(unit.inputAlarms.isEmpty && unit.generalAlarms == .remoteSenseLost)
    }

    @Test func `terminals above 85 degC warn, and above 105 degC latch the output off until faults are cleared`() {
        var unit = PowerTether(PowerTetherConfiguration())
        #expect(run(&unit, to: 500, image { $0.terminalTemperature = .degrees(90) }).isOutputEnabled)
        #expect(unit.temperatureAlarms == .inlet && unit.generalAlarms.contains(.temperatureAlarm))
        #expect(unit.read(.maximumTemperature) == 90_000)
        let hot = run(&unit, to: 1000, image { $0.terminalTemperature = .degrees(106) })
        #expect(!hot.isOutputEnabled && !hot.isRelayClosed)
        #expect(!run(&unit, to: 60_000, idle()).isOutputEnabled)
        #expect(unit.temperatureAlarms == .inlet && unit.read(.faultCount) == 1)
        unit.write(.settings, 0x0001, at: at(60_000))
        unit.write(.settings, 0x4001, at: at(60_000))
        #expect(run(&unit, to: 61_040, idle()).isOutputEnabled)
        #expect(unit.temperatureAlarms.isEmpty && unit.read(.settings) == 1)
    }

    @Test func `an overload of more than a second latches the output off, a shorter one does not`() {
        var unit = PowerTether(PowerTetherConfiguration())
        let over = image {
            $0.outputMicroamperes = 70_000_000
            $0.inputMicroamperes = 72_000_000
        }
        #expect(run(&unit, to: 800, over).isOutputEnabled)
        #expect(run(&unit, to: 1000, image()).isOutputEnabled)
        #expect(!run(&unit, to: 2100, over).isOutputEnabled)
        #expect(unit.outputAlarms.contains(.overCurrent) && unit.generalAlarms.contains(.converter))
    }

    @Test func `an output that falls by itself is tried again after five seconds`() {
        var unit = PowerTether(PowerTetherConfiguration())
        run(&unit, to: 100, image())
        #expect(!run(&unit, to: 120, idle()).isOutputEnabled)
        #expect(!run(&unit, to: 5_900, idle()).isOutputEnabled)
        #expect(run(&unit, to: 6_140, idle()).isOutputEnabled)
        #expect(unit.read(.faultCount) == 0)
    }

    @Test func `no converter gives more than it takes: the current sense is doubted after a second`() {
        var unit = PowerTether(PowerTetherConfiguration())
        let broken = image { $0.inputMicroamperes = 0 }
        run(&unit, to: 900, broken)
        #expect(!unit.generalAlarms.contains(.inputCurrentSenseFailed))
        run(&unit, to: 1500, broken)
        #expect(unit.generalAlarms.contains(.inputCurrentSenseFailed))
        run(&unit, to: 1800, image())
        #expect(unit.generalAlarms.isEmpty)
    }

    @Test func `the setting register is locked, remote off keeps the unit off and latches nothing`() {
        var unit = PowerTether(PowerTetherConfiguration())
        let settings = PowerTetherSignal.settings.identifier
        let off: Int64 = 0x0803
        #expect(unit.verdict(onWriting: settings, value: off) == .protected)
        #expect(unit.verdict(onWriting: settings, value: 0x0801) == .accepted)
        unit.write(.settings, 0x0801, at: at(0))
        #expect(unit.verdict(onWriting: settings, value: 0x0004) == .illegalValue)
        #expect(unit.verdict(onWriting: settings, value: off) == .accepted)
        unit.write(.settings, off, at: at(0))
        #expect(!run(&unit, to: 100, image()).isRelayClosed)
        unit.write(.settings, 0x0801, at: at(100))
        #expect(run(&unit, to: 1140, idle()).isOutputEnabled)
        #expect(unit.read(.faultCount) == 0)
    }

    @Test func `a restart opens the relay and forgets the clock, the input's returns are kept`() {
        var unit = PowerTether(PowerTetherConfiguration())
        run(&unit, to: 100, image())
        run(&unit, to: 200, idle { $0.inputMicrovolts = 0 })
        run(&unit, to: 2_000, idle())
        unit.write(.unixTime, 1_790_000_000, at: at(2_000))
        unit.restart(at: at(2_000))
        #expect(!unit.isReady(at: at(2_300)))
        #expect(!run(&unit, to: 2_410, idle()).isRelayClosed)
        #expect(unit.read(.unixTime) == 0 && unit.read(.powerCycleCount) == 1)
        #expect(run(&unit, to: 3_430, idle()).isOutputEnabled)
    }
}

extension PowerTether {
    func read(_ signal: PowerTetherSignal) -> Int64 { value(of: signal.identifier) }
    mutating func write(_ signal: PowerTetherSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var generalAlarms: PowerTetherGeneralAlarms { PowerTetherGeneralAlarms(signalValue: read(.generalAlarms)) }
    var inputAlarms: PowerTetherInputAlarms { PowerTetherInputAlarms(signalValue: read(.inputAlarms)) }
    var outputAlarms: ConverterOutputAlarms { ConverterOutputAlarms(signalValue: read(.outputAlarms)) }
    var temperatureAlarms: PowerTetherTemperatureAlarms {
        PowerTetherTemperatureAlarms(signalValue: read(.temperatureAlarms))
    }
}
