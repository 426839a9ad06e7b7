import ControlLaws
import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// The practice of OpenBMC's phosphor-pid-control (configure.md) in a running rack: a fan that nobody commands for 2 s goes to
/// its failsafe duty of 75 %, thermal loops run once per second, a stepwise law has twenty steps at most.
@Suite struct CoolingFigureTests {
    @Test func `fans that hear nothing for two seconds are driven at 75 per cent`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", workload: "{constant: 0 %}",
                controller: "{law: three-band, budget: 4.4 kW, device-watchdog: 2 s}",
                events: ["{at: 10 s, stop: controller, for: 9 s}"]))
        run.advance(to: 10)
        #expect(run.plant.fanDuty(0) < 0.74, "\(run.plant.fanDuty(0))")
        // The last write came within the last second before.
        run.advance(to: 10.9)
        #expect(run.plant.fanDuty(0) < 0.74, "\(run.plant.fanDuty(0))")
        run.advance(to: 12.1)
        #expect(abs(run.plant.fanDuty(0) - 0.75) < 0.001)
    }

    @Test func `thermal loops run once per second and a table has twenty steps at most`() {
        #expect(FanConfiguration().period == .seconds(1))
        #expect(StepwiseLaw.greatestCount == 20)
    }

    /// Idle and cubic part of a usual fan's power in the proportion of the San Ace 9GAX0412P3S001: 0.76 W and 14.8 W.
    @Test func `a fan of which a rack says nothing has a constant part of its power as the data sheet shows`() throws {
        let fans = try #require(try SmallRack.scenario().rack.plant.trays[0].fans)
        #expect(abs(fans.idlePower / fans.cubicPower - 0.76 / 14.84) < 0.002)
        // 80 x 38 mm server fans: 10 000 to 18 000 rpm, 30 W to 60 W.
        #expect((10_000...18_000).contains(fans.maximumSpeed))
        #expect((30...60).contains(fans.idlePower + fans.cubicPower))
    }
}
