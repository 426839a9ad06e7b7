internal import DeviceFirmware
internal import DeviceSpecs
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a tray's power monitor: busbar voltage and tray current in, brake line out.
final class PowerMonitorDevice: VirtualDevice {
    private let core: FirmwareCore<PowerMonitor>
    private let tray: Int
    private var isBraking = false
    private var isLinePulled = false

    override init(_ site: DeviceSite) {
        tray = site.tray
        var configuration = PowerMonitorConfiguration()
        if let sensing = site.image.specification.sensing {
            configuration.converter = PowerConverter(sensing.converter)
            configuration.averages = Int64(sensing.averages)
        }
        configuration.hasLock = site.image.specification.point(boundTo: PowerMonitorSignal.writeKey.identifier) != nil
        var bench = site.bench
        let gain = configuration.converter.gainPerMillion
        let calibration = PowerMonitorCalibration(
            voltage: bench.gainError(perMillion: gain),
            current: bench.gainError(perMillion: gain + PowerConverter.shuntTolerance), temperature: .none)
        // The most that the tray can draw: until a controller says otherwise, no limit lies below it.
        let ceiling = site.trayPolicy.ceiling
        core = FirmwareCore(
            PowerMonitor(configuration, calibration: calibration), image: site.image,
            settings: [
                (PowerMonitorSignal.defaultPowerLimit.identifier, ceiling.milliwatts),
                (PowerMonitorSignal.powerLimit.identifier, ceiling.milliwatts),
            ] + site.rack.plant.busbarLevel.monitorSettings)
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

    /// Rise of the hot-swap transistor over the tray's outlet air. Typical, arbitrary.
    private static let transistorRise = Temperature.degrees(12)

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        var image = PowerMonitorImage(
            busMicrovolts: Int64(sensed: plant.busVoltage * 1e6),
            currentMicroamperes: Int64(sensed: plant.trayCurrent(tray) * 1e6),
            boardTemperature: Temperature(celsius: plant.trayOutletTemperature(tray)) + Self.transistorRise,
            isBrakeLinePulled: isLinePulled)
        if !sensors.isHealthy { disturb(&image, at: now) }
        let outputs = core.program.pointee.step(at: now, sampling: image)
        if outputs.brake != isBraking {
            isBraking = outputs.brake
            plant.setBrake(tray: tray, engaged: isBraking || isLinePulled)
            tell(isBraking ? .brakeAsserted : .brakeReleased)
        }
        tellWatchdog(hasExpired: core.program.pointee.hasWatchdogExpired)
        return core.program.pointee.nextDeadline
    }

    /// The wire holds the accelerators whatever the MCU does.
    func setBrakeLine(isPulled: Bool, plant: RackPlant) {
        isLinePulled = isPulled
        plant.setBrake(tray: tray, engaged: isBraking || isPulled)
    }

    override func pulled(from plant: RackPlant) {
        // What it drove goes inactive; the rack's wire does not go through it.
        if isBraking { plant.setBrake(tray: tray, engaged: isLinePulled) }
    }

    private func disturb(_ image: inout PowerMonitorImage, at now: Instant) {
        image.busMicrovolts = sensors.shown(image.busMicrovolts, by: .voltage, unit: 1000, at: now)
        image.currentMicroamperes = sensors.shown(image.currentMicroamperes, by: .current, unit: 1000, at: now)
        image.boardTemperature.rawValue = sensors.shown(image.boardTemperature.rawValue, by: .temperature, at: now)
    }
}
