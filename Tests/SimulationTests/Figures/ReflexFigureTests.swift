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

/// How fast the first tier is in a running rack, against what its parts can do and what a bus can do.
@Suite struct ReflexFigureTests {
    /// The comparator path of a TI INA228 answers within 75 us, that of an Analog Devices ADM1278 to a short circuit within
    /// 320 ns. Here both are a sample of 1 ms: coarser than the parts, finer than anything on a bus by two orders.
    @Test(arguments: ["busbar-pm-1", "acme-pm-2", "volta-pm-48"])
    func `the brake is there within two milliseconds, and no bus knows of it yet`(model: String) throws {
        let rack = SmallRack.rack().replacing("spec: busbar-pm-1", with: "spec: \(model)")
        // 120 % of the tray's ceiling of 2460 W is the limit; twice some 2 kW is above it.
        let run = RackSimulation(
            try SmallRack.scenario(rack: rack, events: ["{at: 2 s, sensor: tray-1/monitor.current, gain: 200 %}"]))
        run.advance(to: 2)
        #expect(!run.plant.brakeIsEngaged(0))
        let before = run.transactions
        run.advance(to: 2.002)
        #expect(run.plant.brakeIsEngaged(0) && !run.plant.brakeIsEngaged(1))
        let asserted = try run.instant(of: "power brake asserted", subject: "tray-1/monitor") - 2
        #expect(asserted >= 0.000_075 && asserted <= 0.002, "\(asserted) s")
        // One or two answers on each of three buses at most.
        #expect(run.transactions - before <= 6)
    }

    /// One reading of 16 or 125 registers, with the silences before and after and 5 ms or 35 ms of turnaround:
    /// (13 + 2 n) characters of 11 bits. Six supplies take six times as long, so that no serial bus closes a loop of 50 ms
    /// over many nodes.
    @Test(arguments: [
        (Int64(19_200), Int64(16), Int64(5), 35.0), (19_200, 16, 35, 65), (115_200, 16, 5, 13), (115_200, 16, 35, 43),
        (19_200, 125, 5, 160), (115_200, 125, 5, 34), (115_200, 125, 35, 64),
    ])
    func `a reading takes as long as its characters and silences`(
        baud: Int64, registers: Int64, turnaround: Int64, milliseconds: Double
    ) throws {
        let run = try readings(baud: Int(baud), turnaround: Int(turnaround))
        let line = SerialFigure(baud: baud)
        let whole = line.transaction(registers: registers, turnaround: turnaround)
        #expect(abs(whole - milliseconds) < 1, "\(whole) ms")
        // The simulated line is as slow as the formula says of the readings that it really carries.
        #expect(run.shortest >= line.transaction(registers: 1, turnaround: turnaround) - 0.1, "\(run.shortest) ms")
    }

    /// (13 + 2 n) characters: eight of the request, five of the answer and its data.
    private struct SerialFigure {
        var baud: Int64
        func transaction(registers: Int64, turnaround: Int64) -> Double {
            let silence = baud > 19_200 ? 1.75 : 3.5 * 11_000 / Double(baud)
            return Double(13 + 2 * registers) * 11_000 / Double(baud) + 2 * silence + Double(turnaround)
        }
    }

    /// ms from a request's first octet to the next one's, the shortest that a line of the small rack showed.
    private func readings(baud: Int, turnaround: Int) throws -> (shortest: Double, count: Int) {
        var files = SmallRack.files
        let load = files.loadSpecification
        files.loadSpecification = { model in
            var (specification, problems) = load(model)
            specification?.serial.baud = baud
            specification?.serial.turnaround = .milliseconds(Int64(turnaround))
            return (specification, problems)
        }
        let buses = SmallRack.lines.replacing("115200", with: "\(baud)")
        let scenario = try SmallRack.scenario(
            duration: "2 s", rack: SmallRack.rack(buses: buses),
            controller: "{law: three-band, budget: 4.4 kW, timeout: 200 ms}", files: files)
        let log = RunLog()
        let run = RackSimulation(scenario, recorder: log)
        run.advance(to: 2)
        let bus = 1
        let requests = log.frames.filter { $0.bus == bus && $0.direction == .request }.map(\.at)
        let gaps = zip(requests.dropFirst(), requests).map { Double($0 - $1) / 1e6 }
        return (gaps.min() ?? 0, gaps.count)
    }
}
