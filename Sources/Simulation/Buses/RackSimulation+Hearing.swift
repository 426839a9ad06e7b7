internal import ModbusWire
internal import Scenario
internal import Units

/// What crosses a serial line is heard by all units on it, whomever it is for.
extension RackSimulation {
    /// What came on the line of a bus that nobody in the rack was given: frames of others that share it, and damaged ones.
    /// Without meaning where every device has a connection of its own.
    public func noteHeard(frames: Int, damaged: Int, onBus bus: Int) {
        guard lineOfBus[bus] >= 0 else { return }
        tallies[bus].frames += frames
        tallies[bus].damaged += damaged
    }

    /// The answer of a unit is on its line.
    func carryAnswer(of unit: UInt8, onBus bus: Int, fault: BusFault.Kind?) {
        guard lineOfBus[bus] >= 0, let timing = lineTiming(ofBus: bus) else { return }
        let isDamaged = fault?.damagesFrame(on: timing) ?? false
        noteHeard(frames: isDamaged ? 0 : 1, damaged: isDamaged ? 1 : 0, onBus: bus)
        let sender = Int(deviceAtUnit[bus * 256 + Int(unit)])
        if sender >= 0 { devices[sender].ear.noteOwnAnswer(isDamaged: isDamaged) }
    }

    /// Lets a device carry out a request and, where that is about the line's counters, adds to its answer what it heard beside
    /// its own requests: on a board the line's receiver counts that, here the line itself does, for all classes of devices.
    func give(
        _ pdu: Span<UInt8>, to device: VirtualDevice, isBroadcast: Bool, at instant: Instant, reply: inout FrameBuffer
    ) {
        device.respond(to: pdu, at: instant, isBroadcast: isBroadcast, reply: &reply)
        let bus = device.definition.bus
        guard lineOfBus[bus] >= 0 else { return }
        device.ear.noteOwnRequest()
        guard pdu[0] == FunctionCode.diagnostics.rawValue, pdu.count >= 3, reply.isEmpty || reply[0] == pdu[0] else {
            return
        }
        device.ear.listen(to: tallies[bus])
        switch DiagnosticSubfunction(rawValue: UInt16(pdu[1]) << 8 | UInt16(pdu[2])) {
        case .restartCommunications, .clearCounters: device.ear.forget()
        case .busMessageCount: Self.add(device.ear.heard.frames, toCounterIn: &reply)
        case .busCommunicationErrorCount: Self.add(device.ear.heard.damaged, toCounterIn: &reply)
        default: break
        }
    }

    /// The counters are one word behind function and sub-function, and wrap.
    private static func add(_ count: Int, toCounterIn reply: inout FrameBuffer) {
        guard reply.count == 5 else { return }
        let sum = (UInt16(reply[3]) << 8 | UInt16(reply[4])) &+ UInt16(truncatingIfNeeded: count)
        reply[3] = UInt8(sum >> 8)
        reply[4] = UInt8(truncatingIfNeeded: sum)
    }

    /// Looks whether the device hears its line, after that may have changed.
    func tuneEar(of device: VirtualDevice, at instant: Instant) {
        let hears = device.answers(at: instant)
        guard hears != device.ear.isOpen else { return }
        device.ear.turn(open: hears, at: tallies[device.definition.bus])
    }
}
