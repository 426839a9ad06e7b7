import ModbusWire
import Scenario
import Testing
import Units

@testable import ModbusServer

/// RTU frames. The power monitors of `first-light` are units 16 to 23 and take 2 ms to answer.
@Suite struct SerialLineTests {
    /// Function 8, return query data.
    private static let echo = rtu(16, [8, 0, 0, 0xA5, 0x37])

    @Test func `a unit answers after its turnaround`() throws {
        let client = try ServedRack().rtuClient()
        try client.send([16, 8, 0, 0, 0xA5, 0x37] + Self.echo.suffix(2))
        #expect(try client.received(within: 1) == [])
        #expect(try client.received(within: 1) == Self.echo)
    }

    @Test func `a unit that is not there is silent, and costs the next request nothing`() throws {
        let client = try ServedRack().rtuClient()
        try client.send(rtu(99, [3, 0, 0, 0, 1]) + Self.echo)
        #expect(try client.received(within: 2) == Self.echo)
        #expect(try client.received(within: 1000) == [])
    }

    @Test func `a wrong CRC is not answered, and after a silence the next request is`() throws {
        let client = try ServedRack().rtuClient()
        var damaged = Self.echo
        damaged[4] ^= 1
        try client.send(damaged)
        #expect(try client.received(within: 50) == [])
        try client.send(Self.echo)
        #expect(try client.received(within: 2) == Self.echo)
    }

    @Test func `rubbish is cleared away by silence`() throws {
        let client = try ServedRack().rtuClient()
        try client.send([16, 0x10, 0, 0, 0, 100, 200, 1, 2, 3])
        #expect(try client.received(within: 25) == [])
        try client.send(Self.echo)
        #expect(try client.received(within: 2) == Self.echo)
    }

    @Test func `a request that comes one octet at a time is answered once`() throws {
        let client = try ServedRack().rtuClient()
        for octet in Self.echo {
            #expect(try client.received(within: 20) == [])
            try client.send([octet])
        }
        #expect(try client.received(within: 100) == Self.echo)
    }

    @Test func `a function whose length nobody knows is refused once the line is silent`() throws {
        let client = try ServedRack().rtuClient()
        try client.send(rtu(16, [0x64, 1, 2, 3]))
        #expect(try client.received(within: 20) == [])
        #expect(try client.received(within: 10) == rtu(16, [0xE4, 1]))
    }

    @Test func `another unit's answer on the line is not taken for a request`() throws {
        let client = try ServedRack().rtuClient()
        try client.send(rtu(99, [3, 2, 0x12, 0x34]))
        #expect(try client.received(within: 50) == [])
        try client.send(Self.echo)
        #expect(try client.received(within: 2) == Self.echo)
    }

    @Test(arguments: [1, 247, 248, 255] as [UInt8])
    func `units outside the specification's range are served too`(unit: UInt8) throws {
        let rack = try ServedRack { $0.rack.devices[0].unit = unit }
        let client = try rack.rtuClient(bus: ServedRack.shelf)
        let request = rtu(unit, [8, 0, 0, 0xA5, 0x37])
        try client.send(request)
        #expect(try client.received(within: 100) == request)
    }

    /// Function 6 on the limit register: its answer is the same octets.
    @Test func `an adapter that hears the server's answer costs nothing, and starts nothing`() throws {
        let client = try ServedRack().rtuClient(hearsItself: true)
        let write = rtu(16, [6, 0, 0x20, 0x0B, 0xB8])
        for _ in 0..<3 {
            try client.send(write)
            #expect(try client.received(within: 2) == write)
            try client.send(write)
            #expect(try client.received(within: 1000) == [])
        }
        try client.send(Self.echo)
        #expect(try client.received(within: 2) == Self.echo)
        try client.send(Self.echo + Self.echo)
        #expect(try client.received(within: 2) == Self.echo, "the answer comes back, and the next request behind it")
    }

    @Test func `a damaged answer reaches a client on serial framing as it is`() throws {
        let fault = BusFault(bus: ServedRack.trays, units: [16...16], kind: .badCRC, count: 1)
        let client = try ServedRack(trouble: [.busFault(fault)]).rtuClient()
        try client.send(Self.echo)
        let damaged = try client.received(within: 2)
        #expect(damaged.dropLast() == Self.echo.dropLast())
        #expect(damaged.last == Self.echo.last.map { $0 ^ 1 })
    }
}
