internal import DeviceSpecs
internal import ModbusWire
internal import Scenario
internal import Units

/// What a bus brings back for a request, whoever sent it.
enum BusAnswer {
    /// Nobody listens at this address.
    case absent
    /// There is a device, but nothing comes back: it boots, is gone, listens only, or a fault keeps its answer.
    case silence
    /// The answer is in the reply frame, and its first octet comes after so long.
    case frame(after: Interval)
}

/// How a PDU is packed into an ADU.
enum FrameForm {
    case rtu
    case tcp(transaction: UInt16)

    var isSerial: Bool { if case .rtu = self { true } else { false } }
}

extension FrameBuffer {
    /// Makes an ADU of `pdu`.
    mutating func pack(_ pdu: Span<UInt8>, unit: UInt8, as form: FrameForm) {
        switch form {
        case .rtu: beginRTU(unit: unit)
        case .tcp(let transaction): beginTCP(transaction: transaction, unit: unit)
        }
        append(contentsOf: pdu)
        switch form {
        case .rtu: endRTU()
        case .tcp: endTCP()
        }
    }
}

extension RackSimulation {
    /// Lets the unit, if there is one, carry out a request; its answer, with what the fault makes of it, is in `reply`.
    func answer(
        _ pdu: Span<UInt8>, by unit: UInt8, bus: Int, as form: FrameForm, fault: BusFault.Kind?, at instant: Instant,
        reply: inout FrameBuffer
    ) -> BusAnswer {
        let number = Int(deviceAtUnit[bus * 256 + Int(unit)])
        guard number >= 0 else { return .absent }
        let device = devices[number]
        guard device.answers(at: instant) else { return .silence }
        replyPDU.removeAll()
        if let exception = fault?.exceptionCode {
            replyPDU.append(pdu[0] | FunctionCode.exceptionBit)
            replyPDU.append(exception)
        } else {
            device.respond(to: pdu, at: instant, reply: &replyPDU)
            if let safety {
                let isAccepted = !replyPDU.isEmpty && replyPDU[0] & FunctionCode.exceptionBit == 0
                safety.delivered(pdu, to: number, isAccepted: isAccepted, at: instant)
            }
        }
        deadlines[number] = min(deadlines[number], device.nextDeadline.rawValue)
        guard !replyPDU.isEmpty, !(fault?.isSilent ?? false) else { return .silence }
        reply.pack(replyPDU.span, unit: unit, as: form)
        fault?.damage(&reply, isSerial: form.isSerial)
        return .frame(after: device.definition.specification.serial.turnaround + (fault?.extraDelay ?? .zero))
    }

    /// A broadcast: every unit of the bus that runs carries it out, and none answers.
    func broadcast(_ pdu: Span<UInt8>, bus: Int, at instant: Instant) {
        for device in devices where device.definition.bus == bus && device.answers(at: instant) {
            replyPDU.removeAll()
            device.respond(to: pdu, at: instant, isBroadcast: true, reply: &replyPDU)
            deadlines[device.index] = min(deadlines[device.index], device.nextDeadline.rawValue)
        }
    }
}
