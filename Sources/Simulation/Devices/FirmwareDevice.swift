internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// A virtual device with its firmware and its Modbus unit; subclasses add the wiring to the plant.
class FirmwareDevice<Program: StartableFirmware>: VirtualDevice {
    final var firmware: Program
    final var server: UnitServer
    private let image: DeviceImage
    private let words: UnsafeMutableBufferPointer<UInt16>

    init(index: Int, definition: DeviceDefinition, image: DeviceImage, firmware: Program) {
        self.firmware = firmware
        self.image = image
        words = .allocate(capacity: image.map.storageWordCount)
        words.initialize(repeating: 0)
        server = UnitServer(map: image.map, identity: image.identity, stored: words)
        super.init(index: index, definition: definition)
        commission()
    }

    deinit { words.deallocate() }

    /// A device leaves the factory with the settings that its spec states.
    private func commission() {
        for point in image.map.points where point.signal != .none && point.access != .readOnly && point.initialRaw != 0 {
            firmware.preset(point.signal, to: point.scale.signal(fromRaw: point.initialRaw))
        }
    }

    override final var nextDeadline: Instant { firmware.nextDeadline }

    override final func answers(at now: Instant) -> Bool { !isDisconnected && firmware.isReady(at: now) }

    override final func respond(to request: Span<UInt8>, at now: Instant, reply: inout FrameBuffer) {
        _ = server.respond(to: request, at: now, firmware: &firmware, reply: &reply)
    }

    override final func restart(at now: Instant) {
        firmware.restart(at: now)
        server.restart()
    }

    override final func signal(_ identifier: SignalIdentifier) -> Int64 { firmware.value(of: identifier) }
}
