import ControlLaws
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Bring-up, shedding and the power-brake line.
@Suite struct LoadSwitchingTests {
    private static let staged = "{law: three-band, budget: 4.4 kW, bring-up: staged}"

    private static func traysOn(_ run: RackSimulation) -> [Bool] {
        (0..<run.plant.trayCount).map { run.plant.trayIsPowered($0) }
    }

    @Test func `trays come one after the other, each with its watchdog armed before`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "10 s", controller: Self.staged))
        #expect(Self.traysOn(run) == [false, false])
        var armedAtPowerOn: [Int64] = []
        var before = Self.traysOn(run)
        var times: [Double] = []
        while run.reachedSeconds < 9.9 {
            run.advance(bySeconds: 0.01)
            let present = Self.traysOn(run)
            for tray in present.indices where present[tray] && !before[tray] {
                let bmc = run.devices[try run.device("tray-\(tray + 1)/bmc")]
                armedAtPowerOn.append(bmc.signal(BaseboardSignal.watchdogTimeout.identifier))
                #expect(bmc.signal(BaseboardSignal.appliedLimit.identifier) == Power.watts(1700).milliwatts)
                #expect(bmc.signal(BaseboardSignal.defaultLimit.identifier) <= Power.watts(2200).milliwatts)
                times.append(run.reachedSeconds)
            }
            before = present
        }
        #expect(armedAtPowerOn == [2000, 2000])
        #expect(times.count == 2 && times[1] - times[0] >= 1.9)
        #expect(run.controller.safetyState == .normal)
        #expect(run.texts(of: "tray-1").contains("switched on"))
    }

    @Test(arguments: [
        ("monitor", "stays off: its power monitor is missing"), ("fans", "stays off: its cooling is missing"),
        ("bmc", "stays off: its BMC is missing"),
    ])
    func `a tray that lacks a part stays off, the log says which, and it comes with the part`(
        part: String, text: String
    ) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "25 s", controller: Self.staged,
                events: ["{at: 0 s, for: 12 s, disconnect: tray-2/\(part)}"]))
        run.advance(to: 12)
        #expect(Self.traysOn(run) == [true, false])
        #expect(run.texts(of: "tray-2").filter { $0.hasPrefix("stays off") } == [text])
        #expect(run.controller.safetyState == .degraded)
        run.advance(to: 25)
        #expect(Self.traysOn(run) == [true, true])
    }

    @Test func `after an outage trays stay off until they are switched on in turn`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "60 s", controller: Self.staged, events: ["{at: 10 s, for: 2 s, lose: feed-a}"]))
        run.advance(to: 20)
        #expect(Self.traysOn(run) == [false, false])
        // The BMCs boot for 30 s.
        run.advance(to: 60)
        #expect(Self.traysOn(run) == [true, true])
        let first = try run.instant(of: "switched on", subject: "tray-1", after: 20)
        let second = try run.instant(of: "switched on", subject: "tray-2", after: 20)
        #expect(second - first >= 2)
    }

    @Test func `a controller that begins anew leaves on what is on`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: Self.staged, events: ["{at: 10 s, for: 2 s, restart: controller}"]))
        run.advance(to: 20)
        #expect(Self.traysOn(run) == [true, true])
        #expect(run.texts(of: "tray-1", after: 9).allSatisfy { !$0.contains("switched") })
    }

    /// Two supplies of 1.2 kW carry one floor of 1.7 kW and not two.
    private static let failures = (1...3).map { "{at: \(3 + 2 * $0) s, for: 20 s, fail: shelf-1/psu-\($0)}" }

    @Test func `floors that do not fit shed the tray that is needed least, and it returns`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "60 s", controller: "{law: three-band, budget: 4.4 kW, shed: true}", events: Self.failures))
        run.advance(to: 13)
        #expect(Self.traysOn(run) == [true, false])
        #expect(run.controller.safetyState == .shed)
        #expect(run.plant.rackPower <= 2400)
        #expect(run.texts(of: "tray-2").contains("shed: switched off"))
        run.advance(to: 60)
        #expect(Self.traysOn(run) == [true, true])
        #expect(run.controllerCounters.traysShed == 1)
        #expect(!run.texts(of: "busbar").contains("collapsed, all trays off"))
    }

    @Test func `nothing is switched off where nobody asked for it`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "30 s", events: Self.failures))
        run.advance(to: 13)
        #expect(Self.traysOn(run) == [true, true])
    }

    @Test func `supplies that fall silent shed nothing and brake nothing`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: "{law: three-band, budget: 4.4 kW, shed: true, brake-line: true}",
                events: ["{at: 5 s, for: 10 s, bus: shelf, fault: no-reply}"]))
        run.advance(to: 14)
        #expect(run.controller.workingSupplies == 0)
        #expect(Self.traysOn(run) == [true, true])
        #expect(run.traysBraked == 0)
    }

    /// The BMCs cannot be reached when two of five supplies fail: their fallback caps of 4.4 kW are more than 3.6 kW.
    private static let beyondCaps =
        ["{at: 4 s, for: 11 s, bus: net, fault: no-reply}"]
        + (1...2).map { "{at: 8 s, fail: shelf-1/psu-\($0)}" }

    @Test func `where no cap reaches the trays the brake line holds them, and lets go as far as the supplies carry`()
        throws
    {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "30 s", controller: "{law: three-band, budget: 4.4 kW, brake-line: true}",
                events: Self.beyondCaps))
        run.advance(to: 8.3)
        #expect(run.plant.rackPower > 3800)
        #expect(run.traysBraked == 0)
        run.advance(to: 10)
        #expect(run.traysBraked == 2)
        #expect(run.plant.brakeIsEngaged(0) && run.plant.brakeIsEngaged(1))
        #expect(run.plant.rackPower < 3000)
        let status = run.devices[try run.device("tray-1/monitor")].signal(PowerMonitorSignal.status.identifier)
        #expect(status & 1 << 13 != 0)
        #expect(run.texts(of: "rack").contains("power-brake line pulled on all trays"))
        // One tray at its fallback cap and a braked one fit.
        run.advance(to: 14.9)
        #expect(run.traysBraked == 1)
        #expect(run.plant.rackPower <= 3600)
        run.advance(to: 30)
        #expect(run.traysBraked == 0)
        #expect(run.plant.rackPower <= 3600)
    }

    @Test func `the output card holds the line while the controller is dead, and its successor lets go`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "60 s", controller: "{law: three-band, budget: 4.4 kW, brake-line: true}",
                events: Self.beyondCaps + [
                    "{at: 10 s, for: 8 s, stop: controller}",
                    "{at: 20 s, restore: shelf-1/psu-1}", "{at: 20 s, restore: shelf-1/psu-2}",
                ]))
        run.advance(to: 17)
        #expect(run.traysBraked == 2)
        run.advance(to: 60)
        #expect(run.traysBraked == 0)
        #expect(run.texts(of: "rack").contains("power-brake line released"))
    }
}
