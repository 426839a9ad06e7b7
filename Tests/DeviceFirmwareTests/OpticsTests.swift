import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct OpticsTests {
    func image(degrees: Int64 = 50, plugged: UInt16 = 0b11, received: Int64 = 5_000) -> OpticsImage {
        OpticsImage(
            plugged: plugged, caseTemperatures: InlineArray(repeating: .degrees(degrees)),
            received: InlineArray(repeating: received))
    }

    func controller(modules: UInt8 = 2) -> OpticsController {
        var configuration = OpticsConfiguration()
        configuration.moduleCount = modules
        return OpticsController(configuration)
    }

    @discardableResult
    func run(_ controller: inout OpticsController, to milliseconds: Int64, _ image: OpticsImage) -> OpticsOutputs {
        var outputs = OpticsOutputs()
        while controller.nextDeadline <= at(milliseconds) {
            outputs = controller.step(at: controller.nextDeadline, sampling: image)
        }
        return outputs
    }

    func state(_ controller: OpticsController, _ member: UInt8 = 0) -> OpticalModuleState? {
        OpticalModuleState(rawValue: UInt8(controller.read(.moduleState, member: member)))
    }

    @Test func `a module comes up by itself when nobody asks it to stay low`() {
        var controller = controller()
        run(&controller, to: 1_900, image())
        #expect(state(controller) == .absent)
        var outputs = run(&controller, to: 2_100, image())
        #expect(state(controller) == .poweringUp)
        #expect(outputs.sending == 0 && outputs.powers[0] == .watts(16))
        outputs = run(&controller, to: 7_100, image())
        #expect(state(controller) == .ready && outputs.sending == 0b11)
        #expect(controller.read(.readyModules) == 0b11)
        // 25 K over 25 degC.
        #expect(controller.read(.moduleBias) == 8_000)
        #expect(controller.read(.modulePowerSent) == 10_000)
        #expect(controller.read(.power) == 32_000)
    }

    @Test func `a module that is asked to stay low ends its light and then its power`() {
        var controller = controller()
        run(&controller, to: 8_000, image())
        controller.write(.lowPowerRequest, 0b01, at: at(8_000))
        var outputs = run(&controller, to: 8_500, image())
        #expect(outputs.sending == 0b10 && outputs.powers[0] == .watts(16))
        outputs = run(&controller, to: 9_200, image())
        #expect(outputs.powers[0] == .milliwatts(1_500) && outputs.powers[1] == .watts(16))
        #expect(state(controller) == .lowPower && state(controller, 1) == .ready)
        #expect(controller.read(.moduleBias) == 0)
    }

    @Test func `a module that is too hot saves itself until it is reset`() {
        var controller = controller()
        run(&controller, to: 8_000, image(degrees: 71))
        #expect(controller.read(.hotModules) == 0b11)
        let outputs = run(&controller, to: 8_200, image(degrees: 81))
        #expect(outputs.sending == 0 && outputs.powers[0] == .milliwatts(1_500))
        run(&controller, to: 9_000, image(degrees: 40))
        #expect(controller.read(.faultedModules) == 0b11)
        controller.write(.resetCommand, 0b01, at: at(9_000))
        run(&controller, to: 17_000, image(degrees: 40))
        #expect(controller.read(.faultedModules) == 0b10)
        #expect(controller.read(.readyModules) == 0b01)
        controller.write(.hotModules, 0b11, at: at(17_000))
        #expect(controller.read(.hotModules) == 0)
    }

    @Test func `a reading is as old as the round over all modules`() {
        var controller = controller(modules: 16)
        run(&controller, to: 10_000, image(plugged: 0xFFFF))
        var ages = (0..<16).map { controller.read(.moduleAge, member: UInt8($0)) }
        ages.sort()
        #expect(ages == (0..<16).map { Int64($0 * 20) })
    }

    @Test func `a module that is pulled reads nothing, and a dark one says so`() {
        var controller = controller()
        run(&controller, to: 8_000, image(received: 900))
        #expect(controller.read(.darkModules) == 0b11)
        let outputs = run(&controller, to: 8_200, image(plugged: 0b10))
        #expect(controller.read(.presentModules) == 0b10)
        #expect(controller.read(.modulePower) == 0 && outputs.powers[0] == .zero)
        #expect(controller.read(.darkModules) == 0)
    }

    @Test func `a restart of the controller leaves the modules as they are`() {
        var controller = controller()
        controller.write(.lowPowerRequest, 0b10, at: at(0))
        run(&controller, to: 8_000, image())
        controller.restart(at: at(8_000))
        #expect(controller.read(.readyModules) == 0)
        let outputs = run(&controller, to: 8_400, image())
        #expect(outputs.sending == 0b01)
        #expect(controller.read(.readyModules) == 0b01)
        #expect(controller.read(.lowPowerRequest) == 0b10)
    }

    @Test func `a request for a module that is not fitted is refused`() {
        let controller = controller(modules: 2)
        #expect(controller.verdict(onWriting: OpticsSignal.lowPowerRequest.identifier, value: 0b100) == .illegalValue)
        #expect(controller.verdict(onWriting: OpticsSignal.lowPowerRequest.identifier, value: 0b11) == .accepted)
        #expect(controller.verdict(onWriting: OpticsSignal.power.identifier, value: 1) == .protected)
    }
}

extension OpticsController {
    func read(_ signal: OpticsSignal, member: UInt8 = 0) -> Int64 { value(of: signal.identifier(member: member)) }
    mutating func write(_ signal: OpticsSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
}
