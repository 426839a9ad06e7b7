internal import DeviceFirmware
internal import Plant
internal import Scenario
internal import Units

/// The wiring of a tray's fan controller: tachometers in, duty out.
final class FanControllerDevice: FirmwareDevice<FanController> {
    private let tray: Int
    private let fanCount: Int
    private var duty: PerMille?

    init(
        index: Int, definition: DeviceDefinition, image: DeviceImage, firmware: FanController, tray: Int, fans: Int
    ) {
        self.tray = tray
        fanCount = fans
        super.init(index: index, definition: definition, image: image, firmware: firmware)
    }

    override func step(at now: Instant, plant: RackPlant) {
        guard now >= program.pointee.nextDeadline else { return }
        var image = FanControllerImage(boardTemperature: Temperature(celsius: plant.trayOutletTemperature(tray)))
        for fan in 0..<fanCount {
            image.fanSpeeds[fan] = RotationalSpeed(revolutionsPerMinute: plant.fanSpeed(tray, fan))
        }
        if !sensors.isHealthy { disturb(&image, at: now) }
        let driven = program.pointee.step(at: now, sampling: image).duty
        if driven != duty {
            duty = driven
            plant.setFanDuty(tray: tray, duty: driven.share)
        }
    }

    /// A speed fault sits in the first fan's tachometer.
    private func disturb(_ image: inout FanControllerImage, at now: Instant) {
        image.fanSpeeds[0].rawValue = sensors.shown(image.fanSpeeds[0].rawValue, by: .speed, at: now)
        image.boardTemperature.rawValue = sensors.shown(image.boardTemperature.rawValue, by: .temperature, at: now)
    }
}
