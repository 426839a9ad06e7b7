import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct PowerSupplyTests {
    /// 230 V, 10 A in; 50 V, 40 A out.
    func image(_ change: (inout PowerSupplyImage) -> Void = { _ in }) -> PowerSupplyImage {
        var image = PowerSupplyImage()
        image.inputMicroamperes = 10_000_000
        image.outputMicroamperes = 40_000_000
        image.fanSpeeds = InlineArray(repeating: .rpm(20_000))
        change(&image)
        return image
    }

    func supply(_ change: (inout PowerSupplyConfiguration) -> Void = { _ in }) -> PowerSupply {
        var configuration = PowerSupplyConfiguration()
        change(&configuration)
        return PowerSupply(configuration)
    }

    func input(_ supply: PowerSupply) -> PowerSupplyInputAlarms {
        PowerSupplyInputAlarms(signalValue: supply.read(.inputAlarms))
    }
    func output(_ supply: PowerSupply) -> ConverterOutputAlarms {
        ConverterOutputAlarms(signalValue: supply.read(.outputAlarms))
    }
    func temperature(_ supply: PowerSupply) -> PowerSupplyTemperatureAlarms {
        PowerSupplyTemperatureAlarms(signalValue: supply.read(.temperatureAlarms))
    }

    @Test func `the first sample after a start is a reading at once`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image())
        #expect(supply.read(.inputVoltage) == 230_000)
        #expect(supply.read(.outputPower) == 2_000_000)
        supply.run(to: at(90), image { $0.outputMicroamperes = 20_000_000 })
        #expect(supply.read(.outputPower) == 2_000_000)
    }

    @Test func `ten samples make a reading`() {
        var supply = supply()
        let image = image { $0.powerFactor = .perMille(990) }
        // The first one is a reading of its own.
        _ = supply.step(at: at(0), sampling: self.image { $0.inputMicrovolts = 220_000_000 })
        supply.run(to: at(90), image)
        #expect(supply.read(.inputVoltage) == 220_000)
        #expect(supply.read(.inputPowerNow) == 2_277_000)
        supply.run(to: at(100), image)
        #expect(supply.read(.inputVoltage) == 230_000)
        #expect(supply.read(.inputCurrent) == 10_000)
        #expect(supply.read(.inputPower) == 2_277_000)
        #expect(supply.read(.outputVoltage) == 50_000)
        #expect(supply.read(.outputCurrent) == 40_000)
        #expect(supply.read(.outputPower) == 2_000_000)
        #expect(supply.read(.inputFrequency) == 50_000)
        #expect(supply.read(.powerFactor) == 990)
        #expect(supply.read(.fanSpeed, member: 1) == 20_000)
        #expect(supply.read(.fanSpeed, member: 2) == 0)
    }

    @Test func `output power averages the products and not the product of averages`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image())
        for sample in Int64(1)...10 {
            let isLow = sample <= 5
            let image = image {
                $0.outputMicrovolts = isLow ? 48_000_000 : 52_000_000
                $0.outputMicroamperes = isLow ? 100_000_000 : 20_000_000
            }
            _ = supply.step(at: at(10 * sample), sampling: image)
        }
        #expect(supply.read(.outputVoltage) == 50_000)
        #expect(supply.read(.outputCurrent) == 60_000)
        #expect(supply.read(.outputPower) == 2_920_000)
    }

    @Test func `currents come in steps of the register`() {
        var supply = supply()
        supply.run(to: at(90), image { $0.outputMicroamperes = 40_008_000 })
        // 40.008 A is 2560.512 steps of 1/64 A: 2561 steps are 40.015625 A.
        #expect(supply.read(.outputCurrent) == 40_016)
    }

    @Test func `a lost input raises the AC-loss line at once and the output is held up`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image())
        let lost = image {
            $0.isInputPresent = false
            $0.inputMicrovolts = 0
        }
        let outputs = supply.step(at: at(10), sampling: lost)
        #expect(outputs.isACLossAsserted && outputs.isOutputEnabled)
        #expect(input(supply) == PowerSupplyInputAlarms.inputNotOK.union(.underVoltage).union(.inputRelayOff))
        #expect(supply.read(.generalAlarms) == 1)
        #expect(supply.read(.outageCount) == 1)
        #expect(supply.read(.acLossCount) == 1)
        #expect(supply.read(.hardwareSignals) & 0x40 == 0)
        let restored = supply.step(at: at(20), sampling: image())
        #expect(!restored.isACLossAsserted && restored.isOutputEnabled)
        #expect(input(supply).isEmpty)
        #expect(supply.read(.powerCycleCount) == 1)
        #expect(supply.read(.hardwareSignals) & 0x40 == 0x40)
    }

    @Test func `a drained bulk capacitor ends the hold-up and the output returns a start delay after the input`() {
        var supply = supply { $0.startDelay = .milliseconds(30) }
        _ = supply.step(at: at(0), sampling: image())
        let drained = image {
            $0.isInputPresent = false
            $0.inputMicrovolts = 0
            $0.bulkMicrovolts = 299_000_000
        }
        let off = supply.step(at: at(10), sampling: drained)
        #expect(!off.isOutputEnabled)
        #expect(input(supply).contains(.bulkNotOK))
        #expect(!supply.run(to: at(40), image()).isOutputEnabled)
        #expect(supply.read(.timeSinceOn) == 0)
        let on = supply.step(at: at(50), sampling: image())
        #expect(on.isOutputEnabled)
        supply.run(to: at(2050), image())
        #expect(supply.read(.timeSinceOn) == 2)
    }

    @Test func `input alarms have hysteresis`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image { $0.inputMicrovolts = 179_000_000 })
        #expect(input(supply) == PowerSupplyInputAlarms.underVoltage.union(.inputNotOK))
        _ = supply.step(at: at(10), sampling: image { $0.inputMicrovolts = 183_500_000 })
        #expect(input(supply).contains(.underVoltage))
        _ = supply.step(at: at(20), sampling: image { $0.inputMicrovolts = 183_700_000 })
        #expect(input(supply).isEmpty)
        _ = supply.step(at: at(30), sampling: image { $0.inputMillihertz = 46_999 })
        #expect(input(supply) == PowerSupplyInputAlarms.frequencyLow.union(.inputNotOK))
        _ = supply.step(at: at(40), sampling: image { $0.inputMillihertz = 63_001 })
        #expect(input(supply) == PowerSupplyInputAlarms.frequencyHigh.union(.inputNotOK))
        _ = supply.step(at: at(50), sampling: image { $0.inputMicrovolts = 306_000_000 })
        #expect(input(supply) == PowerSupplyInputAlarms.overVoltage.union(.inputNotOK))
    }

    @Test func `over-current that lasts latches the output off until the faults are cleared`() {
        var supply = supply { $0.startDelay = .milliseconds(10) }
        let overload = image { $0.outputMicroamperes = 177_000_000 }
        #expect(supply.run(to: at(90), overload).isOutputEnabled)
        #expect(output(supply) == .overCurrent)
        #expect(supply.read(.faultCount) == 0)
        let tripped = supply.step(at: at(100), sampling: overload)
        #expect(!tripped.isOutputEnabled)
        #expect(!supply.run(to: at(500), image { $0.outputMicroamperes = 0 }).isOutputEnabled)
        #expect(output(supply) == .overCurrent)
        #expect(supply.read(.faultCount) == 1)
        supply.write(.settings, 1, at: at(500))
        supply.write(.settings, 0x4001, at: at(500))
        #expect(supply.read(.settings) == 1)
        #expect(supply.run(to: at(520), image { $0.outputMicroamperes = 0 }).isOutputEnabled)
        #expect(output(supply).isEmpty)
    }

    @Test func `over-current that does not last trips nothing`() {
        var supply = supply()
        supply.run(to: at(90), image { $0.outputMicroamperes = 177_000_000 })
        // Below the threshold less 2 %: the time starts anew.
        supply.run(to: at(100), image { $0.outputMicroamperes = 172_000_000 })
        #expect(supply.run(to: at(190), image { $0.outputMicroamperes = 177_000_000 }).isOutputEnabled)
        #expect(output(supply) == .overCurrent)
    }

    @Test func `a short circuit and an over-voltage stop the output with one sample`() {
        var short = supply()
        let afterShort = short.step(at: at(0), sampling: image { $0.outputMicroamperes = 301_000_000 })
        #expect(!afterShort.isOutputEnabled)
        #expect(output(short).contains(.shortCircuit))
        var high = supply()
        let afterHigh = high.step(
            at: at(0),
            sampling: image {
                $0.outputMicrovolts = 54_600_000
                $0.busMicrovolts = 54_600_000
            })
        #expect(!afterHigh.isOutputEnabled)
        #expect(output(high) == .overVoltage)
    }

    @Test func `a failed stage is named in both its own and the general alarms`() {
        var supply = supply()
        let image = image {
            $0.hasInputStageFailed = true
            $0.hasOutputStageFailed = true
        }
        let outputs = supply.step(at: at(0), sampling: image)
        #expect(!outputs.isOutputEnabled)
        #expect(supply.read(.inputAlarms) == 1 << 11)
        #expect(supply.read(.outputAlarms) == 1 << 8)
        #expect(supply.read(.generalAlarms) == 0b0011_0000_0011)
        #expect(supply.read(.faultCount) == 2)
    }

    @Test func `a voltage across the ORing device names it`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image { $0.busMicrovolts = 48_900_000 })
        #expect(output(supply) == .oringFailed)
    }

    @Test func `temperatures warn, and shut down at the second level`() {
        var supply = supply()
        supply.run(to: at(90), image { $0.inletTemperature = .degrees(61) })
        #expect(temperature(supply) == .inlet)
        #expect(supply.read(.generalAlarms) == 0b0100_0000_0100)
        #expect(supply.read(.maximumTemperature) == 61_000)
        #expect(supply.read(.minimumTemperature) == 25_000)
        let hot = image { $0.busClipTemperatures[1] = .degrees(116) }
        #expect(!supply.run(to: at(190), hot).isOutputEnabled)
        #expect(temperature(supply) == PowerSupplyTemperatureAlarms.busClip.union(.busClipShutdown))
        #expect(supply.read(.busClipTemperature, member: 1) == 116_000)
        supply.run(to: at(290), image())
        #expect(temperature(supply) == .busClipShutdown)
    }

    @Test func `the fans follow the hot spot and an override only adds`() {
        var supply = supply()
        #expect(supply.run(to: at(90), image()).fanDuty == .perMille(200))
        #expect(supply.run(to: at(190), image { $0.hotSpotTemperature = .degrees(70) }).fanDuty == .perMille(600))
        supply.write(.settings, 1, at: at(190))
        supply.write(.fanOverride, 500, at: at(190))
        #expect(supply.run(to: at(290), image { $0.hotSpotTemperature = .degrees(70) }).fanDuty == .perMille(600))
        #expect(supply.run(to: at(390), image()).fanDuty == .perMille(500))
    }

    @Test func `a fan that stands still is a failure after the spin-up time`() {
        var supply = supply()
        let dead = image { $0.fanSpeeds[0] = .zero }
        supply.run(to: at(3090), dead)
        #expect(temperature(supply).isEmpty)
        #expect(supply.run(to: at(3190), dead).fanDuty == .whole)
        #expect(temperature(supply) == .fanFailure)
        #expect(supply.read(.generalAlarms) == 0b1000_0000_0100)
    }

    @Test func `settings are refused while write enable is clear`() {
        var supply = supply()
        #expect(supply.read(.settings) == 0x0800)
        #expect(supply.verdict(.outputSetpoint, 50_500) == .protected)
        #expect(supply.verdict(.fanOverride, 500) == .protected)
        #expect(supply.verdict(.settings, 0x8801) == .protected)
        #expect(supply.verdict(.settings, 0x0000) == .protected)
        #expect(supply.verdict(.unixTime, 1_800_000_000) == .accepted)
        #expect(supply.verdict(.settings, 0x0801) == .accepted)
        supply.write(.settings, 0x0801, at: at(0))
        #expect(supply.verdict(.outputSetpoint, 50_500) == .accepted)
        #expect(supply.verdict(.outputSetpoint, 46_999) == .illegalValue)
        #expect(supply.verdict(.outputSetpoint, 52_001) == .illegalValue)
        #expect(supply.verdict(.fanOverride, 1001) == .illegalValue)
        #expect(supply.verdict(.settings, 0x0805) == .illegalValue)
        #expect(supply.verdict(.settings, 0xC801) == .accepted)
        #expect(supply.verdict(.inputPower, 0) == .protected)
        supply.write(.outputSetpoint, 50_500, at: at(0))
        let outputs = supply.step(at: at(0), sampling: image())
        #expect(outputs.voltageSetpoint == .millivolts(50_500))
        #expect(supply.read(.outputSetpoint) == 50_500)
    }

    @Test func `a commanded power cycle holds the output off for its time`() {
        var supply = supply {
            $0.powerCycleTime = .milliseconds(50)
            $0.startDelay = .milliseconds(20)
        }
        #expect(supply.run(to: at(90), image()).isOutputEnabled)
        supply.write(.settings, 0x0801, at: at(90))
        supply.write(.settings, 0x8801, at: at(90))
        #expect(!supply.run(to: at(100), image()).isOutputEnabled)
        #expect(supply.read(.settings) == 0x0801)
        #expect(!supply.run(to: at(160), image()).isOutputEnabled)
        #expect(supply.run(to: at(170), image()).isOutputEnabled)
    }

    @Test func `forced lines are driven and counted`() {
        var supply = supply { $0.slot = 5 }
        supply.write(.settings, 1, at: at(0))
        supply.write(.settings, 0x00C1, at: at(0))
        let outputs = supply.step(at: at(0), sampling: image())
        #expect(outputs.isACLossAsserted && outputs.forcesPulseManagement)
        #expect(supply.read(.acLossCount) == 1)
        #expect(supply.read(.outageCount) == 0)
        #expect(supply.read(.hardwareSignals) == 5)
        #expect(supply.read(.position) == 5)
    }

    @Test func `the kill line stops the output and it returns by itself`() {
        var supply = supply { $0.startDelay = .milliseconds(10) }
        let killed = supply.step(at: at(0), sampling: image { $0.isKillAsserted = true })
        #expect(!killed.isOutputEnabled)
        #expect(supply.read(.hardwareSignals) & 0x1000 != 0)
        #expect(supply.run(to: at(30), image()).isOutputEnabled)
    }

    @Test func `the clock runs on from what the client wrote`() {
        var supply = supply()
        supply.write(.unixTime, 1_800_000_000, at: at(5))
        supply.run(to: at(4000), image())
        #expect(supply.read(.unixTime) == 1_800_000_003)
        supply.run(to: at(4010), image())
        #expect(supply.read(.unixTime) == 1_800_000_004)
    }

    @Test func `bus extremes are kept since start and per period`() {
        var supply = supply { $0.statisticsPeriod = .milliseconds(50) }
        func volts(_ volts: Int64) -> PowerSupplyImage {
            image {
                $0.outputMicrovolts = volts * 1_000_000
                $0.busMicrovolts = volts * 1_000_000
            }
        }
        supply.run(to: at(20), volts(52))
        supply.run(to: at(50), volts(48))
        #expect(supply.read(.busVoltagePeriodMaximum) == 52_000)
        #expect(supply.read(.busVoltagePeriodMinimum) == 48_000)
        supply.run(to: at(100), volts(50))
        #expect(supply.read(.busVoltagePeriodMaximum) == 50_000)
        #expect(supply.read(.busVoltageMaximum) == 52_000)
        #expect(supply.read(.busVoltageMinimum) == 48_000)
        #expect(supply.read(.inputVoltageMinimum) == 230_000)
    }

    @Test func `a restart drops the output and keeps the counters`() {
        var supply = supply {
            $0.bootTime = .milliseconds(100)
            $0.startDelay = .milliseconds(20)
        }
        supply.write(.settings, 0x0801, at: at(0))
        supply.write(.outputSetpoint, 51_000, at: at(0))
        supply.run(to: at(1500), image { $0.isInputPresent = false })
        supply.countBadFrame()
        supply.restart(at: at(2000))
        #expect(!supply.isReady(at: at(2099)))
        let booting = supply.step(at: at(2050), sampling: image())
        #expect(!booting.isOutputEnabled)
        #expect(supply.read(.settings) == 0x0800)
        #expect(supply.read(.outputSetpoint) == 50_000)
        #expect(!supply.run(to: at(2110), image()).isOutputEnabled)
        #expect(supply.run(to: at(2120), image()).isOutputEnabled)
        #expect(supply.read(.outageCount) == 1)
        #expect(supply.read(.crcErrorCount) == 1)
        #expect(supply.read(.uptime) == 1)
        supply.run(to: at(2500), image())
        #expect(supply.read(.uptime) == 2)
    }

    @Test func `late and early steps keep the grid`() {
        var supply = supply()
        _ = supply.step(at: at(0), sampling: image())
        _ = supply.step(at: at(5), sampling: image { $0.inputMicrovolts = 0 })
        #expect(input(supply).isEmpty)
        _ = supply.step(at: at(47), sampling: image())
        #expect(supply.overrunCount == 1)
        #expect(supply.nextDeadline == at(50))
    }

    @Test func `a preset sets the start and leaves write protection in place`() {
        var supply = supply()
        #expect(supply.preset(PowerSupplySignal.outputSetpoint.identifier, to: 51_000) == .accepted)
        #expect(supply.preset(PowerSupplySignal.outputSetpoint.identifier, to: 60_000) == .illegalValue)
        #expect(supply.read(.outputSetpoint) == 51_000)
        #expect(supply.verdict(.outputSetpoint, 50_000) == .protected)
    }
}
