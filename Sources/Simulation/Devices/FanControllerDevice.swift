internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a fan controller: tachometers in, duty out. It drives the fans of its tray, or the rack's fan wall.
final class FanControllerDevice: VirtualDevice {
    private let core: FirmwareCore<FanController>
    /// `nil` for the fan wall.
    private let tray: Int?
    private let fanCount: Int
    private var duty: PerMille?

    override init(_ site: DeviceSite) {
        let fans: Plant.FanConfiguration?
        if case .rack = site.definition.attachment {
            tray = nil
            fans = site.rack.plant.cooling.fanWall
        } else {
            tray = site.tray
            fans = site.trayConfiguration.fans
        }
        var configuration = FanControllerConfiguration()
        if let fans {
            configuration.fanCount = UInt8(clamping: fans.count)
            configuration.maximumSpeed = RotationalSpeed(revolutionsPerMinute: fans.maximumSpeed)
            configuration.idlePower = Power(watts: fans.idlePower)
            configuration.cubicPower = Power(watts: fans.cubicPower)
        }
        fanCount = fans?.count ?? 0
        core = FirmwareCore(FanController(configuration), image: site.image)
        super.init(site)
    }

    deinit { core.release() }

    override var nextDeadline: Instant { core.program.pointee.nextDeadline }
    override func isReady(at now: Instant) -> Bool { core.program.pointee.isReady(at: now) }
    override func restart(at now: Instant) {
        core.restart(at: now)
        forgetWatchdog()
    }
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
        let outlet = tray.map { plant.trayOutletTemperature($0) } ?? plant.wallOutletTemperature
        var image = FanControllerImage(boardTemperature: Temperature(celsius: outlet))
        for fan in 0..<fanCount {
            let speed = tray.map { plant.fanSpeed($0, fan) } ?? plant.wallFanSpeed(fan)
            image.fanSpeeds[fan] = RotationalSpeed(revolutionsPerMinute: speed)
        }
        if !sensors.isHealthy { disturb(&image, at: now) }
        let driven = core.program.pointee.step(at: now, sampling: image).duty
        if driven != duty {
            duty = driven
            if let tray {
                plant.setFanDuty(tray: tray, duty: driven.share)
            } else {
                plant.setWallDuty(driven.share)
            }
        }
        tellWatchdog(hasExpired: core.program.pointee.hasWatchdogExpired)
        return core.program.pointee.nextDeadline
    }

    /// A speed fault sits in the first fan's tachometer.
    private func disturb(_ image: inout FanControllerImage, at now: Instant) {
        image.fanSpeeds[0].rawValue = sensors.shown(image.fanSpeeds[0].rawValue, by: .speed, at: now)
        image.boardTemperature.rawValue = sensors.shown(image.boardTemperature.rawValue, by: .temperature, at: now)
    }
}
