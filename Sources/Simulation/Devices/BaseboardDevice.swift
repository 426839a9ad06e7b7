internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a tray's BMC: power and temperatures of the tray in, main power and accelerator limit out.
final class BaseboardDevice: VirtualDevice {
    private let core: FirmwareCore<Baseboard>
    private let tray: Int
    private let acceleratorCount: Int
    private var outputs: BaseboardOutputs?
    private var isPowerOn: Bool

    override init(_ site: DeviceSite) {
        tray = site.tray
        isPowerOn = !site.traysStayOff
        acceleratorCount = site.trayConfiguration.acceleratorCount
        // The most that the tray can draw: until a controller says otherwise, no limit lies below it.
        let ceiling = site.trayPolicy.ceiling
        core = FirmwareCore(
            Self.firmware(site), image: site.image,
            settings: [
                (BaseboardSignal.defaultLimit.identifier, ceiling.milliwatts),
                (BaseboardSignal.powerLimit.identifier, ceiling.milliwatts),
                // A rack that is brought up begins as after an outage.
                (BaseboardSignal.powerState.identifier, site.traysStayOff ? 0 : 1),
            ])
        super.init(site)
    }

    private static func firmware(_ site: DeviceSite) -> Baseboard {
        let (tray, policy) = (site.trayConfiguration, site.trayPolicy)
        var configuration = BaseboardConfiguration()
        configuration.restoresPower = !site.traysStayOff
        configuration.acceleratorCount = UInt8(clamping: tray.acceleratorCount)
        configuration.acceleratorRatedPower = Power(watts: tray.accelerator.ratedPower)
        configuration.acceleratorMinimumLimit = Power(watts: tray.accelerator.minimumLimit)
        if tray.fans == nil { configuration.fanPowerAllowance = .zero }
        configuration.limitFloor = policy.floor
        configuration.limitCeiling = policy.ceiling
        var stream = site.bench
        var calibration = BaseboardCalibration()
        // ADM1278 class: 0.3 % of voltage and current each.
        calibration.trayPower = stream.gainError(perMillion: 6_000)
        calibration.hostPower = stream.gainError(perMillion: 10_000)
        return Baseboard(configuration, calibration: calibration)
    }

    deinit { core.release() }

    override var nextDeadline: Instant { core.program.pointee.nextDeadline }
    override func isReady(at now: Instant) -> Bool { core.program.pointee.isReady(at: now) }
    override func restart(at now: Instant) {
        core.restart(at: now)
        forgetWatchdog()
    }
    override func powerUp(at now: Instant) {
        restart(at: now)
        core.program.pointee.powerUp(at: now)
        isPowerOn = core.program.pointee.configuration.restoresPower
        outputs = nil
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
        let driven = core.program.pointee.step(at: now, sampling: image(of: plant, at: now))
        if driven.isPowerOn != isPowerOn {
            isPowerOn = driven.isPowerOn
            plant.setPower(tray: tray, on: isPowerOn)
            tell(isPowerOn ? .switchedOn : core.program.pointee.isOffByException ? .poweredOff : .switchedOff)
        }
        if driven.acceleratorLimit != outputs?.acceleratorLimit {
            plant.setAcceleratorLimit(tray: tray, watts: driven.acceleratorLimit.inWatts)
        }
        outputs = driven
        tellWatchdog(hasExpired: core.program.pointee.hasWatchdogExpired)
        return core.program.pointee.nextDeadline
    }

    private func image(of plant: RackPlant, at now: Instant) -> BaseboardImage {
        var image = BaseboardImage()
        image.trayPower = Power(watts: plant.trayPower(tray))
        image.hostPower = Power(watts: plant.trayHostPower(tray))
        image.inletTemperature = Temperature(celsius: plant.trayInletTemperature(tray))
        image.outletTemperature = Temperature(celsius: plant.trayOutletTemperature(tray))
        image.hostTemperature = Temperature(celsius: plant.trayHostTemperature(tray))
        for number in 0..<acceleratorCount {
            image.acceleratorPowers[number] = Power(watts: plant.acceleratorPower(tray, number))
            image.acceleratorTemperatures[number] = Temperature(celsius: plant.acceleratorTemperature(tray, number))
        }
        if !sensors.isHealthy { disturb(&image, at: now) }
        return image
    }

    /// A current sensor's fault shows in the power of the tray; a temperature sensor's in every accelerator.
    private func disturb(_ image: inout BaseboardImage, at now: Instant) {
        image.trayPower.rawValue = sensors.shown(image.trayPower.rawValue, by: .current, at: now)
        let shown = sensors.shown(hottest(image), by: .temperature, at: now)
        let shift = shown - hottest(image)
        for number in 0..<acceleratorCount { image.acceleratorTemperatures[number].rawValue += shift }
    }

    private func hottest(_ image: BaseboardImage) -> Int64 {
        var hottest = Int64.min
        for number in 0..<acceleratorCount { hottest = max(hottest, image.acceleratorTemperatures[number].rawValue) }
        return acceleratorCount > 0 ? hottest : image.hostTemperature.rawValue
    }
}
