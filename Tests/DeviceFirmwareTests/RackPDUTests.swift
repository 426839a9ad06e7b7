import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct RackPDUTests {
    func image(amperes: Int64, watts: Int64 = 20_000) -> RackPDUImage {
        RackPDUImage(
            inletVoltage: .volts(415), inletCurrent: .amperes(amperes), inletPower: .watts(watts))
    }

    func unit(outlets: UInt8 = 3) -> RackPDU {
        var configuration = RackPDUConfiguration()
        configuration.outletCount = outlets
        configuration.overloadThreshold = .amperes(32)
        return RackPDU(configuration)
    }

    @discardableResult
    func run(_ unit: inout RackPDU, to milliseconds: Int64, _ image: RackPDUImage) -> UInt16 {
        var closed: UInt16 = 0
        while unit.nextDeadline <= at(milliseconds) {
            closed = unit.step(at: unit.nextDeadline, sampling: image).closed
        }
        return closed
    }

    @Test func `outlets open at once and close one after the other`() {
        var unit = unit()
        #expect(run(&unit, to: 0, image(amperes: 30)) == 0b111)
        for outlet in 0..<UInt8(3) { unit.write(.outletCommand, member: outlet, 0, at: at(50)) }
        #expect(run(&unit, to: 100, image(amperes: 0)) == 0)
        for outlet in 0..<UInt8(3) { unit.write(.outletCommand, member: outlet, 1, at: at(150)) }
        #expect(run(&unit, to: 200, image(amperes: 0)) == 0b001)
        #expect(unit.status.contains(.sequencing))
        #expect(run(&unit, to: 600, image(amperes: 0)) == 0b001)
        #expect(run(&unit, to: 700, image(amperes: 0)) == 0b011)
        #expect(run(&unit, to: 1_200, image(amperes: 0)) == 0b111)
        #expect(!unit.status.contains(.sequencing))
    }

    @Test func `relays stay as they are through a restart`() {
        var unit = unit()
        unit.write(.outletCommand, member: 1, 0, at: at(0))
        run(&unit, to: 100, image(amperes: 10))
        unit.restart(at: at(200))
        #expect(!unit.isReady(at: at(300)))
        #expect(run(&unit, to: 700, image(amperes: 10)) == 0b101)
        #expect(RackPDUStatus(signalValue: unit.read(.latchedFaults)) == .restarted)
    }

    @Test func `a warning comes above 32 amperes and ends 2 per cent below`() {
        var unit = unit()
        run(&unit, to: 0, image(amperes: 33))
        #expect(unit.status.contains(.overload))
        var near = image(amperes: 32)
        near.inletCurrent = .milliamperes(31_500)
        run(&unit, to: 100, near)
        #expect(unit.status.contains(.overload))
        near.inletCurrent = .milliamperes(31_300)
        run(&unit, to: 200, near)
        #expect(!unit.status.contains(.overload))
        #expect(RackPDUStatus(signalValue: unit.read(.latchedFaults)) == .overload)
    }

    @Test func `energy is what ten samples a second add up to`() {
        var unit = unit()
        run(&unit, to: 9_900, image(amperes: 30))
        #expect(unit.read(.inletEnergy) == 200_000_000)
    }

    @Test func `an outlet that is not fitted takes no command`() {
        let unit = unit(outlets: 2)
        #expect(
            unit.verdict(onWriting: RackPDUSignal.outletCommand.identifier(member: 2), value: 1) == .illegalValue)
        #expect(unit.read(.outletState, member: 2) == 0)
    }
}

extension RackPDU {
    func read(_ signal: RackPDUSignal, member: UInt8 = 0) -> Int64 { value(of: signal.identifier(member: member)) }
    mutating func write(_ signal: RackPDUSignal, member: UInt8, _ value: Int64, at now: Instant) {
        write(signal.identifier(member: member), value: value, at: now)
    }
    var status: RackPDUStatus { RackPDUStatus(signalValue: read(.status)) }
}
