internal import ModbusWire
internal import Scenario
internal import Units

/// What each kind of bus trouble does to an answer.
extension BusFault.Kind {
    var isSilent: Bool { self == .noReply }
    var closesConnection: Bool { self == .disconnect }

    var extraDelay: Interval {
        if case .delay(let delay) = self { delay } else { .zero }
    }

    /// The silence between two octets of the answer.
    var octetGap: Interval {
        if case .byteTrickle(let gap) = self { gap } else { .zero }
    }

    var exceptionCode: UInt8? {
        if case .exception(let code) = self { code } else { nil }
    }

    /// Whether a gateway in front of a serial line cannot make out the answer behind it. What is well formed passes: a
    /// gateway does not know what was asked for.
    func isLostBehindGateway(_ line: SerialLineTiming) -> Bool {
        switch self {
        case .noReply, .badCRC, .truncation, .wrongUnit, .extraBytes: true
        case .byteTrickle(let gap): gap > line.betweenFrames
        case .delay, .exception, .wrongTransaction, .wrongFunction, .fewerRegisters, .disconnect: false
        }
    }

    /// Whether those who hear the answer on a serial line find its CRC wrong.
    func damagesFrame(on line: SerialLineTiming) -> Bool {
        switch self {
        case .badCRC, .truncation, .extraBytes: true
        case .byteTrickle(let gap): gap > line.betweenFrames
        case .noReply, .delay, .exception, .wrongTransaction, .wrongUnit, .wrongFunction, .fewerRegisters, .disconnect:
            false
        }
    }

    /// Whether the client waits until its time-out although octets came: on a stream nothing tells that the rest of a
    /// frame will not come, and an answer to another transaction is none to this.
    var leavesStreamWaiting: Bool {
        switch self {
        case .truncation, .wrongTransaction: true
        default: false
        }
    }

    /// Whether nothing can be read any more from a connection: it is closed, or out of step.
    var spoilsConnection: Bool {
        switch self {
        case .truncation, .extraBytes, .disconnect: true
        default: false
        }
    }

    /// Changes the PDU of the answer before it is packed, so that length field and CRC are right for what it then says.
    func distort(_ pdu: inout FrameBuffer) {
        switch self {
        case .wrongFunction: pdu[0] = Self.otherFunction(pdu[0])
        case .fewerRegisters(let missing): Self.shorten(&pdu, by: missing)
        default: break
        }
    }

    /// Functions of one shape of answer stand in for each other, so that the frame itself stays well formed.
    private static func otherFunction(_ octet: UInt8) -> UInt8 {
        let exceptionBit = octet & FunctionCode.exceptionBit
        switch FunctionCode(rawValue: octet & ~FunctionCode.exceptionBit) {
        case .readCoils: return exceptionBit | FunctionCode.readDiscreteInputs.rawValue
        case .readDiscreteInputs: return exceptionBit | FunctionCode.readCoils.rawValue
        case .readHoldingRegisters: return exceptionBit | FunctionCode.readInputRegisters.rawValue
        case .readInputRegisters: return exceptionBit | FunctionCode.readHoldingRegisters.rawValue
        case .writeSingleCoil: return exceptionBit | FunctionCode.writeSingleRegister.rawValue
        case .writeSingleRegister: return exceptionBit | FunctionCode.writeSingleCoil.rawValue
        case .writeMultipleCoils: return exceptionBit | FunctionCode.writeMultipleRegisters.rawValue
        case .writeMultipleRegisters: return exceptionBit | FunctionCode.writeMultipleCoils.rawValue
        case let other: return exceptionBit | (other.rawValue == 0x7F ? 1 : other.rawValue + 1)
        }
    }

    private static func shorten(_ pdu: inout FrameBuffer, by missing: Int) {
        guard FunctionCode(rawValue: pdu[0]).readsRegisters, pdu.count >= 2 else { return }
        let octets = max(0, Int(pdu[1]) - 2 * missing)
        pdu[1] = UInt8(octets)
        pdu.truncate(to: min(pdu.count, 2 + octets))
    }

    /// Changes the complete ADU of the answer.
    func damage(_ adu: inout FrameBuffer, isSerial: Bool) {
        switch self {
        case .noReply, .delay, .byteTrickle, .exception, .wrongFunction, .fewerRegisters, .disconnect: break
        case .badCRC:
            if isSerial { adu[adu.count - 1] ^= 0x01 }
        case .truncation(let octets): adu.truncate(to: max(1, min(octets ?? adu.count / 2, adu.count - 1)))
        case .extraBytes(let count):
            for _ in 0..<min(count, adu.freeCount) { adu.append(Self.rubbish) }
        case .wrongTransaction:
            guard !isSerial else { return }
            let transaction = (UInt16(adu[0]) << 8 | UInt16(adu[1])) &- 1
            adu[0] = UInt8(truncatingIfNeeded: transaction >> 8)
            adu[1] = UInt8(truncatingIfNeeded: transaction)
        case .wrongUnit:
            let place = isSerial ? 0 : MBAPHeader.length - 1
            adu[place] = adu[place] == 255 ? 1 : adu[place] + 1
            guard isSerial else { return }
            // Another device's intact frame, not a damaged one: its CRC is right.
            adu.truncate(to: adu.count - 2)
            adu.endRTU()
        }
    }

    /// What follows an answer that does not end where it should: a line without a driver reads as ones.
    private static let rubbish: UInt8 = 0xFF
}

extension FunctionCode {
    /// Whether the answer is a byte count and so many octets of registers.
    var readsRegisters: Bool {
        self == .readHoldingRegisters || self == .readInputRegisters || self == .readWriteMultipleRegisters
    }
}
