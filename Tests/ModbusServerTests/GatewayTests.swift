import ModbusWire
import NIOCore
import NIOEmbedded
import Scenario
import Testing
import Units

@testable import ModbusServer

/// A TCP port as a gateway in front of a bus. The BMCs of `first-light` are units 48 to 55 and take 5 ms to answer.
@Suite struct GatewayTests {
    /// Function 3, power limit of BMC 48 (register 0x40): 00 07 is the transaction.
    private static let readLimit: [UInt8] = [0, 7, 0, 0, 0, 6, 48, 3, 0, 0x40, 0, 1]

    @Test func `an answer comes after the device's turnaround, with the request's transaction`() throws {
        let client = try ServedRack().tcpClient()
        try client.send([0x12, 0x34, 0, 0, 0, 6, 48, 6, 0, 0x40, 0x0B, 0xB8])
        #expect(try client.received(within: 4) == [])
        #expect(try client.received(within: 1) == [0x12, 0x34, 0, 0, 0, 6, 48, 6, 0, 0x40, 0x0B, 0xB8])
        try client.send(Self.readLimit)
        #expect(try client.received(within: 5) == [0, 7, 0, 0, 0, 5, 48, 3, 2, 0x0B, 0xB8])
    }

    @Test func `a unit that is not there is answered for with exception 0x0A, at once`() throws {
        let client = try ServedRack().tcpClient()
        try client.send([0, 1, 0, 0, 0, 6, 99, 3, 0, 0, 0, 1])
        #expect(try client.received() == [0, 1, 0, 0, 0, 3, 99, 0x83, 0x0A])
    }

    @Test func `a unit that is cut off is answered for with exception 0x0B, after the gateway's patience`() throws {
        let rack = try ServedRack(trouble: ServedRack.disconnectAll)
        let client = try rack.tcpClient()
        try client.send(Self.readLimit)
        #expect(try client.received(within: 49) == [])
        #expect(try client.received(within: 1) == [0, 7, 0, 0, 0, 3, 48, 0x83, 0x0B])
    }

    @Test(arguments: [BusFault.Kind.noReply, .badCRC, .truncation(octets: nil), .wrongUnit, .extraBytes(1)])
    func `what is lost on the line behind a gateway is exception 0x0B in front of it`(kind: BusFault.Kind) throws {
        let fault = BusFault(bus: ServedRack.trays, units: [16...16], kind: kind, count: 1)
        let client = try ServedRack(trouble: [.busFault(fault)]).tcpClient(bus: ServedRack.trays)
        let request: [UInt8] = [0, 1, 0, 0, 0, 6, 16, 8, 0, 0, 0xA5, 0x5A]
        try client.send(request)
        #expect(try client.received(within: 50) == [0, 1, 0, 0, 0, 3, 16, 0x88, 0x0B])
        try client.send(request)
        #expect(try client.received(within: 50) == request)
    }

    @Test func `pipelined requests are answered in order, one turnaround each`() throws {
        let client = try ServedRack().tcpClient()
        let requests: [[UInt8]] = (1...3).map { [0, $0, 0, 0, 0, 6, 48 + $0, 8, 0, 0, 0, $0] }
        try client.send(requests.flatMap { $0 })
        #expect(try client.received(within: 5) == requests[0])
        #expect(try client.received(within: 5) == requests[1])
        #expect(try client.received(within: 5) == requests[2])
        #expect(try client.received(within: 100) == [])
    }

    @Test func `a request that comes one octet at a time is answered once`() throws {
        let client = try ServedRack().tcpClient()
        for octet in [0, 1, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2] as [UInt8] {
            #expect(try client.received(within: 30) == [])
            try client.send([octet])
        }
        #expect(try client.received(within: 100) == [0, 1, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2])
    }

    @Test(
        arguments: [
            [0, 1, 0, 9, 0, 1, 48, 3, 0, 0, 0, 1],  // Protocol identifier 9, and length 1.
            [0, 1, 0, 0, 0, 1, 48, 3, 0, 0, 0, 1],  // Length 1.
            [0x47, 0x45, 0x54, 0x20, 0x2F, 0x20, 0x48, 0x54, 0x54, 0x50],  // GET / HTTP
        ] as [[UInt8]])
    func `what is no Modbus TCP closes its connection and no other`(octets: [UInt8]) throws {
        let rack = try ServedRack()
        let (offender, bystander) = (try rack.tcpClient(), try rack.tcpClient())
        try bystander.send(Array(Self.readLimit.prefix(9)))
        try offender.send(octets)
        rack.loop.run()
        #expect(!offender.channel.isActive)
        #expect(try offender.received(within: 100) == [])
        #expect(rack.events.statistics.violations == 1)
        try bystander.send(Array(Self.readLimit.dropFirst(9)))
        #expect(try bystander.received(within: 5).count == 11)
    }

    @Test func `a client whose requests are answered at once gives the others their turn`() throws {
        let rack = try ServedRack()
        let client = try rack.tcpClient()
        try client.send((0..<40).flatMap { [0, $0, 0, 0, 0, 6, 99, 3, 0, 0, 0, 1] })
        let first = try client.received()
        #expect(first.count == 16 * 9)
        let rest = try client.received(within: 1)
        let expected: [[UInt8]] = (0..<40).map { [0, $0, 0, 0, 0, 3, 99, 0x83, 0x0A] }
        #expect(first + rest == expected.flatMap { $0 })
    }

    @Test func `a client that stops in the middle of a frame keeps nobody waiting`() throws {
        let rack = try ServedRack()
        let (halted, other) = (try rack.tcpClient(), try rack.tcpClient())
        try halted.send([0, 1, 0, 0, 0, 6, 48])
        try other.send(Self.readLimit)
        #expect(try other.received(within: 5).count == 11)
        #expect(try halted.received() == [])
    }

    @Test func `a client from which nothing comes for too long is let go, and the others stay`() throws {
        let rack = try ServedRack()
        let (silent, busy) = (try rack.tcpClient(patience: 10), try rack.tcpClient(patience: 10))
        rack.pass(seconds: 6)
        try busy.send(Self.readLimit)
        rack.pass(seconds: 4)
        #expect(!silent.channel.isActive)
        #expect(busy.channel.isActive)
        #expect(rack.events.statistics.idle == 1)
        rack.pass(seconds: 6)
        #expect(!busy.channel.isActive)
    }

    @Test func `a client that has closed its sending half still gets its answers`() throws {
        let client = try ServedRack().tcpClient()
        try client.send(Self.readLimit + Self.readLimit)
        client.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(client.channel.isActive)
        #expect(try client.received(within: 10).count == 22)
        #expect(!client.channel.isActive)
    }

    @Test func `a broadcast write reaches every unit of its bus and is not answered`() throws {
        let client = try ServedRack().tcpClient()
        try client.send([0, 1, 0, 0, 0, 6, 0, 6, 0, 0x40, 0x0B, 0xB8])
        #expect(try client.received(within: 100) == [])
        for unit in [48, 55] as [UInt8] {
            try client.send([0, 2, 0, 0, 0, 6, unit, 3, 0, 0x40, 0, 1])
            #expect(try client.received(within: 5) == [0, 2, 0, 0, 0, 5, unit, 3, 2, 0x0B, 0xB8])
        }
    }

    @Test func `a broadcast that could only be answered is no request to anybody`() throws {
        let client = try ServedRack().tcpClient()
        try client.send([0, 1, 0, 0, 0, 6, 0, 3, 0, 0x40, 0, 1])
        #expect(try client.received() == [0, 1, 0, 0, 0, 3, 0, 0x83, 0x0A])
    }

    @Test func `a power limit that a client writes lowers the power of the tray`() throws {
        let rack = try ServedRack()
        let client = try rack.tcpClient()
        rack.pass(seconds: 20)
        let before = try power(of: client)
        // Limit 2600 W, active; and the comms watchdog off, since this client does not write again.
        try client.send([0, 1, 0, 0, 0, 11, 48, 16, 0, 0x40, 0, 2, 4, 0x0A, 0x28, 0, 1])
        try client.send([0, 2, 0, 0, 0, 6, 48, 6, 0, 0x47, 0, 0])
        #expect(try client.received(within: 10).count == 24)
        rack.pass(seconds: 20)
        let after = try power(of: client)
        #expect(before > 3000)
        #expect((1500...2650).contains(after))
    }

    private func power(of client: Client) throws -> Int {
        try client.send([0, 9, 0, 0, 0, 6, 48, 3, 0, 0, 0, 1])
        let octets = try client.received(within: 5)
        try #require(octets.count == 11)
        return Int(octets[9]) << 8 | Int(octets[10])
    }
}

extension ServedRack {
    /// Every device of the rack is gone from its bus.
    static var disconnectAll: [ScenarioAction] { (0..<30).map { .disconnectDevice(device: $0) } }
}
