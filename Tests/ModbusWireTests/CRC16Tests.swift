import ModbusWire
import Testing

@Suite struct CRC16Tests {
    /// Bit by bit, as the flow chart of the serial-line specification V1.02, appendix B, has it.
    func bitwise(_ octets: [UInt8]) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for octet in octets {
            crc ^= UInt16(octet)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1 }
        }
        return crc
    }

    @Test func `the specification's example has the CRC 0x1241`() {
        #expect(CRC16.checksum(of: octets("02 07")) == 0x1241)
        #expect(serialFrame(unit: 2, [7]) == octets("02 07 41 12"))
    }

    @Test func `every length agrees with the bitwise definition`() {
        var octets: [UInt8] = []
        var state: UInt32 = 1
        for _ in 0...300 {
            #expect(CRC16.checksum(of: octets) == bitwise(octets))
            state = state &* 1_664_525 &+ 1_013_904_223
            octets.append(UInt8(truncatingIfNeeded: state >> 24))
        }
    }

    @Test func `octet by octet gives the same`() {
        let frame = octets("11 03 00 6B 00 03 FF 00 A5")
        var crc = CRC16.initial
        for octet in frame { crc = CRC16.updated(crc, with: octet) }
        #expect(crc == bitwise(frame))
    }
}
