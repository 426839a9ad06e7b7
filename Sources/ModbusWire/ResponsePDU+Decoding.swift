extension ResponsePDU {
    /// Reads a response from exactly the octets of its PDU. Payload ranges of the value refer to `pdu`.
    @inlinable public init(decoding pdu: Span<UInt8>) throws(PDUError) {
        guard pdu.count > 0 else { throw .empty }
        let function = FunctionCode(rawValue: pdu[0])
        switch function {
        case .readHoldingRegisters, .readInputRegisters, .readWriteMultipleRegisters:
            let payload = try Self.countedPayload(of: pdu)
            guard payload.count >= 2, payload.count <= 250, payload.count % 2 == 0 else {
                throw .quantity(highest: 250, found: Int(payload.count))
            }
            self = .registers(function, payload)
        case .readCoils, .readDiscreteInputs:
            let payload = try Self.countedPayload(of: pdu)
            guard payload.count >= 1, payload.count <= 250 else {
                throw .quantity(highest: 250, found: Int(payload.count))
            }
            self = .bits(function, payload)
        default:
            self = try function.isException ? Self.exception(in: pdu) : Self.lessFrequent(function, in: pdu)
        }
    }

    /// The payload behind a byte count in octet 1, which must be all the rest.
    @inlinable static func countedPayload(of pdu: Span<UInt8>) throws(PDUError) -> PayloadRange {
        try PDUReader.requireLength(atLeast: 2, of: pdu)
        try PDUReader.requireLength(2 + Int(pdu[1]), of: pdu)
        return PayloadRange(offset: 2, count: Int(pdu[1]))
    }

    @usableFromInline static func exception(in pdu: Span<UInt8>) throws(PDUError) -> ResponsePDU {
        try PDUReader.requireLength(2, of: pdu)
        let function = FunctionCode(rawValue: pdu[0] & ~FunctionCode.exceptionBit)
        return .exception(function, ExceptionCode(rawValue: pdu[1]))
    }

    @usableFromInline static func lessFrequent(
        _ function: FunctionCode, in pdu: Span<UInt8>
    ) throws(PDUError) -> ResponsePDU {
        switch function {
        case .writeSingleCoil:
            try PDUReader.requireLength(5, of: pdu)
            let isOn = try RequestPDU.coil(PDUReader.word(3, of: pdu))
            return .writeSingleCoil(address: PDUReader.word(1, of: pdu), isOn: isOn)
        case .writeSingleRegister:
            try PDUReader.requireLength(5, of: pdu)
            return .writeSingleRegister(address: PDUReader.word(1, of: pdu), word: PDUReader.word(3, of: pdu))
        case .writeMultipleCoils:
            let range = try RequestPDU.range(of: pdu, upTo: ProtocolLimits.bitsPerWrite)
            return .writeMultipleCoils(address: range.address, count: range.count)
        case .writeMultipleRegisters:
            let range = try RequestPDU.range(of: pdu, upTo: ProtocolLimits.registersPerWrite)
            return .writeMultipleRegisters(address: range.address, count: range.count)
        case .readExceptionStatus:
            try PDUReader.requireLength(2, of: pdu)
            return .exceptionStatus(pdu[1])
        case .reportServerIdentifier: return .serverIdentifier(try countedPayload(of: pdu))
        case .readFileRecord: return .fileRecords(try countedPayload(of: pdu))
        case .maskWriteRegister:
            try PDUReader.requireLength(7, of: pdu)
            return .maskWriteRegister(
                address: PDUReader.word(1, of: pdu), andMask: PDUReader.word(3, of: pdu),
                orMask: PDUReader.word(5, of: pdu))
        case .readFIFOQueue: return try fifoQueue(in: pdu)
        case .encapsulatedInterface: return .deviceIdentification(try identification(in: pdu))
        case .diagnostics, .writeFileRecord: return try echoed(pdu)
        default: throw .unknownFunction(function)
        }
    }

    /// Responses with the form of their requests. The data word of a diagnostic response is a counter, so the
    /// request's limits on it do not apply.
    @usableFromInline static func echoed(_ pdu: Span<UInt8>) throws(PDUError) -> ResponsePDU {
        if FunctionCode(rawValue: pdu[0]) == .writeFileRecord {
            guard case .writeFileRecord(let records) = try RequestPDU.writeFileRecord(in: pdu) else { throw .empty }
            return .fileRecordsWritten(records)
        }
        try PDUReader.requireLength(atLeast: 5, of: pdu)
        let number = PDUReader.word(1, of: pdu)
        guard let subfunction = DiagnosticSubfunction(rawValue: number) else { throw .unknownSubfunction(number) }
        guard pdu.count == 5 || (subfunction == .returnQueryData && pdu.count % 2 == 1) else {
            throw .length(expected: 5, found: pdu.count)
        }
        return .diagnostics(subfunction, data: PayloadRange(offset: 3, count: pdu.count - 3))
    }

    /// Byte count (a word), FIFO count, and as many registers.
    @usableFromInline static func fifoQueue(in pdu: Span<UInt8>) throws(PDUError) -> ResponsePDU {
        try PDUReader.requireLength(atLeast: 5, of: pdu)
        let registers = Int(PDUReader.word(3, of: pdu))
        guard registers <= ProtocolLimits.registersPerFIFO else {
            throw .quantity(highest: ProtocolLimits.registersPerFIFO, found: registers)
        }
        let octets = Int(PDUReader.word(1, of: pdu))
        guard octets == 2 + 2 * registers else { throw .byteCount(expected: 2 + 2 * registers, found: octets) }
        try PDUReader.requireLength(5 + 2 * registers, of: pdu)
        return .fifoQueue(PayloadRange(offset: 5, count: 2 * registers))
    }

    @usableFromInline static func identification(in pdu: Span<UInt8>) throws(PDUError) -> IdentificationResponse {
        try PDUReader.requireLength(atLeast: 2, of: pdu)
        guard pdu[1] == 0x0E else { throw .unknownFunction(.encapsulatedInterface) }
        try PDUReader.requireLength(atLeast: 7, of: pdu)
        guard let access = IdentificationAccess(rawValue: pdu[2]) else { throw .value(found: UInt16(pdu[2])) }
        guard pdu[4] == 0x00 || pdu[4] == 0xFF else { throw .value(found: UInt16(pdu[4])) }
        var end = 7
        for _ in 0..<pdu[6] {
            try PDUReader.requireLength(atLeast: end + 2, of: pdu)
            end += 2 + Int(pdu[end + 1])
        }
        try PDUReader.requireLength(end, of: pdu)
        return IdentificationResponse(
            access: access, conformity: pdu[3], moreFollows: pdu[4] == 0xFF, nextObject: pdu[5], objectCount: pdu[6],
            objects: PayloadRange(offset: 7, count: end - 7))
    }
}
