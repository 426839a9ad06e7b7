import ControlLaws
import Testing
import Units

@Suite struct CoolingZoneTests {
    private static func stair(_ steps: [(Int64, Int64)]) -> StepwiseLaw {
        var law = StepwiseLaw(rise: .zero, fall: .zero)
        for (degrees, percent) in steps {
            law.append(CoolingStep(from: .degrees(degrees), duty: .percent(percent)))
        }
        return law
    }

    private static func loop(
        _ steps: [(Int64, Int64)], isCeiling: Bool = false, failsafe: Int64 = 75, at degrees: Int64?
    ) -> ThermalLoop {
        var loop = ThermalLoop(
            law: .stepwise(stair(steps)), isCeiling: isCeiling, failsafe: .percent(failsafe))
        loop.step(degrees.map(Temperature.degrees), resumingAt: nil, elapsed: .seconds(1))
        return loop
    }

    private static func zone(
        _ loops: [ThermalLoop], tolerates count: Int = 0, slew: SlewLimit? = nil, failures: Int? = 0
    ) -> CoolingZone {
        var zone = CoolingZone(
            minimum: .percent(20), failsafe: .percent(60), toleratedFailures: count, slew: slew)
        zone.beginRound()
        for loop in loops { zone.add(loop) }
        zone.drive(failures: failures, elapsed: .seconds(1))
        return zone
    }

    @Test func `the greatest of what the loops ask for is driven`() {
        let zone = Self.zone([Self.loop([(0, 30)], at: 40), Self.loop([(0, 55)], at: 40)])
        #expect(zone.duty == .percent(55))
        #expect(!zone.isInFailsafe)
    }

    @Test func `the lowest ceiling caps it, and the minimum floors even that`() {
        let asking = Self.loop([(0, 90)], at: 40)
        let ceilings = [50, 45].map { Self.loop([(0, $0)], isCeiling: true, at: 40) }
        #expect(Self.zone([asking] + ceilings).duty == .percent(45))
        #expect(Self.zone([asking, Self.loop([(0, 10)], isCeiling: true, at: 40)]).duty == .percent(20))
    }

    @Test func `a missing input drives its own failsafe duty, whatever a ceiling says`() {
        let zone = Self.zone([
            Self.loop([(0, 30)], failsafe: 85, at: nil), Self.loop([(0, 40)], isCeiling: true, at: 40),
        ])
        #expect(zone.isInFailsafe)
        #expect(zone.duty == .percent(85))
    }

    @Test func `failsafe never slows what another loop asks for`() {
        let zone = Self.zone([Self.loop([(0, 30)], failsafe: 75, at: nil), Self.loop([(0, 95)], at: 40)])
        #expect(zone.duty == .percent(95))
    }

    @Test(arguments: [(200, true), (-41, true), (149, false)] as [(Int64, Bool)])
    func `an impossible temperature counts as missing`(degrees: Int64, isMissing: Bool) {
        #expect(Self.zone([Self.loop([(-100, 30)], at: degrees)]).isInFailsafe == isMissing)
    }

    @Test func `as many fans may stand still as the zone tolerates`() {
        let loops = [Self.loop([(0, 30)], at: 40)]
        #expect(Self.zone(loops, tolerates: 1, failures: 1).duty == .percent(30))
        #expect(Self.zone(loops, tolerates: 1, failures: 2).duty == .percent(60))
        #expect(Self.zone(loops, tolerates: 16, failures: nil).duty == .percent(60))
    }

    @Test func `the duty follows by its slew, and failsafe is reached at once`() {
        let slew = SlewLimit(risePerSecond: .percent(5), fallPerSecond: .percent(2))
        var zone = Self.zone([Self.loop([(0, 30)], at: 40)], slew: slew)
        #expect(zone.duty == .percent(58))
        zone.drive(failures: 3, elapsed: .milliseconds(100))
        #expect(zone.duty == .percent(60))
        zone.drive(failures: 0, elapsed: .milliseconds(500))
        #expect(zone.duty == .percent(59))
        zone.beginRound()
        zone.add(Self.loop([(0, 90)], at: 40))
        zone.drive(failures: 0, elapsed: .milliseconds(100))
        #expect(zone.duty == .perMille(595))
    }

    @Test func `when nobody decides the duty is the failsafe one or what was driven`() {
        var zone = Self.zone([Self.loop([(0, 30)], at: 40)])
        zone.hold()
        #expect(zone.duty == .percent(60))
        var fast = Self.zone([Self.loop([(0, 80)], at: 40)])
        fast.hold()
        #expect(fast.duty == .percent(80))
        #expect(fast.isInFailsafe)
    }

    @Test func `a PID loop that was blind goes on from the duty of its zone`() {
        let law = PIDLaw(
            proportional: 25_000, integral: 500, derivative: 0, lowest: .percent(20), highest: .whole,
            slew: SlewLimit(risePerSecond: .percent(20), fallPerSecond: .percent(2)))
        var loop = ThermalLoop(law: .pid(law, setpoint: .degrees(75)), failsafe: .percent(75))
        loop.step(nil, resumingAt: nil, elapsed: .seconds(1))
        #expect(loop.isBlind)
        loop.step(.degrees(60), resumingAt: .percent(75), elapsed: .seconds(1))
        #expect(!loop.isBlind)
        // The integral alone has moved: 0.05 % per kelvin and second, 15 K below the setpoint.
        #expect(loop.output == .perMille(742))
    }
}
