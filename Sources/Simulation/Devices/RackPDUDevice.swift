internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a rack PDU: the first of a rack meters its first feed, the second its second, and so on; each shelf of
/// that feed hangs on an outlet, in the order of the rack.
final class RackPDUDevice: VirtualDevice {
    private let core: FirmwareCore<RackPDU>
    private let feed: Int
    /// By outlet.
    private let shelves: [Int]
    private let supplyCounts: [Int]
    /// V between two lines.
    private let lineVoltage: Double
    private var closed: UInt16

    override init(_ site: DeviceSite) {
        let plant = site.rack.plant
        // A PDU beyond the last feed has no inlet: it reads zero.
        let number = site.numberInRack
        feed = number < plant.feeds.count ? number : -1
        shelves = site.rack.outlets(ofPDU: number)
        supplyCounts = shelves.map { plant.shelves[$0].supplyCount }
        lineVoltage = feed >= 0 ? plant.feeds[feed].lineVoltage : 0
        var configuration = RackPDUConfiguration()
        configuration.outletCount = UInt8(max(1, shelves.count))
        // The NEC's continuous load: 80 % of the breaker (typical).
        if feed >= 0 {
            configuration.overloadThreshold = .milliamperes(Int64(plant.feeds[feed].breaker.ratedCurrent * 800))
        }
        closed = UInt16(truncatingIfNeeded: (1 << Int(configuration.outletCount)) - 1)
        core = FirmwareCore(
            RackPDU(configuration), image: site.image,
            settings: [(RackPDUSignal.overloadThreshold.identifier, configuration.overloadThreshold.milliamperes)])
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
        var image = RackPDUImage()
        if feed >= 0 {
            image.isBreakerClosed = !plant.breakerTripped(feed)
            if plant.feedIsLive(feed) { image.inletVoltage = .millivolts(Int64(sensed: lineVoltage * 1000)) }
            image.inletCurrent = .milliamperes(Int64(sensed: plant.feedCurrent(feed) * 1000))
            image.inletPower = Power(watts: plant.feedPower(feed))
        }
        for (outlet, shelf) in shelves.enumerated() {
            var power = 0.0
            for slot in 0..<supplyCounts[outlet] { power += plant.supplyInputPower(shelf: shelf, slot: slot) }
            image.outletPowers[outlet] = Power(watts: power)
            // Each outlet has its part of the inlet's current.
            let inlet = plant.feedPower(feed)
            let current = inlet > 0 ? plant.feedCurrent(feed) * power / inlet : 0
            image.outletCurrents[outlet] = .milliamperes(Int64(sensed: current * 1000))
        }
        if !sensors.isHealthy {
            image.inletVoltage.rawValue = sensors.shown(image.inletVoltage.rawValue, by: .voltage, at: now)
            image.inletCurrent.rawValue = sensors.shown(image.inletCurrent.rawValue, by: .current, at: now)
        }
        let driven = core.program.pointee.step(at: now, sampling: image).closed
        if driven != closed {
            for (outlet, shelf) in shelves.enumerated() where (driven ^ closed) >> UInt16(outlet) & 1 == 1 {
                plant.setShelfInput(shelf: shelf, on: driven >> UInt16(outlet) & 1 == 1)
            }
            closed = driven
        }
        return core.program.pointee.nextDeadline
    }
}
