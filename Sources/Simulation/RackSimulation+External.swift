public import ModbusWire
internal import Plant
internal import RunRecords
internal import Scenario
public import Units

/// The door for clients outside the simulation: the same units, faults and counters as the built-in controller meets.
extension RackSimulation {
    /// How long a gateway waits for a unit if nothing else is asked for. Typical of gateways is a second; this is short
    /// enough to come before the time-out of a client that scans.
    public static let usualGatewayPatience = Interval.milliseconds(50)

    public var reached: Instant { now }
    public var busCount: Int { scenario.rack.buses.count }

    /// Lets the rack carry out a request that came from outside.
    ///
    /// - Parameters:
    ///   - request: a complete ADU in the framing of `line`, its CRC or header found right by the receiver.
    ///   - instant: when its last octet came; counts as the nearest instant of the present plant step.
    ///   - reply: is overwritten; empty when the answer is silence.
    public func respond(
        to request: borrowing FrameBuffer, through line: ExternalLine, at instant: Instant, reply: inout FrameBuffer
    ) -> ExternalAnswer {
        let instant = withinStep(instant)
        reply.removeAll()
        let answer: ExternalAnswer
        let unit: UInt8
        switch line.framing {
        case .rtu:
            guard request.count >= RTUFrame.shortestLength else { return .silence }
            unit = request[0]
            record(request, unit: unit, of: line, at: instant, direction: .request)
            answer = lineAnswer(request.rtuPDU, unit: unit, line, at: instant, reply: &reply)
        case .tcp:
            guard let header = try? MBAPHeader(decoding: request.span), header.aduLength == request.count else {
                return .silence
            }
            unit = header.unit
            record(request, unit: unit, of: line, at: instant, direction: .request)
            answer = gatewayAnswer(request.tcpPDU, header, line, at: instant, reply: &reply)
        }
        count(request, reply, answer, on: line, at: instant)
        switch answer {
        case .frame(let delay), .trickle(let delay, _):
            record(reply, unit: unit, of: line, at: instant + delay, direction: .response)
        case .silence, .hangUp: break
        }
        return answer
    }

    /// The timing of a bus that is a serial line; `nil` for any other.
    public func lineTiming(ofBus bus: Int) -> SerialLineTiming? {
        if case .rtu(let baud, _) = scenario.rack.buses[bus].medium { SerialLineTiming(baud: Int64(baud)) } else { nil }
    }

    /// The run ends at this instant, or now when that has passed; for runs whose end is not known at their start.
    public func end(at instant: Instant) { end = max(now, instant) }

    /// On a serial line whoever has nothing to say is silent.
    private func lineAnswer(
        _ pdu: Span<UInt8>, unit: UInt8, _ line: ExternalLine, at instant: Instant, reply: inout FrameBuffer
    ) -> ExternalAnswer {
        guard unit != 0 else {
            broadcast(pdu, bus: line.bus, at: instant)
            return .silence
        }
        var fault = drawFault(bus: line.bus, unit: unit, pdu: pdu, at: instant)
        checks.outsideAsked(isDisturbed: fault != nil)
        // A converter between a connection and this line lets no answer to another transaction pass.
        if fault == .wrongTransaction { fault = .noReply }
        switch answer(pdu, by: unit, bus: line.bus, as: .rtu, fault: fault, at: instant, reply: &reply) {
        case .absent, .silence: return .silence
        case .hangUp(let delay): return line.hasConnections ? .hangUp(after: delay) : .silence
        case .frame(let delay):
            carryAnswer(of: unit, onBus: line.bus, fault: fault)
            return delivery(after: delay, fault)
        }
    }

    private func delivery(after delay: Interval, _ fault: BusFault.Kind?) -> ExternalAnswer {
        let gap = fault?.octetGap ?? .zero
        return gap > .zero ? .trickle(after: delay, octetGap: gap) : .frame(after: delay)
    }

    /// A gateway speaks for the units that do not (messaging on TCP/IP guide V1.0b, section 4.4.2; V1.1b3, section 7).
    private func gatewayAnswer(
        _ pdu: Span<UInt8>, _ header: MBAPHeader, _ line: ExternalLine, at instant: Instant, reply: inout FrameBuffer
    ) -> ExternalAnswer {
        let form = FrameForm.tcp(transaction: header.transaction)
        if header.unit == 0, soleDevice(ofBus: line.bus) == nil, isWrite(pdu) {
            broadcast(pdu, bus: line.bus, at: instant)
            return .silence
        }
        let unit = addressed(header.unit, bus: line.bus)
        let serial = lineTiming(ofBus: line.bus)
        let drawn = drawFault(bus: line.bus, unit: unit, pdu: pdu, at: instant)
        checks.outsideAsked(isDisturbed: drawn != nil)
        // What is damaged on a serial line does not get past the gateway.
        let isLost = serial.map { drawn?.isLostBehindGateway($0) ?? false } ?? false
        let fault = isLost ? .noReply : drawn
        let found = answer(pdu, by: unit, bus: line.bus, as: form, fault: fault, at: instant, reply: &reply)
        if unit != header.unit, !reply.isEmpty { reply[MBAPHeader.length - 1] = header.unit }
        switch found {
        case .absent:
            reply.packException(.gatewayPathUnavailable, to: pdu, unit: header.unit, as: form)
            return .frame(after: .zero)
        case .silence:
            if isLost, drawn?.isSilent == false,
                devices[Int(deviceAtUnit[line.bus * 256 + Int(unit)])].answers(at: instant)
            {
                carryAnswer(of: unit, onBus: line.bus, fault: drawn)
            }
            reply.packException(.gatewayTargetFailedToRespond, to: pdu, unit: header.unit, as: form)
            return .frame(after: gatewayPatience)
        case .hangUp(let delay): return line.hasConnections ? .hangUp(after: delay) : .silence
        case .frame(let delay):
            carryAnswer(of: unit, onBus: line.bus, fault: fault)
            // Behind a gateway octets may come slowly; in front of it the answer is one piece, and late.
            guard serial == nil else {
                return .frame(after: delay + (fault?.octetGap ?? .zero) * Int64(reply.count - 1))
            }
            return delivery(after: delay, fault)
        }
    }

    /// Behind a port that stands for one TCP device alone, the unit identifier says nothing: 0 and 255 mean that device
    /// (messaging on TCP/IP guide V1.0b, section 4.4.2.2).
    private func addressed(_ unit: UInt8, bus: Int) -> UInt8 {
        guard unit == 0 || unit == 255, let device = soleDevice(ofBus: bus) else { return unit }
        return devices[device].definition.unit
    }

    /// The only device of a TCP bus; `nil` where there are several, or a serial line.
    private func soleDevice(ofBus bus: Int) -> Int? {
        guard lineOfBus[bus] < 0, channelsOfBus[bus] == 1 else { return nil }
        return channels.first { $0.bus == bus }?.device
    }

    private func isWrite(_ pdu: Span<UInt8>) -> Bool {
        guard let request = try? RequestPDU(decoding: pdu) else { return false }
        return request.isWrite
    }

    private func count(
        _ request: borrowing FrameBuffer, _ reply: borrowing FrameBuffer, _ answer: ExternalAnswer,
        on line: ExternalLine, at instant: Instant
    ) {
        let bus = line.bus
        // In an MBAP header the unit is the last octet; on a line, unit and CRC are three octets.
        let (place, envelope) = line.framing == .rtu ? (1, 0) : (MBAPHeader.length, MBAPHeader.length - 3)
        let asked = request.count - envelope
        counters[bus].transactions += 1
        counters[bus].octets += request.count + reply.count
        switch answer {
        case .silence, .hangUp:
            // Nobody waits for an answer to a broadcast.
            if request[place - 1] != 0 { counters[bus].timeouts += 1 }
            counters[bus].busy += occupation(ofBus: bus, request: asked, pause: .zero, reply: 0)
        case .frame(let delay), .trickle(let delay, _):
            let refusal = reply.count > place + 1 ? refusal(in: reply, at: place) : nil
            if let refusal {
                counters[bus].exceptions += 1
                let isGateway = line.framing == .tcp
                noteRefusedWrite(
                    isGateway ? request.tcpPDU : request.rtuPDU,
                    unit: isGateway ? addressed(request[place - 1], bus: bus) : request[0], bus: bus, code: refusal,
                    at: instant)
            }
            // Where the gateway itself refused, the bus carried no answer, or not even the request.
            switch line.framing == .tcp ? refusal : nil {
            case .gatewayPathUnavailable?: break
            case .gatewayTargetFailedToRespond?:
                counters[bus].timeouts += 1
                counters[bus].busy += occupation(ofBus: bus, request: asked, pause: delay, reply: 0)
            default:
                counters[bus].busy += occupation(
                    ofBus: bus, request: asked, pause: delay, reply: reply.count - envelope)
            }
        }
        digest.mix(instant.rawValue)
        digest.mix(bus)
        request.withUnsafeBytes { digest.mix($0) }
        reply.withUnsafeBytes { digest.mix($0) }
    }

    private func refusal(in reply: borrowing FrameBuffer, at place: Int) -> ExceptionCode? {
        FunctionCode(rawValue: reply[place]).isException ? ExceptionCode(rawValue: reply[place + 1]) : nil
    }

    private func record(
        _ frame: borrowing FrameBuffer, unit: UInt8, of line: ExternalLine, at instant: Instant,
        direction: RunRecords.FrameDirection
    ) {
        guard let recorder else { return }
        frame.withUnsafeBytes {
            recorder.record(
                frame: $0, at: instant.rawValue, bus: line.recordedAs, unit: unit, direction: direction)
        }
    }
}

extension FrameBuffer {
    /// Makes an ADU that refuses the request `pdu`.
    fileprivate mutating func packException(
        _ code: ExceptionCode, to pdu: Span<UInt8>, unit: UInt8, as form: FrameForm
    ) {
        var refusal = FrameBuffer()
        refusal.appendException(FunctionCode(rawValue: pdu[0]), code)
        pack(refusal.span, unit: unit, as: form)
    }
}
