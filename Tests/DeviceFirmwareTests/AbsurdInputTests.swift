import DeviceFirmware
import RegisterMaps
import Testing
import Units

/// Nothing that a broken sensor can show stops a firmware.
@Suite struct AbsurdInputTests {
    static let extremes: [Int64] = [.min, -1, 0, 1, .max]

    @Test(arguments: extremes) func `a power monitor saturates`(_ extreme: Int64) {
        var monitor = PowerMonitor(PowerMonitorConfiguration())
        let image = PowerMonitorImage(
            busMicrovolts: extreme, currentMicroamperes: extreme, boardTemperature: Temperature(rawValue: extreme))
        for sample in Int64(0)..<2048 { _ = monitor.step(at: at(sample), sampling: image) }
        #expect(monitor.read(.voltage) == (extreme == .max ? 102_400 : 0))
        #expect(monitor.outputsBrake == (extreme == .max))
    }

    @Test(arguments: extremes) func `a power supply saturates`(_ extreme: Int64) {
        var supply = PowerSupply(PowerSupplyConfiguration())
        var image = PowerSupplyImage()
        image.inputMicrovolts = extreme
        image.inputMicroamperes = extreme
        image.outputMicrovolts = extreme
        image.outputMicroamperes = extreme
        image.busMicrovolts = extreme
        image.bulkMicrovolts = extreme
        image.hotSpotTemperature = Temperature(rawValue: extreme)
        let outputs = supply.run(to: at(1000), image)
        #expect(!outputs.isOutputEnabled)
        #expect(supply.read(.inputVoltage) == (extreme == .max ? 1_023_984 : 0))
    }

    @Test(arguments: extremes) func `a power tether saturates`(_ extreme: Int64) {
        var tether = PowerTether(PowerTetherConfiguration())
        var image = PowerTetherImage()
        image.inputMicrovolts = extreme
        image.inputMicroamperes = extreme
        image.remoteMicrovolts = extreme
        image.outputMicrovolts = extreme
        image.outputMicroamperes = extreme
        image.busMicrovolts = extreme
        image.shareMicroamperes = extreme
        image.inletTemperature = Temperature(rawValue: extreme)
        image.outletTemperature = Temperature(rawValue: extreme)
        image.terminalTemperature = Temperature(rawValue: extreme)
        image.hotSpotTemperature = Temperature(rawValue: extreme)
        image.fanSpeeds = InlineArray(repeating: RotationalSpeed(rawValue: extreme))
        for sample in Int64(0)..<1000 {
            #expect(!tether.step(at: at(sample * 10), sampling: image).isOutputEnabled)
        }
        #expect(tether.read(.inputVoltage) == (extreme == .max ? 63_999 : 0))
        #expect(tether.read(.maximumTemperature) <= 200_000)
    }

    @Test(arguments: extremes) func `a control valve saturates`(_ extreme: Int64) {
        var valve = ControlValve(ControlValveConfiguration())
        var image = ControlValveImage()
        image.analogue = PerMille(rawValue: extreme)
        image.position = PerMille(rawValue: extreme)
        image.flow = extreme
        image.remoteTemperature = Temperature(rawValue: extreme)
        for sample in Int64(0)..<1000 {
            let target = valve.step(at: at(sample * 100), sampling: image).target
            #expect(target >= .zero && target <= .whole)
        }
        #expect(valve.read(.position) >= 0 && valve.read(.position) <= 1000)
        #expect(valve.status.contains(.reverseFlow) == (extreme < 0))
    }

    @Test(arguments: extremes) func `a BMC saturates`(_ extreme: Int64) {
        var board = Baseboard(BaseboardConfiguration())
        var image = BaseboardImage()
        image.trayPower = Power(rawValue: extreme)
        image.hostPower = Power(rawValue: extreme)
        image.acceleratorPowers = InlineArray(repeating: Power(rawValue: extreme))
        image.acceleratorTemperatures = InlineArray(repeating: Temperature(rawValue: extreme))
        board.run(to: at(5000), image)
        #expect(board.read(.power) == (extreme == .max ? 65_535_000 : 0))
    }

    @Test(arguments: extremes) func `a fan controller saturates`(_ extreme: Int64) {
        var fans = FanController(FanControllerConfiguration())
        let image = FanControllerImage(
            fanSpeeds: InlineArray(repeating: RotationalSpeed(rawValue: extreme)),
            boardTemperature: Temperature(rawValue: extreme))
        fans.run(to: at(5000), image)
        // Six fans at twice their greatest speed by the estimate, or standing still.
        #expect(fans.read(.power) == (extreme == .max ? 6 * (2_000 + 8 * 48_000) : 12_000))
        #expect(fans.read(.temperature) == (extreme == .max ? 204_700 : extreme == .min ? -204_800 : 0))
    }

    @Test(arguments: extremes) func `a pump unit saturates`(_ extreme: Int64) {
        var unit = PumpUnit(PumpUnitConfiguration())
        var image = PumpUnitImage()
        image.pumpSpeeds = InlineArray(repeating: RotationalSpeed(rawValue: extreme))
        image.flow = extreme
        image.supplyTemperature = Temperature(rawValue: extreme)
        image.level = PerMille(rawValue: extreme)
        image.valvePosition = PerMille(rawValue: extreme)
        let outputs = unit.run(to: at(120_000), image)
        #expect((PerMille.zero ... .whole).contains(outputs.valve))
        #expect((PerMille.zero ... .whole).contains(outputs.duty))
    }
}

extension PowerMonitor {
    fileprivate var outputsBrake: Bool { read(.brakeAsserted) == 1 }
}
