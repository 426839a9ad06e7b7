import ModbusWire
import NIOCore
import Simulation
import Testing

@testable import ModbusServer

/// What the one who watches the rack is told when a client writes what a unit does not take. Unit 16 of `first-light` is a
/// busbar-pm-1: its power-limit at 0x20 takes 200 W to 12 kW.
@Suite struct WriteRefusalTests {
    private func told(_ pdus: [UInt8]..., unit: UInt8 = 16) throws -> [String] {
        let rack = try ServedRack()
        let client = try rack.rtuClient()
        for pdu in pdus {
            try client.send(rtu(unit, pdu))
            _ = try client.received(within: 50)
        }
        return rack.notices.texts
    }

    @Test func `a value outside the range names bus, unit, register, range and value`() throws {
        #expect(
            try told([6, 0, 0x20, 0xEA, 0x60]) == [
                "bus trays, unit 16 (tray-1/monitor) refused a write: illegal data value, register 0x0020 (power-limit) "
                    + "takes 200 to 12000, found 60000"
            ])
    }

    @Test func `the register among several is the one that does not fit`() throws {
        let text = try told([16, 0, 0x20, 0, 2, 4, 0x0B, 0xB8, 0xFF, 0xFF]).first
        #expect(text?.contains("register 0x0021 (") == true)
    }

    @Test func `a register that is not there, and one that is read-only, are told so`() throws {
        let nowhere = try told([6, 0x50, 0, 0, 1]).first
        #expect(nowhere?.hasSuffix("illegal data address, register 0x5000 is not there") == true)
        let readOnly = try told([6, 0, 0, 0, 1]).first
        #expect(readOnly?.hasSuffix("illegal data address, register 0x0000 (input-voltage) is read-only") == true)
    }

    @Test func `the same refusal is told once, another one again`() throws {
        let wrong: [UInt8] = [6, 0, 0x20, 0xEA, 0x60]
        #expect(try told(wrong, wrong, [6, 0x50, 0, 0, 1], wrong).count == 2)
    }

    @Test func `reads that are refused are nobody's trouble but the client's`() throws {
        #expect(try told([3, 0x50, 0, 0, 1]) == [])
    }

    @Test func `a write that is taken is not told`() throws {
        #expect(try told([6, 0, 0x20, 0x0B, 0xB8]) == [])
    }
}
