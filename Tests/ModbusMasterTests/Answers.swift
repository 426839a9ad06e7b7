import ModbusWire

/// Answers as octets, made by hand so that nothing of the code under test is believed.
enum Answers {
    /// Modbus TCP: the header of `request` before `pdu`.
    static func tcp(_ request: [UInt8], _ pdu: [UInt8], identifierPlus: UInt16 = 0, unitPlus: UInt8 = 0) -> [UInt8] {
        let identifier = (UInt16(request[0]) << 8 | UInt16(request[1])) &+ identifierPlus
        let length = UInt16(pdu.count + 1)
        let (high, low) = (UInt8(identifier >> 8), UInt8(identifier & 0xFF))
        let header: [UInt8] = [high, low, 0, 0, UInt8(length >> 8), UInt8(length & 0xFF), request[6] &+ unitPlus]
        return header + pdu
    }

    /// A serial line: unit, `pdu`, CRC.
    static func rtu(_ unit: UInt8, _ pdu: [UInt8]) -> [UInt8] {
        let body = [unit] + pdu
        var checksum: UInt16 = 0xFFFF
        for octet in body {
            checksum ^= UInt16(octet)
            for _ in 0..<8 { checksum = checksum & 1 != 0 ? checksum >> 1 ^ 0xA001 : checksum >> 1 }
        }
        return body + [UInt8(checksum & 0xFF), UInt8(checksum >> 8)]
    }

    /// To a request for registers: each holds its own address.
    static func registers(toPDU pdu: ArraySlice<UInt8>) -> [UInt8] {
        let octets = Array(pdu)
        let address = UInt16(octets[1]) << 8 | UInt16(octets[2])
        let count = UInt16(octets[3]) << 8 | UInt16(octets[4])
        var answer = [octets[0], UInt8(2 * count)]
        for number in 0..<count {
            let word = address &+ number
            answer += [UInt8(word >> 8), UInt8(word & 0xFF)]
        }
        return answer
    }

    /// The right answer to a TCP request for registers.
    static func right(_ request: [UInt8]) -> [UInt8] { tcp(request, registers(toPDU: request[7...])) }

    /// The right answer to a serial request for registers.
    static func rightRTU(_ request: [UInt8]) -> [UInt8] {
        rtu(request[0], registers(toPDU: request[1..<(request.count - 2)]))
    }
}
