internal import DeviceFirmware
internal import ModbusWire
internal import RegisterMaps
internal import Units

/// A firmware with its Modbus unit, stepped and served in place: it is some hundred octets long, and copying it costs
/// more than its step.
///
/// A value with a generic parameter instead of a generic superclass, so that each device's methods are compiled for its
/// own firmware; inherited generic methods would go through witness tables and copy.
struct FirmwareCore<Program: StartableFirmware> {
    let program: UnsafeMutablePointer<Program>
    private let unit: UnsafeMutablePointer<UnitServer>
    private let words: UnsafeMutableBufferPointer<UInt16>
    /// Kept for as long as the unit looks at its tables.
    private let image: DeviceImage

    /// `settings` are what an installer sets for this rack, after the factory's.
    init(_ firmware: Program, image: DeviceImage, settings: [(signal: SignalIdentifier, value: Int64)] = []) {
        self.image = image
        program = .allocate(capacity: 1)
        program.initialize(to: firmware)
        words = .allocate(capacity: image.map.storageWordCount)
        words.initialize(repeating: 0)
        unit = .allocate(capacity: 1)
        unit.initialize(to: image.unit(stored: words))
        commission()
        for setting in settings { program.pointee.preset(setting.signal, to: setting.value) }
    }

    /// Gives the memory back; the core must not be used afterwards.
    func release() {
        program.deinitialize(count: 1).deallocate()
        unit.deinitialize(count: 1).deallocate()
        words.deallocate()
    }

    /// A device leaves the factory with the settings that its spec states.
    private func commission() {
        for point in image.map.points where point.signal != .none && point.access != .readOnly && point.initialRaw != 0
        {
            program.pointee.preset(point.signal, to: point.scale.signal(fromRaw: point.initialRaw))
        }
    }

    @inline(__always)
    func respond(to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer) {
        _ = unit.pointee.respond(
            to: request, at: now, isBroadcast: isBroadcast, firmware: &program.pointee, reply: &reply)
    }

    func restart(at now: Instant) {
        program.pointee.restart(at: now)
        unit.pointee.restart()
    }
}
