import Plant
import RackControl
import Scenario
import Testing
import Units

@testable import Simulation

/// Zones that a rack's file names.
@Suite struct ZoneTests {
    private static let zones = """
            zones:
              - name: pumps
                drives: pumps
                minimum: 40 %
                failsafe: 80 %
                tolerates: 1
                slew: {up: 10 %/s, down: 5 %/s}
                loops:
                  - input: accelerators
                    stepwise: {steps: [[0 degC, 50 %], [90 degC, 100 %]], hysteresis: {up: 1 K, down: 2 K}}
              - name: wall
                drives: fan-wall
                loops:
                  - {input: hosts, failsafe: 95 %, pid: {setpoint: 60 degC}}
                  - {input: hosts, ceiling: true, stepwise: {steps: [[0 degC, 35 %]]}}
        """

    @Test func `the duty goes to the step by the zone's slew`() throws {
        let run = try CooledRack.run("20 s", rack: CooledRack.rack(zones: Self.zones))
        run.advance(to: 20)
        let zone = try #require(run.controller.zoneNames.firstIndex(of: "pumps"))
        #expect(run.controller.askedDuty(zone: zone) == .percent(50))
        #expect(run.plant.pumpDuty(0) == 0.5)
    }

    @Test func `a ceiling holds the wall down, and failsafe goes through it`() throws {
        let run = try CooledRack.run(
            "60 s", rack: CooledRack.rack(zones: Self.zones), events: ["{at: 45 s, disconnect: switch-1/bmc}"])
        // From failsafe, 95 %, it comes down by 2 % in a second.
        run.advance(to: 45)
        #expect(run.plant.wallDuty <= 0.351)
        run.advance(to: 60)
        let zone = try #require(run.controller.zoneNames.firstIndex(of: "wall"))
        #expect(run.controller.isInFailsafe(zone: zone))
        // The loop under the ceiling may ask for more than failsafe does.
        #expect(run.controller.askedDuty(zone: zone) >= .percent(95))
    }

    @Test func `one dead pump is tolerated by the zone, two are not`() throws {
        let run = try CooledRack.run(
            "40 s", rack: CooledRack.rack(zones: Self.zones),
            events: ["{at: 10 s, fail: cdu/pump-1}", "{at: 25 s, fail: cdu/pump-2}"])
        run.advance(to: 24)
        let zone = try #require(run.controller.zoneNames.firstIndex(of: "pumps"))
        #expect(!run.controller.isInFailsafe(zone: zone))
        run.advance(to: 35)
        #expect(run.controller.isInFailsafe(zone: zone))
    }
}
