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

/// What meters, PDUs, optics and leak sensors say of themselves, as telemetry and expectations see it.
@Suite struct DeviceReadingTests {
    /// Ten modules and a rope in each of two trays; a meter, a PDU and a rope in the rack itself.
    private static let rack =
        SmallRack.rack().replacing(
            "      floor: 1.7 kW",
            with: """
                      floor: 1.7 kW
                      optical-modules: {count: 10, power: 15 W}
                      optics: {spec: busbar-optics-1, bus: net, first-unit: 128}
                      leak-sensor: {spec: busbar-leak-1, bus: net, first-unit: 192}
                """)
            + """

              devices:
                - {name: meter, spec: busbar-meter-1, bus: net, first-unit: 236}
                - {name: pdu, spec: busbar-pdu-1, bus: net, first-unit: 160}
                - {name: pan, spec: busbar-leak-1, bus: net, first-unit: 206}
            """

    private func run(
        _ duration: String = "20 s", events: [String] = [], expect: [String] = []
    ) throws -> RackSimulation {
        RackSimulation(
            try SmallRack.scenario(
                duration: duration, rack: Self.rack, workload: "{constant: 60 %}",
                controller: "{law: three-band, budget: 5 kW}", events: events, expect: expect))
    }

    private func value(_ path: String, _ run: RackSimulation) throws -> Double {
        let index = try #require(run.observation.catalogue.index(of: path), "there is no \(path)")
        return run.value(of: run.observation.catalogue.entries[index].source)
    }

    @Test func `a meter's reading is the firmware's own in SI units`() throws {
        let run = try run()
        run.advance(to: 10)
        let meter = run.devices[try run.device("meter")]
        let power = Double(meter.signal(BusbarMeterSignal.power.identifier)) / 1000
        #expect(try value("meter.power", run) == power)
        #expect(abs(power / run.plant.rackPower - 1) < 0.01)
        #expect(try value("meter.power", run) != run.plant.rackPower)
        #expect(try abs(value("meter.voltage", run) - run.plant.busVoltage) < 0.2)
        #expect(try abs(value("meter.current", run) * value("meter.voltage", run) / power - 1) < 0.01)
        #expect(try abs(value("meter.energy", run) / run.plant.energyOut - 1) < 0.01)
        #expect(try value("meter.peak-power", run) >= power)
        for truth in ["over-power", "under-voltage", "over-voltage", "saturated"] {
            #expect(try value("meter.\(truth)", run) == 0, "\(truth)")
        }
        #expect(try value("meter.answers", run) == 1)
    }

    @Test func `a supply reports the power factor of its feed`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "10 s"))
        run.advance(to: 5)
        let factor = run.scenario.rack.plant.feeds[0].powerFactor
        let supply = run.devices[try run.device("shelf-1/psu-1")]
        #expect(factor < 1)
        #expect(supply.signal(PowerSupplySignal.powerFactor.identifier) == Int64((factor * 1000).rounded()))
        let power = Double(supply.signal(PowerSupplySignal.inputPower.identifier)) / 1000
        #expect(abs(power / run.plant.supplyInputPower(shelf: 0, slot: 0) - 1) < 0.02)
    }

    @Test func `optics are recorded as a whole and module by module`() throws {
        let run = try run()
        run.advance(to: 10)
        #expect(try value("tray-1/optics.ready", run) == 10 && value("tray-1/optics.present", run) == 10)
        #expect(try value("tray-1/optics.power", run) == 150)
        #expect(try value("tray-2/optics/module-10.power", run) == 15)
        #expect(try value("tray-2/optics/module-10.power-class", run) == 8)
        #expect(try value("tray-2/optics/module-10.supply", run) == 3.3)
        #expect(try (0.007...0.009).contains(value("tray-2/optics/module-10.bias", run)))
        #expect(try value("tray-2/optics/module-10.light-sent", run) == 0.001)
        #expect(try value("tray-2/optics/module-10.light-received", run) == 0.0005)
        #expect(try (30...60).contains(value("tray-2/optics/module-10.temperature", run)))
        #expect(
            try value("tray-2/optics/module-10.ready", run) == 1 && value("tray-2/optics/module-10.low-power", run) == 0
        )
        #expect(run.observation.catalogue.index(of: "tray-2/optics/module-11.power") == nil)
    }

    @Test func `before they are up the modules are in low power, and none is ready`() throws {
        let run = try run()
        run.advance(to: 2.4)
        #expect(try value("tray-1/optics/module-1.low-power", run) + value("tray-1/optics.ready", run) <= 1)
        #expect(try value("tray-1/optics.ready", run) == 0)
        #expect(try value("tray-1/optics/module-1.bias", run) == 0)
    }

    @Test func `a PDU shows inlet, breaker and the shelf on its outlet`() throws {
        let run = try run(events: ["{at: 10 s, lose: feed-a}"])
        run.advance(to: 9)
        #expect(try abs(value("pdu.power", run) / run.plant.feedPower(0) - 1) < 0.02)
        #expect(try abs(value("pdu.voltage", run) - 400) < 1)
        #expect(try value("pdu/outlet-1.on", run) == 1 && value("pdu/breaker.closed", run) == 1)
        #expect(try abs(value("pdu/outlet-1.power", run) / value("pdu.power", run) - 1) < 0.005)
        #expect(try value("pdu.inlet-lost", run) == 0)
        #expect(run.observation.catalogue.index(of: "pdu/outlet-2.power") == nil)
        run.advance(to: 11)
        #expect(try value("pdu.inlet-lost", run) == 1 && value("pdu.voltage", run) == 0)
        #expect(try value("pdu/breaker.closed", run) == 1)
    }

    @Test func `a rope tells of water, and a door only where there is one`() throws {
        let run = try run(events: ["{at: 5 s, open: door}"])
        run.advance(to: 8)
        #expect(try value("pan.door-open", run) == 1 && value("pan.door-count", run) == 1)
        #expect(try value("pan.wet", run) == 0 && value("tray-1/leak.wetness", run) == 0)
        #expect(run.observation.catalogue.index(of: "tray-1/leak.door-open") == nil)
    }

    @Test func `what boots or is cut off from its power reports nothing`() throws {
        let run = try run(events: ["{at: 10 s, reboot: meter}", "{at: 12 s, lose: feed-a}"])
        run.advance(to: 10.1)
        #expect(try value("meter.power", run) == 0)
        run.advance(to: 11.5)
        #expect(try value("meter.power", run) > 1000 && value("tray-1/optics.power", run) == 150)
        // The optics live on the busbar; the meter and the PDU do not.
        run.advance(to: 13)
        #expect(!run.plant.busIsLive)
        #expect(try value("tray-1/optics.power", run) == 0 && value("tray-1/optics/module-1.temperature", run) == 0)
    }

    @Test func `an expectation on a meter believes the meter`() throws {
        let expect = ["always: meter.power <= 5.5 kW", "always: rack.power <= 5.5 kW", "always: meter.answers"]
        let events = ["{at: 8 s, sensor: meter.current, gain: 200 %}"]
        let run = try run(events: events, expect: expect.map { "{\($0), from: 7 s}" })
        run.advance(to: 20)
        let verdicts = run.result(wallSeconds: 0).outcomes.map(\.verdict)
        #expect(verdicts == [.failed, .held, .held])
    }

    @Test func `a cut cable leaves the reading, and nothing comes back from the address`() throws {
        let run = try run(events: ["{at: 8 s, disconnect: meter}"])
        run.advance(to: 12)
        #expect(try value("meter.answers", run) == 0)
        #expect(try value("meter.power", run) > 1000)
    }
}
