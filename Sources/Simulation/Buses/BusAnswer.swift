internal import DeviceSpecs
internal import ModbusWire
internal import RackControl
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
    /// The device's end closes the connection after so long, where there is one.
    case hangUp(after: Interval)
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
        // A gateway knows its units: for one that is not there nothing goes out on the line.
        if number >= 0 || form.isSerial { noteHeard(frames: 1, damaged: 0, onBus: bus) }
        guard number >= 0 else { return .absent }
        let device = devices[number]
        guard device.answers(at: instant) else { return .silence }
        replyPDU.removeAll()
        if let exception = fault?.exceptionCode {
            replyPDU.append(pdu[0] | FunctionCode.exceptionBit)
            replyPDU.append(exception)
        } else {
            give(pdu, to: device, isBroadcast: false, at: instant, reply: &replyPDU)
            if let safety {
                let isAccepted = !replyPDU.isEmpty && replyPDU[0] & FunctionCode.exceptionBit == 0
                safety.delivered(
                    pdu, to: number, isAccepted: isAccepted, isBeginning: isActing && controller.isStartingUp,
                    at: instant)
            }
        }
        deadlines[number] = min(deadlines[number], device.nextDeadline.rawValue)
        guard !replyPDU.isEmpty else { return .silence }
        let turnaround = device.definition.specification.serial.turnaround
        guard let fault else {
            reply.pack(replyPDU.span, unit: unit, as: form)
            return .frame(after: turnaround)
        }
        if fault.isSilent { return .silence }
        if fault.closesConnection { return .hangUp(after: turnaround) }
        fault.distort(&replyPDU)
        reply.pack(replyPDU.span, unit: unit, as: form)
        fault.damage(&reply, isSerial: form.isSerial)
        return .frame(after: turnaround + fault.extraDelay)
    }

    /// The fault that hits a request, if any. One that has hit as often as it was asked to is over.
    func drawFault(bus: Int, unit: UInt8, pdu: Span<UInt8>, at instant: Instant) -> BusFault.Kind? {
        guard let hit = faults.draw(bus: bus, unit: unit, pdu: pdu) else { return nil }
        if hit.isLast { undo(event: Int(hit.event), at: instant) }
        return hit.kind
    }

    /// A broadcast: every unit of the bus that runs carries it out, and none answers.
    func broadcast(_ pdu: Span<UInt8>, bus: Int, at instant: Instant) {
        noteHeard(frames: 1, damaged: 0, onBus: bus)
        for unit in 1...255 {
            let number = Int(deviceAtUnit[bus * 256 + unit])
            guard number >= 0, devices[number].answers(at: instant) else { continue }
            let device = devices[number]
            replyPDU.removeAll()
            give(pdu, to: device, isBroadcast: true, at: instant, reply: &replyPDU)
            deadlines[device.index] = min(deadlines[device.index], device.nextDeadline.rawValue)
        }
    }
}
