extension ResponsePDU {
    /// Appends the PDU; payload ranges of the value refer to `view`. Nothing is appended when an error is thrown.
    public func encode(payloadFrom view: Span<UInt8>, into frame: inout FrameBuffer) throws(PDUError) {
        switch self {
        case .bits(let function, let payload), .registers(let function, let payload):
            try frame.appendCounted(function, payload, of: view)
        case .serverIdentifier(let payload): try frame.appendCounted(.reportServerIdentifier, payload, of: view)
        case .fileRecords(let payload): try frame.appendCounted(.readFileRecord, payload, of: view)
        case .fileRecordsWritten(let payload): try frame.appendCounted(.writeFileRecord, payload, of: view)
        case .writeSingleCoil(let address, let isOn):
            frame.appendWords(.writeSingleCoil, address, isOn ? 0xFF00 : 0x0000)
        case .writeSingleRegister(let address, let word): frame.appendWords(.writeSingleRegister, address, word)
        case .writeMultipleCoils(let address, let count): frame.appendWords(.writeMultipleCoils, address, count)
        case .writeMultipleRegisters(let address, let count): frame.appendWords(.writeMultipleRegisters, address, count)
        case .maskWriteRegister(let address, let andMask, let orMask):
            frame.appendWords(.maskWriteRegister, address, andMask)
            frame.append(orMask)
        case .exceptionStatus(let status):
            frame.append(FunctionCode.readExceptionStatus.rawValue)
            frame.append(status)
        case .diagnostics(let subfunction, let data):
            try RequestPDU.diagnostics(subfunction, data: data).encode(payloadFrom: view, into: &frame)
        case .fifoQueue(let payload):
            let octets = payload.octets(of: view)
            guard octets.count == Int(payload.count), octets.count <= 2 * ProtocolLimits.registersPerFIFO,
                octets.count % 2 == 0
            else { throw .byteCount(expected: Int(payload.count), found: octets.count) }
            frame.appendWords(.readFIFOQueue, UInt16(2 + octets.count), UInt16(octets.count / 2))
            frame.append(contentsOf: octets)
        case .deviceIdentification(let response): try frame.append(response, payloadFrom: view)
        case .exception(let function, let code): frame.appendException(function, code)
        }
    }

    /// Appends a response that has no payload.
    public func encode(into frame: inout FrameBuffer) throws(PDUError) {
        try encode(payloadFrom: Span<UInt8>(), into: &frame)
    }
}

extension FrameBuffer {
    /// Appends an exception response.
    @inlinable public mutating func appendException(_ function: FunctionCode, _ code: ExceptionCode) {
        append(function.rawValue | FunctionCode.exceptionBit)
        append(code.rawValue)
    }

    mutating func appendCounted(
        _ function: FunctionCode, _ payload: PayloadRange, of view: Span<UInt8>
    ) throws(PDUError) {
        let octets = payload.octets(of: view)
        guard octets.count == Int(payload.count) else {
            throw .byteCount(expected: Int(payload.count), found: octets.count)
        }
        guard octets.count <= ProtocolLimits.pduLength - 2 else {
            throw .quantity(highest: ProtocolLimits.pduLength - 2, found: octets.count)
        }
        append(function.rawValue)
        append(UInt8(truncatingIfNeeded: octets.count))
        append(contentsOf: octets)
    }

    mutating func append(_ response: IdentificationResponse, payloadFrom view: Span<UInt8>) throws(PDUError) {
        let octets = response.objects.octets(of: view)
        guard octets.count == Int(response.objects.count) else {
            throw .byteCount(expected: Int(response.objects.count), found: octets.count)
        }
        guard octets.count <= ProtocolLimits.pduLength - 7 else {
            throw .quantity(highest: ProtocolLimits.pduLength - 7, found: octets.count)
        }
        append(FunctionCode.encapsulatedInterface.rawValue)
        append(0x0E as UInt8)
        append(response.access.rawValue)
        append(response.conformity)
        append(response.moreFollows ? 0xFF as UInt8 : 0)
        append(response.nextObject)
        append(response.objectCount)
        append(contentsOf: octets)
    }
}
