extension RequestPDU {
    /// Appends the PDU; payload ranges of the value refer to `view`. Nothing is appended when an error is thrown.
    @inlinable public func encode(payloadFrom view: Span<UInt8>, into frame: inout FrameBuffer) throws(PDUError) {
        let start = frame.count
        switch self {
        case .writeMultipleRegisters(let address, let count, let words):
            try requireWriteQuantity()
            let octets = words.octets(of: view)
            guard octets.count == 2 * Int(count) else {
                throw .byteCount(expected: 2 * Int(count), found: octets.count)
            }
            frame.appendHead(function, address, count, octetCount: octets.count)
            frame.append(contentsOf: octets)
        case .writeMultipleCoils(let address, let count, let bits):
            try requireWriteQuantity()
            let octets = bits.octets(of: view)
            let expected = PDUReader.octetCount(bits: count)
            guard octets.count == expected else { throw .byteCount(expected: expected, found: octets.count) }
            frame.appendHead(function, address, count, octetCount: octets.count)
            frame.append(contentsOf: octets)
        case .readWriteMultipleRegisters(_, _, _, let writeCount, let words):
            let octets = words.octets(of: view)
            guard octets.count == 2 * Int(writeCount) else {
                throw .byteCount(expected: 2 * Int(writeCount), found: octets.count)
            }
            try appendReadWriteHead(to: &frame)
            frame.append(contentsOf: octets)
        case .diagnostics(let subfunction, let data):
            let octets = data.octets(of: view)
            guard octets.count >= 2, octets.count % 2 == 0, octets.count <= ProtocolLimits.pduLength - 3 else {
                throw .length(expected: 2, found: octets.count)
            }
            frame.append(function.rawValue)
            frame.append(subfunction.rawValue)
            frame.append(contentsOf: octets)
        case .readFileRecord(let payload), .writeFileRecord(let payload):
            let octets = payload.octets(of: view)
            frame.append(function.rawValue)
            guard octets.count <= ProtocolLimits.fileWriteByteCount.upperBound else {
                frame.truncate(to: start)
                throw .quantity(highest: ProtocolLimits.fileWriteByteCount.upperBound, found: octets.count)
            }
            frame.append(UInt8(truncatingIfNeeded: octets.count))
            frame.append(contentsOf: octets)
        default:
            try encodeFixed(into: &frame)
        }
    }

    /// Appends a request that has no payload; a payload is taken as missing.
    @inlinable public func encode(into frame: inout FrameBuffer) throws(PDUError) {
        switch self {
        case .diagnostics(let subfunction, let data) where data.count == 0:
            frame.append(function.rawValue)
            frame.append(subfunction.rawValue)
            frame.append(UInt16(0))
        case .readHoldingRegisters, .readInputRegisters, .writeSingleRegister: try encodeFixed(into: &frame)
        default: try encode(payloadFrom: Span<UInt8>(), into: &frame)
        }
    }

    /// Appends a request whose payload is a block of words: registers as they are, coils 16 to a word, the first coil
    /// in the least significant bit of the first word. The block must hold what the request's count asks for.
    @inlinable public func encode(words block: borrowing RegisterBlock, into frame: inout FrameBuffer) throws(PDUError)
    {
        switch self {
        case .writeMultipleRegisters(let address, let count, _):
            try requireWriteQuantity()
            guard block.count >= Int(count) else { throw .byteCount(expected: 2 * Int(count), found: 2 * block.count) }
            frame.appendHead(function, address, count, octetCount: 2 * Int(count))
            for index in 0..<Int(count) { frame.append(block[index]) }
        case .readWriteMultipleRegisters(_, _, _, let writeCount, _):
            guard block.count >= Int(writeCount) else {
                throw .byteCount(expected: 2 * Int(writeCount), found: 2 * block.count)
            }
            try appendReadWriteHead(to: &frame)
            for index in 0..<Int(writeCount) { frame.append(block[index]) }
        case .writeMultipleCoils(let address, let count, _):
            try requireWriteQuantity()
            let octets = PDUReader.octetCount(bits: count)
            guard 2 * block.count >= octets else { throw .byteCount(expected: octets, found: 2 * block.count) }
            frame.appendHead(function, address, count, octetCount: octets)
            for index in 0..<octets {
                var octet = UInt8(truncatingIfNeeded: block[index / 2] >> (index % 2 == 0 ? 0 : 8))
                // Unused bits of the last octet are zero (section 6.11).
                if index == octets - 1, count % 8 != 0 { octet &= UInt8(truncatingIfNeeded: (1 << (count % 8)) - 1) }
                frame.append(octet)
            }
        default: try encode(into: &frame)
        }
    }

    /// Requests of a fixed length.
    @inlinable func encodeFixed(into frame: inout FrameBuffer) throws(PDUError) {
        switch self {
        case .readHoldingRegisters(let address, let count), .readInputRegisters(let address, let count):
            try PDUReader.requireQuantity(count, upTo: ProtocolLimits.registersPerRead)
            frame.appendWords(function, address, count)
        case .readCoils(let address, let count), .readDiscreteInputs(let address, let count):
            try PDUReader.requireQuantity(count, upTo: ProtocolLimits.bitsPerRead)
            frame.appendWords(function, address, count)
        case .writeSingleCoil(let address, let isOn): frame.appendWords(function, address, isOn ? 0xFF00 : 0x0000)
        case .writeSingleRegister(let address, let word): frame.appendWords(function, address, word)
        case .maskWriteRegister(let address, let andMask, let orMask):
            frame.appendWords(function, address, andMask)
            frame.append(orMask)
        case .readFIFOQueue(let pointer):
            frame.append(function.rawValue)
            frame.append(pointer)
        case .readDeviceIdentification(let access, let object):
            frame.append(function.rawValue)
            frame.append(0x0E as UInt8)
            frame.append(access.rawValue)
            frame.append(object)
        default: frame.append(function.rawValue)
        }
    }

    @inlinable func requireWriteQuantity() throws(PDUError) {
        switch self {
        case .writeMultipleRegisters(_, let count, _):
            try PDUReader.requireQuantity(count, upTo: ProtocolLimits.registersPerWrite)
        case .writeMultipleCoils(_, let count, _):
            try PDUReader.requireQuantity(count, upTo: ProtocolLimits.bitsPerWrite)
        default: break
        }
    }

    @usableFromInline func appendReadWriteHead(to frame: inout FrameBuffer) throws(PDUError) {
        guard
            case .readWriteMultipleRegisters(let readAddress, let readCount, let writeAddress, let writeCount, _) = self
        else { return }
        try PDUReader.requireQuantity(readCount, upTo: ProtocolLimits.registersPerRead)
        try PDUReader.requireQuantity(writeCount, upTo: ProtocolLimits.registersPerReadWrite)
        frame.appendWords(function, readAddress, readCount)
        frame.append(writeAddress)
        frame.append(writeCount)
        frame.append(UInt8(truncatingIfNeeded: 2 * writeCount))
    }
}

extension FrameBuffer {
    @inlinable mutating func appendWords(_ function: FunctionCode, _ first: UInt16, _ second: UInt16) {
        append(function.rawValue)
        append(first)
        append(second)
    }

    @inlinable mutating func appendHead(_ function: FunctionCode, _ address: UInt16, _ count: UInt16, octetCount: Int) {
        appendWords(function, address, count)
        append(UInt8(truncatingIfNeeded: octetCount))
    }
}
