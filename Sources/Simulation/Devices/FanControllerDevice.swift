internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a tray's fan controller: tachometers in, duty out.
final class FanControllerDevice: VirtualDevice {
    private let core: FirmwareCore<FanController>
    private let tray: Int
    private let fanCount: Int
    private var duty: PerMille?

    override init(_ site: DeviceSite) {
        tray = site.tray
        var configuration = FanControllerConfiguration()
        if let fans = site.trayConfiguration.fans {
            configuration.fanCount = UInt8(clamping: fans.count)
            configuration.maximumSpeed = RotationalSpeed(revolutionsPerMinute: fans.maximumSpeed)
            configuration.idlePower = Power(watts: fans.idlePower)
            configuration.cubicPower = Power(watts: fans.cubicPower)
        }
        fanCount = site.trayConfiguration.fans?.count ?? 0
        core = FirmwareCore(FanController(configuration), image: site.image)
        super.init(site)
    }

    deinit { core.release() }

    override var nextDeadline: Instant { core.program.pointee.nextDeadline }
    override func isReady(at now: Instant) -> Bool { core.program.pointee.isReady(at: now) }
    override func restart(at now: Instant) { core.restart(at: now) }
    override func signal(_ identifier: SignalIdentifier) -> Int64 { core.program.pointee.value(of: identifier) }
    override func respond(
        to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer
    ) {
        core.respond(to: request, at: now, isBroadcast: isBroadcast, reply: &reply)
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        var image = FanControllerImage(boardTemperature: Temperature(celsius: plant.trayOutletTemperature(tray)))
        for fan in 0..<fanCount {
            image.fanSpeeds[fan] = RotationalSpeed(revolutionsPerMinute: plant.fanSpeed(tray, fan))
        }
        if !sensors.isHealthy { disturb(&image, at: now) }
        let driven = core.program.pointee.step(at: now, sampling: image).duty
        if driven != duty {
            duty = driven
            plant.setFanDuty(tray: tray, duty: driven.share)
        }
        return core.program.pointee.nextDeadline
    }

    /// A speed fault sits in the first fan's tachometer.
    private func disturb(_ image: inout FanControllerImage, at now: Instant) {
        image.fanSpeeds[0].rawValue = sensors.shown(image.fanSpeeds[0].rawValue, by: .speed, at: now)
        image.boardTemperature.rawValue = sensors.shown(image.boardTemperature.rawValue, by: .temperature, at: now)
    }
}
