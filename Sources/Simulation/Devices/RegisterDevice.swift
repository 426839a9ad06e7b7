internal import DeviceFirmware
internal import ModbusWire
internal import RegisterMaps
internal import Scenario
internal import Units

/// Registers that hold what clients write, with neither firmware nor physics behind them: for maps of devices that
/// Busbar does not model, and for racks of a hundred thousand units.
final class RegisterDevice: VirtualDevice {
    private let words: UnsafeMutableBufferPointer<UInt16>
    private var unit: UnitServer
    /// Kept for as long as the unit looks at its tables.
    private let image: DeviceImage

    override init(_ site: DeviceSite) {
        image = site.image
        words = .allocate(capacity: image.map.storageWordCount)
        words.initialize(repeating: 0)
        unit = image.unit(stored: words)
        super.init(site)
    }

    deinit { words.deallocate() }

    override func restart(at now: Instant) { unit.restart() }

    override func respond(to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer) {
        var nothing = NoFirmware()
        _ = unit.respond(to: request, at: now, isBroadcast: isBroadcast, firmware: &nothing, reply: &reply)
    }
}

/// What stands behind registers without firmware: no signal at all.
private struct NoFirmware: SignalSource, SignalSink {
    func value(of signal: SignalIdentifier) -> Int64 { 0 }
    func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict { .protected }
    mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {}
}
