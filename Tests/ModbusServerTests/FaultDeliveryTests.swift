import ModbusWire
import NIOCore
import NIOEmbedded
import Scenario
import Testing
import Units

@testable import ModbusServer

/// What a client sees of each fault. BMC 48 takes 5 ms to answer, monitor 16 takes 2 ms.
@Suite struct FaultDeliveryTests {
    /// Function 8 with an echo; transaction 7 on a connection.
    private static let echo = rtu(16, [8, 0, 0, 0xA5, 0x37])
    private static let tcpEcho: [UInt8] = [0, 7, 0, 0, 0, 6, 48, 8, 0, 0, 0xA5, 0x37]
    /// Power limit and activation, registers 0x40 and 0x41.
    private static let read: [UInt8] = [0, 7, 0, 0, 0, 6, 48, 3, 0, 0x40, 0, 2]

    private func rack(_ kind: BusFault.Kind, bus: Int = ServedRack.management, count: Int? = 1) throws -> ServedRack {
        try ServedRack(trouble: [.busFault(BusFault(bus: bus, kind: kind, count: count))])
    }

    @Test func `a delayed answer comes so much later, whole`() throws {
        let client = try rack(.delay(.milliseconds(300))).tcpClient()
        try client.send(Self.tcpEcho)
        #expect(try client.received(within: 304) == [])
        #expect(try client.received(within: 1) == Self.tcpEcho)
        try client.send(Self.tcpEcho)
        #expect(try client.received(within: 5) == Self.tcpEcho)
    }

    @Test func `a trickle comes octet by octet, and the next answer behind it`() throws {
        let client = try rack(.byteTrickle(.milliseconds(10))).tcpClient()
        try client.send(Self.tcpEcho + Self.tcpEcho)
        #expect(try client.received(within: 5) == [0])
        for octet in Self.tcpEcho.dropFirst() {
            #expect(try client.received(within: 9) == [])
            #expect(try client.received(within: 1) == [octet])
        }
        #expect(try client.received(within: 5) == Self.tcpEcho)
    }

    @Test func `a trickle on serial framing is the same`() throws {
        let client = try rack(.byteTrickle(.milliseconds(3)), bus: ServedRack.trays).rtuClient()
        try client.send(Self.echo)
        #expect(try client.received(within: 2) == [16])
        #expect(try client.received(within: 2) == [])
        #expect(try client.received(within: 1) == [8])
        #expect(try client.received(within: 100) == Array(Self.echo.dropFirst(2)))
    }

    @Test func `a trickle behind a gateway is late in front of it, or nothing when it breaks the frame`() throws {
        let request: [UInt8] = [0, 7, 0, 0, 0, 6, 16, 8, 0, 0, 0xA5, 0x37]
        let slow = try rack(.byteTrickle(.milliseconds(1)), bus: ServedRack.trays).tcpClient(bus: ServedRack.trays)
        try slow.send(request)
        // 2 ms and eleven silences.
        #expect(try slow.received(within: 12) == [])
        #expect(try slow.received(within: 1) == request)
        let broken = try rack(.byteTrickle(.milliseconds(2)), bus: ServedRack.trays).tcpClient(bus: ServedRack.trays)
        try broken.send(request)
        #expect(try broken.received(within: 50) == [0, 7, 0, 0, 0, 3, 16, 0x88, 0x0B])
    }

    @Test func `an exception is the device's word, and nothing is done`() throws {
        let client = try rack(.exception(6)).tcpClient()
        try client.send([0, 7, 0, 0, 0, 6, 48, 6, 0, 0x40, 0x0B, 0xB8])
        #expect(try client.received(within: 5) == [0, 7, 0, 0, 0, 3, 48, 0x86, 6])
        try client.send([0, 8, 0, 0, 0, 6, 48, 3, 0, 0x40, 0, 1])
        #expect(try client.received(within: 5) != [0, 8, 0, 0, 0, 5, 48, 3, 2, 0x0B, 0xB8])
    }

    struct Told: Sendable, CustomTestStringConvertible {
        var kind: BusFault.Kind
        var answer: [UInt8]
        var testDescription: String { "\(kind)" }
        init(_ kind: BusFault.Kind, _ answer: [UInt8]) { (self.kind, self.answer) = (kind, answer) }
    }

    @Test(arguments: [
        Told(.wrongTransaction, [0, 6, 0, 0, 0, 6, 48, 8, 0, 0, 0xA5, 0x37]),
        Told(.wrongUnit, [0, 7, 0, 0, 0, 6, 49, 8, 0, 0, 0xA5, 0x37]),
        Told(.wrongFunction, [0, 7, 0, 0, 0, 6, 48, 9, 0, 0, 0xA5, 0x37]),
        Told(.truncation(octets: nil), [0, 7, 0, 0, 0, 6]), Told(.truncation(octets: 9), [0, 7, 0, 0, 0, 6, 48, 8, 0]),
        Told(.extraBytes(2), [0, 7, 0, 0, 0, 6, 48, 8, 0, 0, 0xA5, 0x37, 0xFF, 0xFF]),
        Told(.fewerRegisters(1), [0, 7, 0, 0, 0, 6, 48, 8, 0, 0, 0xA5, 0x37]),
    ])
    func `a damaged answer on a network reaches its client as it is`(told: Told) throws {
        let client = try rack(told.kind).tcpClient()
        try client.send(Self.tcpEcho)
        #expect(try client.received(within: 5) == told.answer)
    }

    @Test func `fewer registers are a short answer that looks whole`() throws {
        let client = try rack(.fewerRegisters(1)).tcpClient()
        try client.send(Self.read)
        let short = try client.received(within: 5)
        #expect(Array(short.prefix(9)) == [0, 7, 0, 0, 0, 5, 48, 3, 2])
        #expect(short.count == 11)
        try client.send(Self.read)
        #expect(try client.received(within: 5).count == 13)
    }

    @Test(arguments: [ServedRack.management, ServedRack.trays])
    func `a disconnect closes the connection instead of answering, and no other`(bus: Int) throws {
        let rack = try rack(.disconnect, bus: bus)
        let (struck, other) = (try rack.tcpClient(bus: bus), try rack.tcpClient(bus: bus))
        let request = bus == ServedRack.trays ? [0, 7, 0, 0, 0, 6, 16, 8, 0, 0, 1, 2] : Self.tcpEcho
        try struck.send(request)
        #expect(try struck.received(within: 5) == [])
        #expect(!struck.channel.isActive)
        try other.send(request)
        #expect(try other.received(within: 5) == request)
    }

    @Test(arguments: [true, false])
    func `a disconnect on serial framing closes a connection, and is silence on a line`(isConnection: Bool) throws {
        let rack = try rack(.disconnect, bus: ServedRack.trays)
        let client = try rack.rtuClient(hasConnections: isConnection)
        try client.send(Self.echo)
        #expect(try client.received(within: 100) == [])
        #expect(client.channel.isActive == !isConnection)
    }

    @Test func `nothing of a request in the middle of an answer is lost`() throws {
        let client = try rack(.byteTrickle(.milliseconds(1))).tcpClient()
        try client.send(Self.tcpEcho)
        _ = try client.received(within: 8)
        let second: [UInt8] = [0, 8, 0, 0, 0, 6, 48, 8, 0, 0, 3, 4]
        try client.send(second)
        #expect(try Array(client.received(within: 100).suffix(12)) == second)
    }

    @Test func `a client that leaves in the middle of a trickle leaves nothing behind`() throws {
        let rack = try rack(.byteTrickle(.milliseconds(10)))
        let (leaving, other) = (try rack.tcpClient(), try rack.tcpClient())
        try leaving.send(Self.tcpEcho)
        _ = try leaving.received(within: 20)
        leaving.channel.close(promise: nil)
        try other.send(Self.tcpEcho)
        #expect(try other.received(within: 1000) == Self.tcpEcho)
    }
}

/// Octets at the pace of a line: 115200 baud, 95.487 us a character, t3.5 of 1.75 ms.
@Suite struct LinePaceTests {
    private static let echo = rtu(16, [8, 0, 0, 0xA5, 0x37])

    @Test func `a request in one piece takes its line time, and the answer leaves at the line's rate`() throws {
        let client = try ServedRack().rtuClient(isPaced: true)
        try client.send(Self.echo)
        // Eight characters, t3.5 and 2 ms, then the first lump: the whole answer takes 764 us, less than a lump.
        #expect(try client.received(microseconds: 764 + 1750 + 2000 + 763) == [])
        #expect(try client.received(microseconds: 2) == Self.echo)
    }

    @Test func `a long answer comes in lumps of a millisecond`() throws {
        let client = try ServedRack().rtuClient(isPaced: true)
        try client.send(rtu(16, [3, 0, 0x40, 0, 8]))
        _ = try client.received(microseconds: 764 + 1750 + 2000)
        // 21 octets, ten to a lump of 955 us.
        #expect(try client.received(microseconds: 950) == [])
        #expect(try client.received(microseconds: 10).count == 10)
        #expect(try client.received(microseconds: 955).count == 10)
        #expect(try client.received(microseconds: 97).count == 1)
    }

    @Test func `a request that comes slowly takes no more than its last character more`() throws {
        let client = try ServedRack().rtuClient(isPaced: true)
        for octet in Self.echo {
            #expect(try client.received(microseconds: 1000) == [])
            try client.send([octet])
        }
        #expect(try client.received(microseconds: 96 + 1750 + 2000 + 760) == [])
        #expect(try client.received(microseconds: 5) == Self.echo)
    }

    @Test func `a request behind another begins when its answer has left`() throws {
        let client = try ServedRack().rtuClient(isPaced: true)
        try client.send(Self.echo + Self.echo)
        let round: Int64 = 764 + 1750 + 2000 + 764
        #expect(try client.received(microseconds: round + 2) == Self.echo)
        #expect(try client.received(microseconds: round - 5) == [])
        #expect(try client.received(microseconds: 5) == Self.echo)
    }

    @Test func `rubbish takes line time and nothing else`() throws {
        let client = try ServedRack().rtuClient(isPaced: true)
        try client.send([16, 0x10, 0, 0, 0, 100, 200, 1, 2, 3])
        #expect(try client.received(microseconds: 26_000) == [])
        try client.send(Self.echo)
        #expect(try client.received(microseconds: 764 + 1750 + 2000 + 762) == [])
        #expect(try client.received(microseconds: 4) == Self.echo)
    }

    @Test func `a write takes effect when its last character would have come, and not before`() throws {
        let rack = try ServedRack()
        let (paced, other) = (try rack.rtuClient(isPaced: true), try rack.rtuClient())
        let read = rtu(16, [3, 0, 0x20, 0, 1])
        try other.send(read)
        let before = try other.received(microseconds: 2000)
        let after = rtu(16, [3, 2, 0x0B, 0xB8])
        #expect(before.count == 7 && before != after)
        // Register 0x20 of a monitor: its power limit in watts.
        try paced.send(rtu(16, [6, 0, 0x20, 0x0B, 0xB8]))
        _ = try paced.received(microseconds: 2500)
        try other.send(read)
        #expect(try other.received(microseconds: 2000) == before)
        // The write was whole meanwhile, and its answer comes first: the line is one.
        try other.send(read)
        #expect(try other.received(microseconds: 8000) == after)
    }

    @Test func `a trickle on a paced line has its silences between characters`() throws {
        let trickle = BusFault(bus: ServedRack.trays, kind: .byteTrickle(.milliseconds(1)))
        let client = try ServedRack(trouble: [.busFault(trickle)]).rtuClient(isPaced: true)
        try client.send(Self.echo)
        _ = try client.received(microseconds: 764 + 1750 + 2000)
        #expect(try client.received(microseconds: 97) == [16])
        #expect(try client.received(microseconds: 1090) == [])
        #expect(try client.received(microseconds: 10) == [8])
    }
}
