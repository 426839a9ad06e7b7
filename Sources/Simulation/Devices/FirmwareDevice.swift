internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// A virtual device with its firmware and its Modbus unit; subclasses add the wiring to the plant.
class FirmwareDevice<Program: StartableFirmware>: VirtualDevice {
    /// Stepped and served in place: a firmware is some hundred octets, and copying it costs more than its step.
    final let program: UnsafeMutablePointer<Program>
    final let unit: UnsafeMutablePointer<UnitServer>
    private let image: DeviceImage
    private let words: UnsafeMutableBufferPointer<UInt16>

    init(index: Int, definition: DeviceDefinition, image: DeviceImage, firmware: Program) {
        program = .allocate(capacity: 1)
        program.initialize(to: firmware)
        self.image = image
        words = .allocate(capacity: image.map.storageWordCount)
        words.initialize(repeating: 0)
        unit = .allocate(capacity: 1)
        unit.initialize(to: UnitServer(map: image.map, identity: image.identity, stored: words))
        super.init(index: index, definition: definition)
        commission()
    }

    deinit {
        program.deinitialize(count: 1).deallocate()
        unit.deinitialize(count: 1).deallocate()
        words.deallocate()
    }

    /// A device leaves the factory with the settings that its spec states.
    private func commission() {
        for point in image.map.points where point.signal != .none && point.access != .readOnly && point.initialRaw != 0 {
            program.pointee.preset(point.signal, to: point.scale.signal(fromRaw: point.initialRaw))
        }
    }

    override final var nextDeadline: Instant { program.pointee.nextDeadline }

    override final func answers(at now: Instant) -> Bool { !isDisconnected && program.pointee.isReady(at: now) }

    override final func respond(to request: Span<UInt8>, at now: Instant, reply: inout FrameBuffer) {
        _ = unit.pointee.respond(to: request, at: now, firmware: &program.pointee, reply: &reply)
    }

    override final func restart(at now: Instant) {
        program.pointee.restart(at: now)
        unit.pointee.restart()
    }

    override final func signal(_ identifier: SignalIdentifier) -> Int64 { program.pointee.value(of: identifier) }
}
