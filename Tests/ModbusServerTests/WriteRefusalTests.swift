import ModbusWire
import NIOCore
import Scenario
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

    /// Of the first tray's BMC, over TCP.
    private func toldOfBMC(_ pdu: [UInt8]) throws -> [String] {
        let rack = try ServedRack()
        let client = try rack.tcpClient()
        try client.send([0, 9, 0, 0, 0, UInt8(pdu.count + 1), 48] + pdu)
        _ = try client.received(within: 50)
        return rack.notices.texts
    }

    @Test func `a value outside the range names bus, unit, register, range and value`() throws {
        #expect(
            try told([6, 0, 0x20, 0xEA, 0x60]) == [
                "bus trays, unit 16 (tray-1/monitor) refused a write: illegal data value, register 0x0020 (power-limit) "
                    + "takes 200 to 12000 (200 W to 12 kW), found 60000 (60 kW)"
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

    @Test func `a limit between the map's range and the tray's is told with the tray's`() throws {
        let told = try toldOfBMC([6, 0, 0x40, 0x07, 0xD0])
        #expect(
            told == [
                "bus management, unit 48 (tray-1/bmc) refused a write: illegal data value, register 0x0040 (power-limit) takes "
                    + "2450 to 4140 (2.45 kW to 4.14 kW), in force on tray-1/bmc; the map allows 200 to 12000 (200 W to 12 kW), "
                    + "found 2000 (2 kW)"
            ])
    }

    @Test func `values that lie apart are told one by one`() throws {
        let told = try toldOfBMC([6, 0, 0x45, 0, 5])
        #expect(
            told.first?.contains("takes 0 to 1 or 17, in force on tray-1/bmc; the map allows 0 to 17, found 5") == true)
    }

    @Test func `half of a point of two words is told so`() throws {
        let told = try toldOfBMC([6, 0, 0x42, 0, 1])
        #expect(
            told.first?.hasSuffix(
                "illegal data address, register 0x0042 (correction-time) has 2 words, which are written together or not at all"
            )
                == true)
    }

    @Test func `a locked setting is told with what opens it`() throws {
        let threshold = try told([6, 0, 0x21, 0x0B, 0xB8]).first
        #expect(threshold?.contains("is write-protected: write-key (0x002A) does not hold the key") == true)
    }

    @Test func `of reading and writing in one, the register to be read is told when it is at fault`() throws {
        let text = try told([23, 0x50, 0, 0, 1, 0, 0x20, 0, 1, 2, 0x0B, 0xB8]).first
        #expect(text?.hasSuffix("illegal data address, register 0x5000, to be read with it, is not there") == true)
        let writing = try told([23, 0, 0, 0, 1, 0, 0x20, 0, 1, 2, 0xEA, 0x60]).first
        #expect(writing?.contains("register 0x0020 (power-limit) takes 200 to 12000") == true)
    }

    @Test func `an exception that a fault puts in the answer is not blamed on the register`() throws {
        let rack = try ServedRack(trouble: [
            .busFault(BusFault(bus: ServedRack.trays, kind: .exception(ExceptionCode.illegalDataValue.rawValue)))
        ])
        let client = try rack.rtuClient()
        try client.send(rtu(16, [6, 0, 0x20, 0x0B, 0xB8]))
        _ = try client.received(within: 50)
        #expect(rack.notices.texts.first?.hasSuffix("register 0x0020, which it would take: a fault answers so") == true)
    }
}
