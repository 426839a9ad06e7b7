import Foundation
import ModbusWire
import NIOCore
import NIOEmbedded
import Scenario
import ScenarioFiles
import Simulation
import Testing
import Units

@testable import ModbusServer

/// The rack of `first-light` behind clients on an event loop whose time the test moves.
struct ServedRack {
    static let shelf = 0
    static let trays = 1
    static let management = 2

    let loop = EmbeddedEventLoop()
    let events = ConnectionEvents()
    let scenario: ScenarioDefinition
    let simulation: RackSimulation
    let pump: RackPump
    let notices = Notices()
    /// As the server has them: one for each serial bus.
    let turns: [LineTurns?]

    /// `trouble` stands in for the scenario's events, from the start on.
    init(
        trouble: [ScenarioAction] = [], hasController: Bool = false,
        change: (inout ScenarioDefinition) -> Void = { _ in }
    ) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let (loaded, _) = ScenarioFile.load(
            path: "\(root)/Scenarios/first-light.yaml", files: ProjectFiles(root: root))
        var scenario = try #require(loaded)
        scenario.events = trouble.map { ScenarioEvent(at: .start, until: nil, action: $0, text: "trouble") }
        change(&scenario)
        self.scenario = scenario
        simulation = RackSimulation(scenario, seed: 1, version: "test", recorder: nil, hasController: hasController)
        let pump = RackPump(simulation, speed: 1, on: loop) { [notices] in notices.texts.append($0.text) }
        self.pump = pump
        turns = [0, 1, 2].map { [simulation, loop] bus in
            simulation.isSerialLine(bus: bus) ? LineTurns(bus: bus, pump: pump, on: loop) : nil
        }
        // Every device has booted.
        pass(seconds: 3)
    }

    /// Lets time go by on the wall; the rack follows.
    func pass(seconds: Int64) {
        loop.advanceTime(by: .seconds(seconds))
        pump.catchUp()
    }

    /// Clients are let go after `patience` seconds without an octet, or never.
    func tcpClient(bus: Int = management, patience: Int64 = 0) throws -> Client {
        try Client(TCPReceiver(), framing: .tcp, bus: bus, of: self, patience: patience)
    }

    func rtuClient(
        bus: Int = trays, hasConnections: Bool = true, isPaced: Bool = false, hearsItself: Bool = false
    ) throws -> Client {
        let receiver = RTUReceiver(
            direction: .requests, silence: .milliseconds(25), units: simulation.units(ofBus: bus))
        let timing = isPaced ? simulation.lineTiming(ofBus: bus) : nil
        let pace = timing.map {
            LinePace(character: pump.duration(of: $0.character), betweenFrames: pump.duration(of: $0.betweenFrames))
        }
        return try Client(
            receiver, framing: .rtu, bus: bus, of: self, hasConnections: hasConnections, pace: pace,
            echo: hearsItself ? LineEcho() : nil)
    }
}

/// What a person was told.
final class Notices {
    var texts: [String] = []
}

/// One connection: octets in, octets out.
struct Client {
    let channel: EmbeddedChannel

    init<Receiver: ADUReceiving>(
        _ receiver: Receiver, framing: ExternalLine.Framing, bus: Int, of rack: ServedRack,
        hasConnections: Bool = true, patience: Int64 = 0, pace: LinePace? = nil, echo: LineEcho? = nil
    ) throws {
        channel = EmbeddedChannel(loop: rack.loop)
        let line = ExternalLine(bus: bus, framing: framing, recordedAs: 3, hasConnections: hasConnections)
        try channel.pipeline.syncOperations.addHandler(
            ClientConnection(
                receiver, pump: rack.pump, line: line, turns: rack.turns[bus], events: rack.events,
                buffers: channel.allocator, patience: .seconds(patience), pace: pace,
                echo: echo))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 502)).wait()
    }

    func send(_ octets: [UInt8]) throws { _ = try channel.writeInbound(ByteBuffer(bytes: octets)) }

    /// Everything that came back since it was last asked.
    func received() throws -> [UInt8] {
        // Answers go out at the end of a turn of the loop.
        channel.embeddedEventLoop.run()
        var octets: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { octets += Array(buffer.readableBytesView) }
        return octets
    }

    /// What comes back within a time on the wall.
    func received(within milliseconds: Int64) throws -> [UInt8] {
        try received(microseconds: milliseconds * 1000)
    }

    func received(microseconds: Int64) throws -> [UInt8] {
        channel.embeddedEventLoop.advanceTime(by: .microseconds(microseconds))
        return try received()
    }
}

/// The ADU of a unit and a PDU, with the CRC of `ModbusWire`, which has tests on literal octets of its own.
func rtu(_ unit: UInt8, _ pdu: [UInt8]) -> [UInt8] {
    var frame = FrameBuffer()
    frame.beginRTU(unit: unit)
    for octet in pdu { frame.append(octet) }
    frame.endRTU()
    return frame.withUnsafeBytes { Array($0) }
}
