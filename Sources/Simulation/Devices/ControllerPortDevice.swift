internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The rack controller's own unit. It senses nothing of the plant: what it shows is put into `image` by whoever owns the
/// controller, who also takes the budget that a client has written.
final class ControllerPortDevice: VirtualDevice {
    private let core: FirmwareCore<ControllerPort>
    var image = ControllerPortImage()
    private var wish: Power?
    private(set) var refusals = 0

    override init(_ site: DeviceSite) {
        let floors = site.policies.reduce(Power.zero) { $0 + $1.floor }
        let rated = site.rack.plant.shelves.reduce(0.0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        let configuration = ControllerPortConfiguration(
            leastBudget: floors, greatestBudget: max(floors, Power(watts: rated)))
        core = FirmwareCore(ControllerPort(configuration), image: site.image)
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
        let before = reply.count
        core.respond(to: request, at: now, isBroadcast: isBroadcast, reply: &reply)
        guard reply.count == before + 2, reply[before] >= 0x80,
            reply[before + 1] == ExceptionCode.illegalDataValue.rawValue
        else { return }
        refusals += 1
        core.program.pointee.noteRefusal()
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        if let budget = core.program.pointee.step(at: now, sampling: image).budget { wish = budget }
        return core.program.pointee.nextDeadline
    }

    /// The budget that was written last and not fetched yet.
    func takeBudget() -> Power? {
        defer { wish = nil }
        return wish
    }
}
