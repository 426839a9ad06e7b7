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

    /// The unit is given a request that its line carried. Who asks for its counters is told what it heard until now; who
    /// clears them begins here.
    func give(_ pdu: Span<UInt8>, to device: VirtualDevice) {
        let bus = device.definition.bus
        guard lineOfBus[bus] >= 0 else { return }
        device.ear.noteOwnRequest()
        if pdu[0] == FunctionCode.diagnostics.rawValue { device.hear(device.ear.take(from: tallies[bus])) }
    }

    /// Looks whether the device hears its line, after that may have changed.
    func tuneEar(of device: VirtualDevice, at instant: Instant) {
        let hears = device.answers(at: instant)
        guard hears != device.ear.isOpen else { return }
        device.hear(device.ear.turn(open: hears, at: tallies[device.definition.bus]))
    }
}
