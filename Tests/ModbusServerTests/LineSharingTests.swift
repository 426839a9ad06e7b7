import ModbusWire
import NIOCore
import NIOEmbedded
import RunRecords
import Scenario
import Simulation
import Testing
import Units

@testable import ModbusServer

/// Several places that lead to one serial bus. The power monitors of `first-light` (bus trays, units 16 to 23) take 2 ms
/// to answer.
@Suite struct LineSharingTests {
    private static let echo = rtu(16, [8, 0, 0, 0xA5, 0x37])
    /// The same behind a gateway, transaction 1.
    private static let gatewayEcho: [UInt8] = [0, 1, 0, 0, 0, 6, 16, 8, 0, 0, 0xA5, 0x37]

    @Test func `two clients on one line are answered one after the other, in the order in which they asked`() throws {
        let rack = try ServedRack()
        let (first, second, third) = (
            try rack.rtuClient(), try rack.tcpClient(bus: ServedRack.trays), try rack.rtuClient()
        )
        try first.send(Self.echo)
        try second.send(Self.gatewayEcho)
        try third.send(Self.echo)
        #expect(try first.received(within: 2) == Self.echo)
        #expect(try second.received() == [])
        #expect(try second.received(within: 2) == Self.gatewayEcho)
        #expect(try third.received() == [])
        #expect(try third.received(within: 2) == Self.echo)
    }

    @Test func `a client that asks without end goes to the back of the queue each time`() throws {
        let rack = try ServedRack()
        let (greedy, modest) = (try rack.rtuClient(), try rack.rtuClient())
        try greedy.send(Self.echo + Self.echo + Self.echo)
        try modest.send(Self.echo)
        #expect(try greedy.received(within: 2) == Self.echo)
        #expect(try modest.received(within: 2) == Self.echo)
        #expect(try greedy.received(within: 4) == Self.echo + Self.echo)
    }

    @Test func `the devices of a TCP bus answer side by side`() throws {
        let rack = try ServedRack()
        let clients = [try rack.tcpClient(), try rack.tcpClient(), try rack.tcpClient()]
        for client in clients { try client.send([0, 1, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2]) }
        rack.loop.advanceTime(by: .milliseconds(5))
        for client in clients { #expect(try client.received() == [0, 1, 0, 0, 0, 6, 48, 8, 0, 0, 1, 2]) }
    }

    @Test func `a gateway's patience begins with its turn`() throws {
        let rack = try ServedRack(trouble: [.disconnectDevice(device: try Self.device(unit: 17))])
        rack.simulation.gatewayPatience = .milliseconds(20)
        let (first, second) = (try rack.tcpClient(bus: ServedRack.trays), try rack.tcpClient(bus: ServedRack.trays))
        let request: [UInt8] = [0, 1, 0, 0, 0, 6, 17, 3, 0, 0, 0, 1]
        try first.send(request)
        try second.send(request)
        #expect(try first.received(within: 19) == [])
        #expect(try first.received(within: 1) == [0, 1, 0, 0, 0, 3, 17, 0x83, 0x0B])
        #expect(try second.received(within: 19) == [])
        #expect(try second.received(within: 1) == [0, 1, 0, 0, 0, 3, 17, 0x83, 0x0B])
    }

    @Test func `a client that is gone, waiting or in its turn, holds up nobody`() throws {
        let rack = try ServedRack()
        let clients = [try rack.rtuClient(), try rack.rtuClient(), try rack.rtuClient()]
        for client in clients { try client.send(Self.echo) }
        clients[1].channel.close(promise: nil)
        clients[0].channel.close(promise: nil)
        rack.loop.run()
        #expect(try clients[2].received(within: 2) == Self.echo)
    }

    @Test func `silent units do not let one client keep the line`() throws {
        let rack = try ServedRack()
        let (scanner, other) = (try rack.rtuClient(), try rack.rtuClient())
        try scanner.send((100..<200).flatMap { rtu($0, [3, 0, 0, 0, 1]) })
        try other.send(Self.echo)
        #expect(try other.received(within: 3) == Self.echo)
    }

    @Test func `the built-in controller and clients take turns on the line`() throws {
        let rack = try ServedRack(hasController: true)
        let (first, second) = (try rack.rtuClient(), try rack.tcpClient(bus: ServedRack.trays))
        let before = rack.simulation.transactions
        var answers = (0, 0)
        for _ in 0..<200 {
            try first.send(Self.echo)
            try second.send(Self.gatewayEcho)
            for _ in 0..<60 {
                rack.loop.advanceTime(by: .milliseconds(1))
                rack.pump.catchUp()
            }
            if try first.received() == Self.echo { answers.0 += 1 }
            if try second.received() == Self.gatewayEcho { answers.1 += 1 }
        }
        #expect(answers == (200, 200))
        // Twelve seconds: the controller's hundred scan cycles went on, and no two transactions met.
        #expect(rack.simulation.transactions - before > 2_000)
        let result = rack.simulation.result(wallSeconds: 1)
        let talkers = try #require(result.checks.first { $0.name.contains("one talker") })
        #expect(talkers.held, "\(talkers.explanation)")
        #expect(result.buses[ServedRack.trays].timeouts == 0)
    }

    @Test func `the load of a line is what its octets take at the baud rate`() throws {
        let rack = try ServedRack()
        let client = try rack.rtuClient()
        let before = rack.simulation.result(wallSeconds: 1).buses[ServedRack.trays].load
        #expect(before == 0)
        for _ in 0..<100 {
            try client.send(Self.echo)
            #expect(try client.received(within: 70) == Self.echo)
        }
        rack.pump.catchUp()
        // 16 characters of 95.5 us, two silences of 1.75 ms and 2 ms of turnaround are 7.03 ms in each of the 100; 10 s
        // in all, boot included.
        let load = rack.simulation.result(wallSeconds: 1).buses[ServedRack.trays].load
        #expect((0.0702...0.0704).contains(load))
    }

    @Test func `what a gateway refuses by itself is no load, and its patience is`() throws {
        let rack = try ServedRack(trouble: [.disconnectDevice(device: try Self.device(unit: 17))])
        let client = try rack.tcpClient(bus: ServedRack.trays)
        try client.send([0, 1, 0, 0, 0, 6, 99, 3, 0, 0, 0, 1])
        #expect(try client.received(within: 10).count == 9)
        #expect(rack.simulation.result(wallSeconds: 1).buses[ServedRack.trays].load == 0)
        try client.send([0, 1, 0, 0, 0, 6, 17, 3, 0, 0, 0, 1])
        #expect(try client.received(within: 50).count == 9)
        let bus = rack.simulation.result(wallSeconds: 1).buses[ServedRack.trays]
        #expect(bus.timeouts == 1)
        #expect(bus.load > 0.05 / 3.1)
    }

    @Test(arguments: [true, false])
    func `a broadcast is no time-out`(isSerial: Bool) throws {
        let rack = try ServedRack()
        let client = try isSerial ? rack.rtuClient() : rack.tcpClient(bus: ServedRack.trays)
        try client.send(isSerial ? rtu(0, [6, 0, 0x10, 0, 1]) : [0, 1, 0, 0, 0, 6, 0, 6, 0, 0x10, 0, 1])
        #expect(try client.received(within: 100) == [])
        let bus = rack.simulation.result(wallSeconds: 1).buses[ServedRack.trays]
        #expect(bus.transactions == 1)
        #expect(bus.timeouts == 0)
    }

    /// Index of the device with this unit on the bus of the trays.
    private static func device(unit: UInt8) throws -> Int {
        var found: Int?
        _ = try ServedRack { scenario in
            found = scenario.rack.devices.firstIndex { $0.unit == unit && $0.bus == ServedRack.trays }
        }
        return try #require(found)
    }
}
