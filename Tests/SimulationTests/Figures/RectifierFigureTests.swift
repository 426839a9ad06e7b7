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

/// The rectifiers that a rack file gets without a word about their physics, against what is published of Open Rack V3: the
/// Open Compute Project's talk on Open Rack V3 (3 kW), the Delta and AEI deck on its high-power shelf (5.5 kW), and the
/// Vertiv R48-2000e3 data sheet for the step of a load.
@Suite struct RectifierFigureTests {
    /// Six supplies of this rating in one shelf, and a resistor of so many watts as the only load; more resistors on request.
    private func plant(rated: String, watts: Double, besides: [Double] = []) throws -> RackPlant {
        let rack = SmallRack.rack().replacing("{count: 5, rated: 1.2 kW,", with: "{count: 6, rated: \(rated),")
            .replacing("rated: 16 A", with: "rated: 630 A")
        var plant = try SmallRack.scenario(rack: rack).rack.plant
        plant.trays = ([watts] + besides).map { watts in
            TrayConfiguration(
                name: "resistor", hostIdlePower: watts, hostMaximumPower: watts,
                accelerator: plant.trays[0].accelerator,
                acceleratorCount: 0, cooling: .liquid, fans: nil, thermal: plant.trays[0].thermal)
        }
        // Every supply carries the same, so that none gives up before the others.
        plant.shelves[0].supply.shareTolerance = 0
        let made = RackPlant(plant, workloads: [], seed: 1)
        made.step()
        return made
    }

    private func run(_ plant: RackPlant, milliseconds: Int) { for _ in 0..<milliseconds { plant.step() } }

    /// Peak 97.5 %, 96.5 % at full load with the fan; the other points are the loss law that goes through these two.
    @Test(arguments: [
        (0.1, 0.949), (0.2, 0.970), (0.3, 0.974), (0.5, 0.975), (0.7, 0.972), (1.0, 0.965), (1.5, 0.952),
    ])
    func `input over output is the published efficiency`(load: Double, efficiency: Double) throws {
        for (rated, shelf) in [("3 kW", 18_000.0), ("5.5 kW", 33_000)] {
            let plant = try plant(rated: rated, watts: shelf * load)
            #expect(abs(plant.rackPower / plant.feedPower(0) - efficiency) < 0.0005, "\(rated)")
        }
    }

    /// Droop of 0.5 V between no load and full load, from 51 V, to within 0.25 %.
    @Test func `the load line falls by half a volt`() throws {
        #expect(try abs(plant(rated: "3 kW", watts: 0).busVoltage - 51) < 0.0025 * 51)
        #expect(try abs(plant(rated: "3 kW", watts: 18_000).busVoltage - 50.5) < 0.0025 * 50.5)
        #expect(try abs(plant(rated: "5.5 kW", watts: 33_000).busVoltage - 50.5) < 0.0025 * 50.5)
    }

    /// Pulses of 160 % of the rating, raised from 155 % for the high-power shelf.
    @Test func `pulses to 160 per cent are carried on the load line, and not more`() throws {
        let pulse = try plant(rated: "5.5 kW", watts: 1.6 * 33_000)
        run(pulse, milliseconds: 100)
        #expect(pulse.busVoltage > 50 && pulse.workingSupplies == 6)
        let more = try plant(rated: "5.5 kW", watts: 1.7 * 33_000)
        var lowest = more.busVoltage
        for _ in 0..<100 {
            more.step()
            lowest = min(lowest, more.busVoltage)
        }
        #expect(lowest < 46, "\(lowest) V")
    }

    /// 60 J at 3 kW, up to 150 % of the load, which are 20 ms at full load; 110 J at 5.5 kW.
    @Test(arguments: [("3 kW", 1.0, 20.0), ("3 kW", 1.5, 13.3), ("5.5 kW", 1.0, 20), ("5.5 kW", 0.5, 40)])
    func `the output outlives the input by the hold-up time`(rated: String, load: Double, milliseconds: Double) throws {
        let plant = try plant(rated: rated, watts: (rated == "3 kW" ? 18_000 : 33_000) * load)
        plant.loseFeed(0)
        var count = 0
        while plant.workingSupplies > 0, count < 100 {
            plant.step()
            count += 1
        }
        #expect(abs(Double(count) - milliseconds) <= 1.1, "\(count) ms")
    }

    /// A step between 90 % and 10 % of the load moves the output by 5 % at most, and after 1 ms it is within 1 %.
    @Test func `a step of the load is over within a millisecond`() throws {
        let plant = try plant(rated: "5.5 kW", watts: 3_300, besides: [26_400])
        let before = plant.busVoltage
        plant.setPower(tray: 1, on: false)
        plant.step()
        #expect(abs(plant.rackPower - 3_300) < 1)
        let stepped = plant.busVoltage
        #expect(abs(stepped / before - 1) < 0.05)
        run(plant, milliseconds: 1000)
        #expect(abs(stepped / plant.busVoltage - 1) < 0.01)
    }

    /// Six rectifiers of 3 kW make 15 kW at N+1.
    @Test func `a shelf of six is worth five`() throws {
        let rack = SmallRack.rack(trays: 6).replacing(
            "{count: 5, rated: 1.2 kW,", with: "{count: 6, rated: 3 kW,"
        ).replacing("rated: 16 A", with: "rated: 63 A")
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "3 s", rack: rack,
                controller: "{law: three-band, redundancy: N+1, budget: 18 kW}"))
        run.advance(to: 3)
        #expect(run.plant.ratedCapacity == 18_000)
        #expect(run.budgetInForce == .watts(15_000))
    }

    /// Eight shelves of six times 5.5 kW: 264 kW installed (NVIDIA's reference rack), and half of it for N+N.
    @Test func `the reference rack has 264 kilowatts installed, and 132 on either feed`() throws {
        let plant = try SmallRack.read(
            """
            # The reference rack.
            rack: nvl72
            duration: 1 s
            workload: {constant: 50 %}
            controller: {law: water-filling, redundancy: N+N, budget: 112 kW}
            """
        ).rack.plant
        let installed = plant.feeds.indices.map { feed in
            plant.shelves.filter { $0.feed == feed }.reduce(0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        }
        #expect(installed == [132_000, 132_000])
        #expect(plant.shelves.count == 8 && plant.shelves.allSatisfy { $0.supplyCount == 6 })
    }
}
