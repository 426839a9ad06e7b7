extension RequestPDU {
    /// Reads a request from exactly the octets of its PDU.
    ///
    /// The checks come in the order of the state diagrams of V1.1b3, section 6: function, then length and quantities.
    /// Payload ranges of the value refer to `pdu`.
    @inlinable public init(decoding pdu: Span<UInt8>) throws(PDUError) {
        guard pdu.count > 0 else { throw .empty }
        let function = FunctionCode(rawValue: pdu[0])
        switch function {
        case .readHoldingRegisters:
            let range = try Self.range(of: pdu, upTo: ProtocolLimits.registersPerRead)
            self = .readHoldingRegisters(address: range.address, count: range.count)
        case .readInputRegisters:
            let range = try Self.range(of: pdu, upTo: ProtocolLimits.registersPerRead)
            self = .readInputRegisters(address: range.address, count: range.count)
        case .readCoils:
            let range = try Self.range(of: pdu, upTo: ProtocolLimits.bitsPerRead)
            self = .readCoils(address: range.address, count: range.count)
        case .readDiscreteInputs:
            let range = try Self.range(of: pdu, upTo: ProtocolLimits.bitsPerRead)
            self = .readDiscreteInputs(address: range.address, count: range.count)
        case .writeSingleRegister:
            try PDUReader.requireLength(5, of: pdu)
            self = .writeSingleRegister(address: PDUReader.word(1, of: pdu), word: PDUReader.word(3, of: pdu))
        case .writeSingleCoil:
            try PDUReader.requireLength(5, of: pdu)
            let isOn = try Self.coil(PDUReader.word(3, of: pdu))
            self = .writeSingleCoil(address: PDUReader.word(1, of: pdu), isOn: isOn)
        case .writeMultipleRegisters:
            let range = try Self.writeRange(of: pdu, upTo: ProtocolLimits.registersPerWrite, areBits: false)
            self = .writeMultipleRegisters(address: range.address, count: range.count, words: range.payload)
        case .writeMultipleCoils:
            let range = try Self.writeRange(of: pdu, upTo: ProtocolLimits.bitsPerWrite, areBits: true)
            self = .writeMultipleCoils(address: range.address, count: range.count, bits: range.payload)
        default:
            self = try Self.lessFrequent(function, in: pdu)
        }
    }

    @inlinable static func range(
        of pdu: Span<UInt8>, upTo highest: Int
    ) throws(PDUError) -> (address: UInt16, count: UInt16) {
        try PDUReader.requireLength(5, of: pdu)
        let count = PDUReader.word(3, of: pdu)
        try PDUReader.requireQuantity(count, upTo: highest)
        return (PDUReader.word(1, of: pdu), count)
    }

    @inlinable static func writeRange(
        of pdu: Span<UInt8>, upTo highest: Int, areBits: Bool
    ) throws(PDUError) -> (address: UInt16, count: UInt16, payload: PayloadRange) {
        try PDUReader.requireLength(atLeast: 6, of: pdu)
        let count = PDUReader.word(3, of: pdu)
        try PDUReader.requireQuantity(count, upTo: highest)
        let octets = areBits ? PDUReader.octetCount(bits: count) : 2 * Int(count)
        guard Int(pdu[5]) == octets else { throw .byteCount(expected: octets, found: Int(pdu[5])) }
        try PDUReader.requireLength(6 + octets, of: pdu)
        return (PDUReader.word(1, of: pdu), count, PayloadRange(offset: 6, count: octets))
    }

    /// 0xFF00 is on and 0x0000 is off; all other values are illegal (section 6.5).
    @inlinable static func coil(_ value: UInt16) throws(PDUError) -> Bool {
        switch value {
        case 0xFF00: return true
        case 0x0000: return false
        default: throw .value(found: value)
        }
    }

    @usableFromInline static func lessFrequent(
        _ function: FunctionCode, in pdu: Span<UInt8>
    ) throws(PDUError) -> RequestPDU {
        switch function {
        case .readExceptionStatus:
            try PDUReader.requireLength(1, of: pdu)
            return .readExceptionStatus
        case .reportServerIdentifier:
            try PDUReader.requireLength(1, of: pdu)
            return .reportServerIdentifier
        case .diagnostics: return try diagnostics(in: pdu)
        case .readFileRecord: return try readFileRecord(in: pdu)
        case .writeFileRecord: return try writeFileRecord(in: pdu)
        case .maskWriteRegister:
            try PDUReader.requireLength(7, of: pdu)
            return .maskWriteRegister(
                address: PDUReader.word(1, of: pdu), andMask: PDUReader.word(3, of: pdu),
                orMask: PDUReader.word(5, of: pdu))
        case .readWriteMultipleRegisters: return try readWrite(in: pdu)
        case .readFIFOQueue:
            try PDUReader.requireLength(3, of: pdu)
            return .readFIFOQueue(pointer: PDUReader.word(1, of: pdu))
        case .encapsulatedInterface: return try identification(in: pdu)
        default: throw .unknownFunction(function)
        }
    }

    /// Sub-functions other than the echo carry exactly one data word.
    @usableFromInline static func diagnostics(in pdu: Span<UInt8>) throws(PDUError) -> RequestPDU {
        try PDUReader.requireLength(atLeast: 3, of: pdu)
        let number = PDUReader.word(1, of: pdu)
        guard let subfunction = DiagnosticSubfunction(rawValue: number) else { throw .unknownSubfunction(number) }
        let data = PayloadRange(offset: 3, count: pdu.count - 3)
        if subfunction == .returnQueryData {
            guard data.count >= 2, data.count % 2 == 0, pdu.count <= ProtocolLimits.pduLength else {
                throw .length(expected: 5, found: pdu.count)
            }
            return .diagnostics(subfunction, data: data)
        }
        try PDUReader.requireLength(5, of: pdu)
        let value = PDUReader.word(3, of: pdu)
        // A restart may ask for the event log to be cleared with 0xFF00 (section 6.8.1).
        guard value == 0 || (value == 0xFF00 && subfunction == .restartCommunications) else {
            throw .value(found: value)
        }
        return .diagnostics(subfunction, data: data)
    }

    @usableFromInline static func readFileRecord(in pdu: Span<UInt8>) throws(PDUError) -> RequestPDU {
        try PDUReader.requireLength(atLeast: 2, of: pdu)
        let octets = Int(pdu[1])
        guard ProtocolLimits.fileReadByteCount.contains(octets), octets % 7 == 0 else {
            throw .quantity(highest: ProtocolLimits.fileReadByteCount.upperBound, found: octets)
        }
        try PDUReader.requireLength(2 + octets, of: pdu)
        return .readFileRecord(subrequests: PayloadRange(offset: 2, count: octets))
    }

    @usableFromInline static func writeFileRecord(in pdu: Span<UInt8>) throws(PDUError) -> RequestPDU {
        try PDUReader.requireLength(atLeast: 2, of: pdu)
        let octets = Int(pdu[1])
        guard ProtocolLimits.fileWriteByteCount.contains(octets) else {
            throw .quantity(highest: ProtocolLimits.fileWriteByteCount.upperBound, found: octets)
        }
        try PDUReader.requireLength(2 + octets, of: pdu)
        let records = PayloadRange(offset: 2, count: octets)
        var walker = FileRecordWalker(records)
        while walker.next(in: pdu) != nil {}
        guard walker.isAtEnd else { throw .byteCount(expected: walker.consumed, found: octets) }
        return .writeFileRecord(records: records)
    }

    @usableFromInline static func readWrite(in pdu: Span<UInt8>) throws(PDUError) -> RequestPDU {
        try PDUReader.requireLength(atLeast: 10, of: pdu)
        let readCount = PDUReader.word(3, of: pdu)
        let writeCount = PDUReader.word(7, of: pdu)
        try PDUReader.requireQuantity(readCount, upTo: ProtocolLimits.registersPerRead)
        try PDUReader.requireQuantity(writeCount, upTo: ProtocolLimits.registersPerReadWrite)
        let octets = 2 * Int(writeCount)
        guard Int(pdu[9]) == octets else { throw .byteCount(expected: octets, found: Int(pdu[9])) }
        try PDUReader.requireLength(10 + octets, of: pdu)
        return .readWriteMultipleRegisters(
            readAddress: PDUReader.word(1, of: pdu), readCount: readCount, writeAddress: PDUReader.word(5, of: pdu),
            writeCount: writeCount, words: PayloadRange(offset: 10, count: octets))
    }

    @usableFromInline static func identification(in pdu: Span<UInt8>) throws(PDUError) -> RequestPDU {
        try PDUReader.requireLength(atLeast: 2, of: pdu)
        guard pdu[1] == 0x0E else { throw .unknownFunction(.encapsulatedInterface) }
        try PDUReader.requireLength(4, of: pdu)
        guard let access = IdentificationAccess(rawValue: pdu[2]) else { throw .value(found: UInt16(pdu[2])) }
        return .readDeviceIdentification(access, object: pdu[3])
    }
}
