import ModbusWire
import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// The rack controller's own Modbus unit, on the shipped rack that has one.
@Suite struct NorthboundTests {
    private func rack(_ log: RunLog? = nil, hasController: Bool = true) throws -> RackSimulation {
        let text = SmallRack.rack() + "\n  controller: {spec: busbar-rack-controller-1, bus: net, unit: 10}"
        let scenario = try SmallRack.scenario(duration: "20 s", rack: text, workload: "{constant: 100 %}")
        return RackSimulation(scenario, seed: 1, version: "test", recorder: log, hasController: hasController)
    }

    /// Sends a PDU to unit 10 of the network and returns what came back.
    private func ask(_ run: RackSimulation, _ pdu: [UInt8]) -> [UInt8] {
        var request = FrameBuffer()
        for octet in [0, 1, 0, 0, 0, UInt8(pdu.count + 1), 10] + pdu { request.append(octet) }
        var reply = FrameBuffer()
        let line = ExternalLine(bus: 2, framing: .tcp, recordedAs: 3)
        _ = run.respond(to: request, through: line, at: run.reached, reply: &reply)
        return (7..<max(7, reply.count)).map { reply[$0] }
    }

    private func read(_ run: RackSimulation, _ address: UInt8) -> Int {
        let answer = ask(run, [3, 0, address, 0, 1])
        return answer.count == 4 ? Int(answer[2]) << 8 | Int(answer[3]) : -1
    }

    private func writeBudget(_ run: RackSimulation, watts: Int) -> [UInt8] {
        ask(run, [6, 0, 0, UInt8((watts / 10) >> 8), UInt8((watts / 10) & 0xFF)])
    }

    @Test func `a budget written from above is enforced within a second, and told`() throws {
        let log = RunLog()
        let run = try rack(log)
        run.advance(bySeconds: 8)
        #expect(read(run, 0) == 440)
        #expect(run.plant.rackPower > 4000)
        #expect(writeBudget(run, watts: 3600) == [6, 0, 0, 1, 0x68])
        run.advance(bySeconds: 1)
        #expect(run.plant.rackPower <= 3600)
        #expect(read(run, 0) == 360)
        #expect(read(run, 1) == 360)
        #expect(log.events.contains { $0.subject == "controller" && $0.text == "budget from above: 3.6 kW" })
    }

    @Test func `a budget written from above outlives a restart of the controller`() throws {
        let text = SmallRack.rack() + "\n  controller: {spec: busbar-rack-controller-1, bus: net, unit: 10}"
        let scenario = try SmallRack.scenario(
            duration: "20 s", rack: text, workload: "{constant: 100 %}",
            events: ["{at: 10 s, restart: controller}", "{at: 17 s, set: {budget: 4 kW}}"])
        let run = RackSimulation(scenario, seed: 1, version: "test", recorder: nil)
        run.advance(bySeconds: 8)
        #expect(writeBudget(run, watts: 3600) == [6, 0, 0, 1, 0x68])
        run.advance(bySeconds: 8)
        #expect(run.controller.operatorBudget == .watts(3600) && run.plant.rackPower <= 3600)
        #expect(read(run, 0) == 360)
        run.advance(bySeconds: 2)
        #expect(run.controller.operatorBudget == .watts(4000))
    }

    @Test func `a budget out of range is exception 3, the old one stays, and it is told`() throws {
        let log = RunLog()
        let run = try rack(log)
        run.advance(bySeconds: 6)
        // Two floors of 1.7 kW; five supplies of 1.2 kW.
        #expect(writeBudget(run, watts: 3390) == [0x86, 3])
        #expect(writeBudget(run, watts: 6010) == [0x86, 3])
        run.advance(bySeconds: 1)
        #expect(read(run, 0) == 440)
        #expect(read(run, 15) == 2)
        #expect(log.events.count { $0.text == "budget out of range refused; 4.4 kW stays" } == 1)
    }

    @Test func `it shows what the controller knows`() throws {
        let run = try rack()
        run.advance(bySeconds: 8)
        #expect(read(run, 8) == 5)
        #expect(read(run, 9) == 5)
        #expect(read(run, 10) == 1)
        #expect(read(run, 16) == 2)
        #expect(abs(read(run, 4) * 10 - Int(run.plant.rackPower)) < 100)
        #expect(read(run, 0x40) > 1700 && read(run, 0x42) == 0)
    }

    @Test func `without a controller nobody answers for it`() throws {
        let run = try rack(hasController: false)
        run.advance(bySeconds: 1)
        #expect(read(run, 0) == -1)
    }

    @Test func `the tree has every place with a limit, and loads that its limits explain`() throws {
        let run = try rack()
        run.advance(bySeconds: 20)
        let tree = run.result(wallSeconds: 1).tree
        #expect(
            tree.map(\.path) == [
                "feed-a", "feed-a/breaker", "shelf-1", "rack", "tray-1", "tray-1/accelerator", "tray-2",
                "tray-2/accelerator",
            ])
        #expect(tree.allSatisfy { $0.limit > 0 && $0.load > 0 && !$0.timing.isEmpty })
        // 400 V, 16 A, power factor as by default.
        #expect(abs(tree[1].limit - 3.0.squareRoot() * 400 * 16 * 0.99) < 200)
        #expect(tree[2].limit == 6000)
        #expect(tree[3].limit == 4400 && tree[3].margin >= 0)
    }
}
