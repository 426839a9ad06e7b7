internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a leak and door sensor: the rope lies in its tray, or in the rack's pan below everything else.
final class LeakSensorDevice: VirtualDevice {
    private let core: FirmwareCore<LeakSensor>
    /// `nil` in the rack's pan.
    private let tray: Int?

    override init(_ site: DeviceSite) {
        if case .rack = site.definition.attachment { tray = nil } else { tray = site.tray }
        core = FirmwareCore(LeakSensor(LeakSensorConfiguration()), image: site.image)
        super.init(site)
    }

    deinit { core.release() }

    override var nextDeadline: Instant { core.program.pointee.nextDeadline }
    override func isReady(at now: Instant) -> Bool { core.program.pointee.isReady(at: now) }
    override func restart(at now: Instant) { core.restart(at: now) }
    override func signal(_ identifier: SignalIdentifier) -> Int64 { core.program.pointee.value(of: identifier) }
    override func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        core.program.pointee.verdict(onWriting: signal, value: value)
    }
    override func respond(
        to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer
    ) {
        core.respond(to: request, at: now, isBroadcast: isBroadcast, reply: &reply)
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        let spilled = tray.map { plant.spilledCoolant(tray: $0) } ?? plant.spilledCoolant
        let image = LeakSensorImage(
            wetness: PerMille(rawValue: Int64(sensed: min(1, spilled / PumpUnitDevice.soaking) * 1000)),
            isDoorOpen: tray == nil && plant.doorIsOpen)
        _ = core.program.pointee.step(at: now, sampling: image)
        return core.program.pointee.nextDeadline
    }
}
