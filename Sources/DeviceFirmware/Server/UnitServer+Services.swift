public import ModbusWire

extension UnitServer {
    /// The functions that need neither map nor firmware.
    @usableFromInline mutating func serveWithoutMap(
        _ request: RequestPDU, _ pdu: Span<UInt8>, _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        switch request {
        case .diagnostics(let subfunction, _): return diagnose(subfunction, pdu, &reply)
        case .reportServerIdentifier:
            reportServerIdentifier(&reply)
            return nil
        case .readDeviceIdentification(let access, let object): return identify(access, from: object, &reply)
        // No device of Busbar has files or queues: no file number and no pointer exists.
        case .readFileRecord, .writeFileRecord, .readFIFOQueue: return .illegalDataAddress
        default: return .illegalFunction
        }
    }

    /// Function 8.
    mutating func diagnose(
        _ subfunction: DiagnosticSubfunction, _ pdu: Span<UInt8>, _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        switch subfunction {
        case .returnQueryData: reply.append(contentsOf: pdu)
        case .restartCommunications:
            // A listen-only unit comes back without an answer (section 6.8.1).
            if !isListenOnly { reply.append(contentsOf: pdu) }
            isListenOnly = false
            diagnostics = SerialDiagnostics()
        case .forceListenOnlyMode: isListenOnly = true
        case .clearCounters:
            diagnostics = SerialDiagnostics()
            reply.append(contentsOf: pdu)
        case .busMessageCount: appendCounter(diagnostics.busMessages, pdu, &reply)
        case .busCommunicationErrorCount: appendCounter(diagnostics.busCommunicationErrors, pdu, &reply)
        case .busExceptionErrorCount: appendCounter(diagnostics.exceptionErrors, pdu, &reply)
        case .serverMessageCount: appendCounter(diagnostics.serverMessages, pdu, &reply)
        case .serverNoResponseCount: appendCounter(diagnostics.noResponses, pdu, &reply)
        case .serverNegativeAcknowledgeCount: appendCounter(diagnostics.negativeAcknowledges, pdu, &reply)
        case .serverBusyCount: appendCounter(diagnostics.busyResponses, pdu, &reply)
        case .busCharacterOverrunCount: appendCounter(diagnostics.characterOverruns, pdu, &reply)
        }
        return nil
    }

    func appendCounter(_ counter: UInt16, _ pdu: Span<UInt8>, _ reply: inout FrameBuffer) {
        reply.append(contentsOf: pdu.extracting(first: 3))
        reply.append(counter)
    }

    /// Function 17: the identifier octet, "running", then the basic identification objects separated by spaces.
    func reportServerIdentifier(_ reply: inout FrameBuffer) {
        let start = reply.count
        reply.append(FunctionCode.reportServerIdentifier.rawValue)
        reply.append(0 as UInt8)
        reply.append(serverIdentifier)
        reply.append(0xFF as UInt8)
        var room = ProtocolLimits.pduLength - 4
        for index in identity.objects.indices where identity.objects[index].number <= 2 {
            if index > 0, room > 0 {
                reply.append(UInt8(ascii: " "))
                room -= 1
            }
            for octet in identity.octets(ofObjectAt: index) where room > 0 {
                reply.append(octet)
                room -= 1
            }
        }
        reply[start + 1] = UInt8(truncatingIfNeeded: reply.count - start - 2)
    }

    /// Function 43/14: the three streams, and single objects too.
    func identify(_ access: IdentificationAccess, from object: UInt8, _ reply: inout FrameBuffer) -> ExceptionCode? {
        let start = reply.count
        let last: UInt8 =
            switch access {
            case .basic: 0x02
            case .regular: 0x7F
            case .extended, .individual: 0xFF
            }
        var index: Int
        if let found = identity.index(of: object), access == .individual || object <= last {
            index = found
        } else if access == .individual {
            return .illegalDataAddress
        } else {
            // A stream that does not know the object starts at the beginning (section 6.21).
            index = 0
        }
        reply.append(FunctionCode.encapsulatedInterface.rawValue)
        reply.append(0x0E as UInt8)
        reply.append(access.rawValue)
        reply.append(identity.conformityLevel)
        reply.append(0 as UInt8)
        reply.append(0 as UInt8)
        reply.append(0 as UInt8)
        var room = ProtocolLimits.pduLength - 7
        while index < identity.objects.count, identity.objects[index].number <= last {
            let octets = identity.octets(ofObjectAt: index)
            guard octets.count + 2 <= room else {
                reply[start + 4] = 0xFF
                reply[start + 5] = identity.objects[index].number
                break
            }
            room -= octets.count + 2
            reply.append(identity.objects[index].number)
            reply.append(UInt8(truncatingIfNeeded: octets.count))
            for octet in octets { reply.append(octet) }
            reply[start + 6] += 1
            if access == .individual { break }
            index += 1
        }
        return nil
    }
}
