import DeviceSpecs
import ModbusWire
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// Devices without a place in the physics: registers that hold what clients write.
@Suite struct StandaloneDeviceTests {
    /// Four holding registers, and one that can only be read and holds 7.
    private static let specification = DeviceSpecification(
        model: "plain", deviceClass: nil, says: "",
        identity: DeviceIdentity(vendor: "Busbar", product: "PLAIN", revision: "1"),
        serial: SerialSettings(baud: 115_200, parity: .even, turnaround: .zero, units: [1...247]),
        points: (0...4).map { address in
            SpecifiedPoint(
                name: "word-\(address)",
                definition: PointDefinition(
                    address: UInt16(address), wordCount: 1, table: .holdingRegisters, encoding: .unsigned,
                    access: address < 4 ? .readWrite : .readOnly, lowestRaw: 0, highestRaw: 0xFFFF,
                    initialRaw: address < 4 ? 0 : 7))
        },
        probe: nil)

    private static let net = 2

    /// The small rack, with two plain devices on its network and one on a line.
    private func scenario(withPlain: Bool = true) throws -> ScenarioDefinition {
        var files = SmallRack.files
        let load = files.loadSpecification
        files.loadSpecification = { $0 == "plain" ? (Self.specification, []) : load($0) }
        let devices = """

              devices:
                - {name: "plain-{n}", count: 2, spec: plain, bus: net, first-unit: 1}
                - {name: stray, spec: plain, bus: trays, first-unit: 200}
            """
        return try SmallRack.scenario(rack: SmallRack.rack() + (withPlain ? devices : ""), files: files)
    }

    private func answer(of run: RackSimulation, to pdu: [UInt8], unit: UInt8) -> [UInt8] {
        var (request, reply) = (FrameBuffer(), FrameBuffer())
        request.beginTCP(transaction: 1, unit: unit)
        for octet in pdu { request.append(octet) }
        request.endTCP()
        let line = ExternalLine(bus: Self.net, framing: .tcp, recordedAs: 3)
        _ = run.respond(to: request, through: line, at: run.now, reply: &reply)
        return (MBAPHeader.length..<reply.count).map { reply[$0] }
    }

    @Test func `registers hold what a client wrote, each device its own`() throws {
        let run = RackSimulation(try scenario())
        #expect(answer(of: run, to: [16, 0, 2, 0, 2, 4, 0x12, 0x34, 0x56, 0x78], unit: 1) == [16, 0, 2, 0, 2])
        #expect(answer(of: run, to: [3, 0, 1, 0, 4], unit: 1) == [3, 8, 0, 0, 0x12, 0x34, 0x56, 0x78, 0, 7])
        #expect(answer(of: run, to: [3, 0, 1, 0, 4], unit: 2) == [3, 8, 0, 0, 0, 0, 0, 0, 0, 7])
        #expect(answer(of: run, to: [6, 0, 4, 0, 1], unit: 1) == [0x86, 2])
        #expect(answer(of: run, to: [3, 0, 4, 0, 2], unit: 1) == [0x83, 2])
    }

    @Test func `the controller and the physics know nothing of them: the trace is the same as without`() throws {
        let (run, bare) = (RackSimulation(try scenario()), RackSimulation(try scenario(withPlain: false)))
        while run.advance(bySeconds: 1) {}
        while bare.advance(bySeconds: 1) {}
        #expect(run.result(wallSeconds: 1, command: "").digest == bare.result(wallSeconds: 1, command: "").digest)
    }
}
