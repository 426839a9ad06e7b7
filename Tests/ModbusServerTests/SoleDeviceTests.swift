import Scenario
import Testing

@testable import ModbusServer

/// Unit identifiers on TCP that name nobody on a serial line (messaging on TCP/IP guide V1.0b, section 4.4.2.2).
@Suite struct SoleDeviceTests {
    private static let readLimit: [UInt8] = [3, 0, 0x40, 0, 1]

    private static func request(_ unit: UInt8, _ pdu: [UInt8]) -> [UInt8] {
        [0, 9, 0, 0, 0, UInt8(pdu.count + 1), unit] + pdu
    }

    /// Only BMC 48 is left on its bus.
    private static func loneDevice() throws -> ServedRack {
        try ServedRack { scenario in
            scenario.rack.devices.removeAll { $0.bus == ServedRack.management && $0.unit != 48 }
        }
    }

    @Test(arguments: [0, 48, 255] as [UInt8])
    func `a port that stands for one device answers for it to units 0 and 255, under the unit that was asked`(
        unit: UInt8
    ) throws {
        let client = try Self.loneDevice().tcpClient()
        try client.send(Self.request(unit, [6, 0, 0x40, 0x0B, 0xB8]))
        #expect(try client.received(within: 5) == Self.request(unit, [6, 0, 0x40, 0x0B, 0xB8]))
        try client.send(Self.request(unit, Self.readLimit))
        #expect(try client.received(within: 5) == Self.request(unit, [3, 2, 0x0B, 0xB8]))
    }

    @Test(arguments: [1, 247, 248, 254] as [UInt8])
    func `other units are not that device`(unit: UInt8) throws {
        let client = try Self.loneDevice().tcpClient()
        try client.send(Self.request(unit, Self.readLimit))
        #expect(try client.received() == Self.request(unit, [0x83, 0x0A]))
    }

    @Test func `unit 255 of a gateway in front of several is nobody`() throws {
        let client = try ServedRack().tcpClient()
        try client.send(Self.request(255, Self.readLimit))
        #expect(try client.received() == Self.request(255, [0x83, 0x0A]))
    }

    @Test(arguments: [248, 255] as [UInt8])
    func `units above 247 that are there are served behind a gateway`(unit: UInt8) throws {
        let rack = try ServedRack { $0.rack.devices[0].unit = unit }
        let client = try rack.tcpClient(bus: ServedRack.shelf)
        try client.send(Self.request(unit, [8, 0, 0, 1, 2]))
        #expect(try client.received(within: 100) == Self.request(unit, [8, 0, 0, 1, 2]))
    }
}
