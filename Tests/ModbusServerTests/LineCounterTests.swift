import ModbusWire
import Scenario
import Testing
import Units

@testable import ModbusServer

/// Function 8, sub-functions 11 and 12: each unit counts what the whole line carries. The power monitors of `first-light` are
/// units 16 to 23 of one line.
@Suite struct LineCounterTests {
    private static let busMessages: UInt8 = 11
    private static let busErrors: UInt8 = 12

    private static func echo(_ unit: UInt8) -> [UInt8] { rtu(unit, [8, 0, 0, 0xA5, 0x37]) }

    /// What the unit's counter says; the question is a message of its own.
    private func count(_ subfunction: UInt8, of unit: UInt8, on client: Client) throws -> Int {
        try client.send(rtu(unit, [8, 0, subfunction, 0, 0]))
        let answer = try client.received(within: 10)
        try #require(answer.count == 8 && answer.starts(with: [unit, 8, 0, subfunction]))
        return Int(answer[4]) << 8 | Int(answer[5])
    }

    private func ask(_ unit: UInt8, on client: Client) throws {
        try client.send(Self.echo(unit))
        _ = try client.received(within: 10)
    }

    @Test func `a unit counts requests to others and their answers`() throws {
        let client = try ServedRack().rtuClient()
        try ask(17, on: client)
        #expect(try count(Self.busMessages, of: 16, on: client) == 3)
    }

    @Test func `a request to a unit that is not there is a message on the line`() throws {
        let client = try ServedRack().rtuClient()
        try ask(99, on: client)
        #expect(try count(Self.busMessages, of: 16, on: client) == 2)
    }

    @Test func `a unit does not hear its own answers`() throws {
        let client = try ServedRack().rtuClient()
        for _ in 0..<3 { try ask(16, on: client) }
        #expect(try count(Self.busMessages, of: 16, on: client) == 4)
        #expect(try count(Self.busMessages, of: 17, on: client) == 3 + 3 + 2 + 1)
    }

    @Test func `a broadcast is one message for every unit`() throws {
        let client = try ServedRack().rtuClient()
        try client.send(rtu(0, [6, 0, 0x20, 0x0F, 0xA0]))
        _ = try client.received(within: 50)
        #expect(try count(Self.busMessages, of: 16, on: client) == 2)
    }

    @Test func `every unit counts a damaged frame as an error, and not as a message`() throws {
        let client = try ServedRack().rtuClient()
        var damaged = Self.echo(16)
        damaged[4] ^= 1
        try client.send(damaged)
        _ = try client.received(within: 50)
        #expect(try count(Self.busErrors, of: 16, on: client) == 1)
        #expect(try count(Self.busErrors, of: 17, on: client) == 1)
        #expect(try count(Self.busMessages, of: 18, on: client) == 5)
    }

    @Test func `a unit whose answer is damaged on its way is the only one that hears no error`() throws {
        let fault = BusFault(bus: ServedRack.trays, units: [17...17], kind: .badCRC, count: 1)
        let client = try ServedRack(trouble: [.busFault(fault)]).rtuClient()
        try ask(17, on: client)
        #expect(try count(Self.busErrors, of: 16, on: client) == 1)
        #expect(try count(Self.busErrors, of: 17, on: client) == 0)
    }

    @Test func `what another device on the line answers is a message too`() throws {
        let client = try ServedRack().rtuClient()
        try client.send(rtu(99, [3, 0, 0, 0, 1]) + rtu(99, [3, 2, 0x12, 0x34]))
        _ = try client.received(within: 50)
        #expect(try count(Self.busMessages, of: 16, on: client) == 3)
    }

    @Test func `cleared counters begin anew`() throws {
        let client = try ServedRack().rtuClient()
        for _ in 0..<3 { try ask(17, on: client) }
        try client.send(rtu(16, [8, 0, 10, 0, 0]))
        _ = try client.received(within: 10)
        try ask(17, on: client)
        #expect(try count(Self.busMessages, of: 16, on: client) == 3)
    }

    @Test func `a unit that boots hears nothing, and has forgotten what it heard`() throws {
        let monitor = 6
        let rack = try ServedRack { scenario in
            scenario.events = [
                ScenarioEvent(
                    at: .start + .seconds(4), until: nil, action: .rebootDevice(device: monitor), text: "reboot")
            ]
        }
        #expect(rack.scenario.rack.devices[monitor].unit == 16, "the numbering of the rack")
        let client = try rack.rtuClient()
        try ask(17, on: client)
        rack.pass(seconds: 1)
        try client.send(Self.echo(16))
        #expect(try client.received(within: 10) == [], "it boots")
        try ask(17, on: client)
        rack.pass(seconds: 3)
        #expect(try count(Self.busMessages, of: 16, on: client) == 1)
    }

    @Test func `a unit that is unplugged hears nothing, and keeps what it heard`() throws {
        let monitor = 6
        let rack = try ServedRack { scenario in
            scenario.events = [
                ScenarioEvent(
                    at: .start + .seconds(4), until: .start + .seconds(6), action: .disconnectDevice(device: monitor),
                    text: "unplugged")
            ]
        }
        let client = try rack.rtuClient()
        try ask(17, on: client)
        rack.pass(seconds: 2)
        try ask(17, on: client)
        rack.pass(seconds: 2)
        #expect(try count(Self.busMessages, of: 16, on: client) == 3)
    }

    @Test func `a gateway puts requests on the line, but none to a unit that it does not know`() throws {
        let rack = try ServedRack()
        let gateway = try rack.tcpClient(bus: ServedRack.trays)
        for unit in [17, 99] as [UInt8] {
            try gateway.send([0, 1, 0, 0, 0, 6, unit, 8, 0, 0, 0xA5, 0x37])
            _ = try gateway.received(within: 60)
        }
        #expect(try count(Self.busMessages, of: 16, on: try rack.rtuClient()) == 3)
    }

    @Test func `damage behind a gateway is an error on the line`() throws {
        let fault = BusFault(bus: ServedRack.trays, units: [17...17], kind: .badCRC, count: 1)
        let rack = try ServedRack(trouble: [.busFault(fault)])
        let gateway = try rack.tcpClient(bus: ServedRack.trays)
        try gateway.send([0, 1, 0, 0, 0, 6, 17, 8, 0, 0, 0xA5, 0x37])
        _ = try gateway.received(within: 60)
        #expect(try count(Self.busErrors, of: 16, on: try rack.rtuClient()) == 1)
    }

    @Test func `a device with a connection of its own counts its own requests only`() throws {
        let client = try ServedRack().tcpClient()
        for unit in [49, 49] as [UInt8] {
            try client.send([0, 1, 0, 0, 0, 6, unit, 8, 0, 0, 0xA5, 0x37])
            _ = try client.received(within: 10)
        }
        try client.send([0, 2, 0, 0, 0, 6, 48, 8, 0, Self.busMessages, 0, 0])
        #expect(try client.received(within: 10).suffix(2) == [0, 1])
    }

    @Test func `what the built-in controller asks is counted`() throws {
        let rack = try ServedRack(hasController: true)
        let client = try rack.rtuClient()
        rack.pass(seconds: 1)
        try client.send(rtu(16, [8, 0, Self.busMessages, 0, 0]))
        rack.pass(seconds: 1)
        let answer = try client.received(within: 10)
        try #require(answer.count == 8)
        #expect(Int(answer[4]) << 8 | Int(answer[5]) > 100)
    }
}
