import ModbusWire
import Scenario
import Simulation
import Testing
import Units

@testable import ModbusServer

/// A client that asks as soon as a place is said to be ready.
@Suite struct FirstRequestTests {
    /// Function 3 to BMC 48: its tray's power, W.
    private static let readPower: [UInt8] = [0, 7, 0, 0, 0, 6, 48, 3, 0, 0, 0, 1]

    @Test func `at the ready line every device has sampled, and no client reads a zero that nobody measured`() throws {
        let rack = try ServedRack()
        let binding = BusBinding(
            name: "management", bus: ServedRack.management, endpoint: .tcp(host: "127.0.0.1", port: 0))
        var fresh: RackSimulation?
        var answer: [UInt8] = []
        _ = try RackServer.serve(
            bindings: [binding], limits: ServerLimits(), speed: 1,
            begin: {
                let simulation = RackSimulation(
                    rack.scenario, seed: 1, version: "test", recorder: nil, hasController: false)
                fresh = simulation
                return simulation
            },
            isInterrupted: { true },
            ready: { _ in
                guard let fresh else { return }
                var request = FrameBuffer()
                for octet in Self.readPower { request.append(octet) }
                let line = ExternalLine(
                    bus: ServedRack.management, framing: .tcp, recordedAs: 3, hasConnections: true)
                var reply = FrameBuffer()
                _ = fresh.respond(to: request, through: line, at: fresh.reached, reply: &reply)
                answer = (0..<reply.count).map { reply[$0] }
            },
            notice: { _ in })
        #expect(answer.prefix(9) == [0, 7, 0, 0, 0, 5, 48, 3, 2])
        try #require(answer.count == 11)
        #expect(UInt16(answer[9]) << 8 | UInt16(answer[10]) > 300)
    }
}
