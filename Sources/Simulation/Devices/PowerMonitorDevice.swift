internal import DeviceFirmware
internal import Plant
internal import Scenario
internal import Units

/// The wiring of a tray's power monitor: busbar voltage and tray current in, brake line out.
final class PowerMonitorDevice: FirmwareDevice<PowerMonitor> {
    private let tray: Int
    private var isBraking = false

    init(index: Int, definition: DeviceDefinition, image: DeviceImage, firmware: PowerMonitor, tray: Int) {
        self.tray = tray
        super.init(index: index, definition: definition, image: image, firmware: firmware)
    }

    /// Rise of the hot-swap transistor over the tray's outlet air. Typical, arbitrary.
    private static let transistorRise = Temperature.degrees(12)

    override func step(at now: Instant, plant: RackPlant) {
        var image = PowerMonitorImage(
            busMicrovolts: Int64(plant.busVoltage * 1e6), currentMicroamperes: Int64(plant.trayCurrent(tray) * 1e6),
            boardTemperature: Temperature(celsius: plant.trayOutletTemperature(tray)) + Self.transistorRise)
        if !sensors.isHealthy { disturb(&image, at: now) }
        let outputs = program.pointee.step(at: now, sampling: image)
        if outputs.brake != isBraking {
            isBraking = outputs.brake
            plant.setBrake(tray: tray, engaged: isBraking)
            reflexNews = isBraking ? .brakeAsserted : .brakeReleased
        }
    }

    private func disturb(_ image: inout PowerMonitorImage, at now: Instant) {
        image.busMicrovolts = sensors.shown(image.busMicrovolts, by: .voltage, unit: 1000, at: now)
        image.currentMicroamperes = sensors.shown(image.currentMicroamperes, by: .current, unit: 1000, at: now)
        image.boardTemperature.rawValue = sensors.shown(image.boardTemperature.rawValue, by: .temperature, at: now)
    }
}
