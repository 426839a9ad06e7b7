import DeviceFirmware
import RegisterMaps
import Testing
import Units

/// Published figures of the classes that have no suite of their own for them; each test names its source.
@Suite struct ClassFigureTests {
    // MARK: Busbar meter

    /// TI INA228: gain +-0.05 % at most, of voltage and of current; 312.5 nV across the shunt, which are 12.5 mA in 25 microohms.
    @Test(arguments: [Int64(-1), 1]) func `a meter's power is right to both gains of its INA228`(sign: Int64) {
        let configuration = BusbarMeterConfiguration()
        #expect(configuration.converter.gainPerMillion == 500)
        let gain = ConverterError(gainPerMillion: sign * 500)
        var meter = BusbarMeter(configuration, calibration: PowerMonitorCalibration(voltage: gain, current: gain))
        let image = BusbarMeterImage(busMicrovolts: 50_000_000, currentMicroamperes: 2_400_000_000)
        while meter.nextDeadline <= at(200) { _ = meter.step(at: meter.nextDeadline, sampling: image) }
        let error = abs(meter.read(.power) - 120_000_000)
        // A thousandth and what its square adds; each step is less than a watt.
        #expect(error <= 120_000 + 30 + 1_000, "off by \(error) mW")
        #expect(error > 100_000)
        let step = configuration.converter.currentRange(shuntMicroohms: configuration.shuntMicroohms).step
        #expect(step == ExactRatio(12_500, 1))
    }

    // MARK: Rack PDU

    /// Inrush lasts 20 to 40 ms, and outlets that are switched on together follow each other at 100 ms in the maker's own example
    /// (Legrand PDU user guide, June 2018, "Inrush Current and Inrush Guard Delay").
    @Test func `an outlet waits until the inrush of the one before is over`() {
        var configuration = RackPDUConfiguration()
        configuration.outletCount = 4
        var unit = RackPDU(configuration)
        let image = RackPDUImage(inletVoltage: .volts(415))
        for value: Int64 in [0, 1] {
            for outlet in 0..<UInt8(4) { unit.write(.outletCommand, member: outlet, value, at: unit.nextDeadline) }
            if value == 0 { _ = unit.step(at: unit.nextDeadline, sampling: image) }
        }
        var closed = 0
        var closings: [Interval] = []
        while closings.count < 4, unit.nextDeadline < at(20_000) {
            let now = unit.nextDeadline
            let count = unit.step(at: now, sampling: image).closed.nonzeroBitCount
            #expect(count <= closed + 1)
            if count > closed { closings.append(now - .start) }
            closed = count
        }
        #expect(closings.count == 4)
        for (earlier, later) in zip(closings, closings.dropFirst()) { #expect(later - earlier >= .milliseconds(100)) }
    }

    // MARK: Control valve

    /// Belimo EP015R2+BAC: flow is held to +-5 % of the nominal flow. What is within that is no fault, however long it lasts.
    @Test(arguments: [(Int64(62_000), false), (61_500, true)])
    func `a flow within five per cent of the nominal one is held`(flow: Int64, isTold: Bool) {
        var valve = ControlValve(ControlValveConfiguration())
        #expect(valve.configuration.nominalFlow == 65_000)
        var image = ControlValveImage()
        (image.analogue, image.position, image.flow) = (.whole, .whole, flow)
        while valve.nextDeadline <= at(600_000) { _ = valve.step(at: valve.nextDeadline, sampling: image) }
        #expect(valve.status.contains(.setpointNotReached) == isTold)
    }

    /// Danfoss NovoCon M 003Z8540: an analogue input and an analogue output of 0 to 10 V (data sheet VD.MJ.C2.02, 2019).
    @Test(arguments: [(Int64(0), Int64(0)), (500, 5_000), (1000, 10_000)])
    func `a valve says by 0 to 10 V where it is`(position: Int64, millivolts: Int64) {
        var valve = ControlValve(ControlValveConfiguration())
        var image = ControlValveImage()
        (image.analogue, image.position) = (PerMille(rawValue: position), PerMille(rawValue: position))
        while valve.nextDeadline <= at(1_000) { _ = valve.step(at: valve.nextDeadline, sampling: image) }
        #expect(valve.read(.analogueOutput) == millivolts)
    }

    // MARK: Optical modules

    /// How long the module is in its present state, from the first instant at which it is in `state`.
    private func stay(
        in state: OpticalModuleState, of module: inout OpticalModule, from start: Int64, staysLow: Bool
    ) -> Interval {
        var began = Instant.never
        for milliseconds in start...(start + 60_000) {
            module.step(at: at(milliseconds), plugged: true, caseTemperature: .degrees(50), staysLow: staysLow)
            if module.state == state, began == .never { began = at(milliseconds) }
            if module.state != state, began != .never { return at(milliseconds) - began }
        }
        return .zero
    }

    /// CMIS 5.2, 8.4.7, page 1, octet 167: power-up 1000b is 5 s to less than 10 s, power-down 0111b is 1 s to less than 5 s.
    @Test func `a module powers up and down for as long as its codes in CMIS say`() {
        var module = OpticalModule(OpticalModuleConfiguration())
        let up = stay(in: .poweringUp, of: &module, from: 0, staysLow: false)
        #expect(up >= .seconds(5) && up < .seconds(10))
        #expect(module.state == .ready)
        let down = stay(in: .poweringDown, of: &module, from: 100_000, staysLow: true)
        #expect(down >= .seconds(1) && down < .seconds(5))
        #expect(module.state == .lowPower)
    }

    /// QSFP-DD hardware specification, rev 6.3, power classes: 1.5 W is class 1, and class 8 is what draws more than 14 W.
    @Test func `a module is of the class that its power says`() {
        let configuration = OpticalModuleConfiguration()
        #expect(configuration.powerClass == 8 && configuration.maximumPower > .watts(14))
        #expect(configuration.lowPower <= .milliwatts(1500))
    }

    /// Commercial modules are made for a case of 0 to 70 degC (Hioptel HQSFPDD-1L2, 400G DR4: operating case temperature).
    @Test(arguments: [(Int64(70), false), (71, true)])
    func `a case that is hotter than commercial modules are made for is told`(degrees: Int64, isTold: Bool) {
        var configuration = OpticsConfiguration()
        configuration.moduleCount = 1
        var controller = OpticsController(configuration)
        let image = OpticsImage(plugged: 1, caseTemperatures: InlineArray(repeating: .degrees(degrees)))
        while controller.nextDeadline <= at(5_000) { _ = controller.step(at: controller.nextDeadline, sampling: image) }
        #expect((controller.read(.hotModules) == 1) == isTold)
        // It saves itself later than that.
        #expect(controller.read(.faultedModules) == 0)
    }
}
