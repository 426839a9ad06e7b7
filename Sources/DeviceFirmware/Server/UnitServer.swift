public import ModbusWire
public import RegisterMaps
public import Units

/// One Modbus unit: answers requests on behalf of a firmware, through its register map.
///
/// Purpose: the server side of the Modbus application protocol V1.1b3, for every function that `ModbusWire` knows.
/// Inputs: the PDU of a request that was addressed to this unit, or broadcast; nothing in it is trusted. Intended
/// behaviour: checks in the order of the specification's state diagrams (function, quantity, address, value), then all
/// of the request or nothing. A listen-only unit takes nothing but the restart of its communications. After a restart
/// the words without a signal have their initial values, the counters are 0, and the unit answers.
public struct UnitServer {
    public let map: RegisterMap
    public let identity: IdentificationObjects
    /// The device's words for points without a signal, `map.storageWordCount` of them; owned by the caller.
    public let stored: UnsafeMutableBufferPointer<UInt16>
    /// The first octet of the answer to function 17; what it means is the device's own.
    public var serverIdentifier: UInt8
    /// Index of the point whose low eight bits function 7 reports; `nil` reports 0.
    public var exceptionStatusPoint: Int?
    /// The line's receiver counts here what this unit does not see: frames to other units, errors, overruns.
    public var diagnostics: SerialDiagnostics
    public internal(set) var isListenOnly: Bool
    /// When the device answers nothing but that it is busy; `nil` for never.
    public var busy: BusyWindow?

    public init(
        map: RegisterMap, identity: IdentificationObjects, stored: UnsafeMutableBufferPointer<UInt16>,
        serverIdentifier: UInt8 = 0, exceptionStatusPoint: Int? = nil
    ) {
        self.map = map
        self.identity = identity
        self.stored = stored
        self.serverIdentifier = serverIdentifier
        self.exceptionStatusPoint = exceptionStatusPoint
        diagnostics = SerialDiagnostics()
        isListenOnly = false
        restart()
    }

    /// The unit loses power or is reset.
    public mutating func restart() {
        map.initialise(stored)
        diagnostics = SerialDiagnostics()
        isListenOnly = false
    }

    /// Carries out a request and appends the PDU of the answer to `reply`, behind whatever head stands there.
    ///
    /// False, and nothing appended, when there is no answer: a broadcast, a listen-only unit, an empty PDU. A
    /// broadcast of anything but a write is ignored. `reply` must have room for 253 octets and the frame's end.
    @inlinable public mutating func respond<Device: SignalSource & SignalSink>(
        to pdu: Span<UInt8>, at now: Instant, isBroadcast: Bool = false, firmware: inout Device,
        reply: inout FrameBuffer
    ) -> Bool {
        let start = reply.count
        diagnostics.busMessages &+= 1
        var refusal: ExceptionCode?
        do throws(PDUError) {
            let request = try RequestPDU(decoding: pdu)
            if isListenOnly || isBroadcast, !shouldObey(request, isBroadcast: isBroadcast) {
                return silence()
            }
            let isBusy = busy.map { $0.covers(now) } ?? false
            refusal = isBusy ? .serverDeviceBusy : serve(request, pdu, at: now, &firmware, &reply)
        } catch {
            guard let code = error.serverException, !isListenOnly, !isBroadcast else {
                return silence()
            }
            refusal = code
        }
        diagnostics.serverMessages &+= 1
        if isBroadcast || (refusal == nil && reply.count == start) {
            reply.truncate(to: start)
            return silence()
        }
        if let refusal {
            reply.truncate(to: start)
            reply.appendException(FunctionCode(rawValue: pdu[0]), refusal)
            countException(refusal)
        }
        return true
    }

    /// Serves a well-formed request: appends the answer, or returns the exception.
    @inlinable mutating func serve<Device: SignalSource & SignalSink>(
        _ request: RequestPDU, _ pdu: Span<UInt8>, at now: Instant, _ firmware: inout Device,
        _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        switch request {
        case .readHoldingRegisters(let address, let count):
            return readWords(.holdingRegisters, request.function, address, count, firmware, &reply)
        case .readInputRegisters(let address, let count):
            return readWords(.inputRegisters, request.function, address, count, firmware, &reply)
        case .readCoils(let address, let count):
            return readBits(.coils, request.function, address, count, firmware, &reply)
        case .readDiscreteInputs(let address, let count):
            return readBits(.discreteInputs, request.function, address, count, firmware, &reply)
        case .writeSingleCoil, .writeSingleRegister, .writeMultipleCoils, .writeMultipleRegisters, .maskWriteRegister,
            .readWriteMultipleRegisters:
            return write(request, pdu, at: now, &firmware, &reply)
        case .readExceptionStatus:
            reply.append(request.function.rawValue)
            reply.append(exceptionStatus(firmware))
            return nil
        default: return serveWithoutMap(request, pdu, &reply)
        }
    }

    /// What a listen-only unit obeys, and what makes sense as a broadcast.
    @usableFromInline func shouldObey(_ request: RequestPDU, isBroadcast: Bool) -> Bool {
        if isListenOnly {
            guard case .diagnostics(.restartCommunications, _) = request else { return false }
            return true
        }
        if case .diagnostics(let subfunction, _) = request {
            return subfunction == .restartCommunications || subfunction == .forceListenOnlyMode
        }
        return request.isWrite
    }

    @usableFromInline mutating func silence() -> Bool {
        diagnostics.noResponses &+= 1
        return false
    }

    @usableFromInline mutating func countException(_ code: ExceptionCode) {
        diagnostics.exceptionErrors &+= 1
        if code == .serverDeviceBusy { diagnostics.busyResponses &+= 1 }
        if code == .negativeAcknowledge { diagnostics.negativeAcknowledges &+= 1 }
    }
}

extension RegisterAccessError {
    /// The exception of the refusal.
    @inlinable public var exception: ExceptionCode {
        switch self {
        case .illegalDataAddress: .illegalDataAddress
        case .illegalDataValue: .illegalDataValue
        case .serverDeviceFailure: .serverDeviceFailure
        case .serverDeviceBusy: .serverDeviceBusy
        }
    }
}
