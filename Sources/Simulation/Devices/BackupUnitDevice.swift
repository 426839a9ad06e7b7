internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a battery or capacitor unit's MCU: busbar, store, the shelf's own bus and the AC-loss line in, its
/// converter out.
final class BackupUnitDevice: VirtualDevice {
    private let core: FirmwareCore<BackupUnit>
    private let unit: Int
    /// Power shelves whose AC-loss lines it hears.
    private let backedShelves: [Int]
    private var driven = BackupUnitOutputs.off

    override init(_ site: DeviceSite) {
        let (shelf, slot) = site.backup
        let backups = site.rack.plant.backups
        let store = backups[shelf].unit
        unit = backups[..<shelf].reduce(0) { $0 + $1.unitCount } + slot
        backedShelves = backups[shelf].backedShelves
        var configuration = BackupUnitConfiguration()
        configuration.hearsLossLine = !backedShelves.isEmpty
        configuration.slot = UInt8(clamping: slot)
        configuration.isCapacitor = store.kind == .capacitor
        // Like units share the smoothing.
        configuration.unitCount = Int64(backups.reduce(0) { $0 + ($1.unit.kind == store.kind ? $1.unitCount : 0) })
        configuration.energy = .millijoules(Int64(store.energy * 1000))
        configuration.dischargePower = Power(watts: store.dischargePower)
        configuration.chargePower = Power(watts: store.chargePower)
        configuration.emptyVoltage = .millivolts(Int64(store.emptyVoltage * 1000))
        configuration.fullVoltage = .millivolts(Int64(store.fullVoltage * 1000))
        configuration.microohms = Int64(store.resistance * 1e6)
        var stream = site.bench
        var calibration = BackupUnitCalibration()
        // Typical of a battery's gauge: 0.1 % of voltage, 0.5 % of current.
        calibration.busVoltage = stream.gainError(perMillion: 1_000)
        calibration.packVoltage = stream.gainError(perMillion: 1_000)
        calibration.packCurrent = stream.gainError(perMillion: 5_000)
        let charge = site.storedCharge ?? .perMille(Int64(store.initialCharge * 1000))
        let firmware = BackupUnit(configuration, calibration: calibration, charge: charge)
        core = FirmwareCore(firmware, image: site.image)
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
        let outputs = core.program.pointee.step(at: now, sampling: image(of: plant, at: now))
        if outputs != driven {
            if (outputs == .hold) != (driven == .hold) { tell(outputs == .hold ? .holdBegan : .holdEnded) }
            driven = outputs
            switch outputs {
            case .off: plant.setBackup(unit, to: .off)
            case .power(let power): plant.setBackup(unit, to: .power(power.inWatts))
            case .hold: plant.setBackup(unit, to: .hold)
            }
        }
        tellWatchdog(hasExpired: core.program.pointee.hasWatchdogExpired)
        return core.program.pointee.nextDeadline
    }

    /// Its converter and its store go with it.
    override func pulled(from plant: RackPlant) { plant.pullBackup(unit) }

    private func image(of plant: RackPlant, at now: Instant) -> BackupUnitImage {
        var image = BackupUnitImage()
        image.busMicrovolts = Int64(sensed: plant.busVoltage * 1e6)
        image.packMicrovolts = Int64(sensed: plant.backupPackVoltage(unit) * 1e6)
        image.packMicroamperes = Int64(sensed: plant.backupPackCurrent(unit) * 1e6)
        image.power = Power(watts: plant.backupPower(unit))
        image.temperature = Temperature(celsius: plant.backupTemperature(unit))
        image.isInputLost = !backedShelves.isEmpty && backedShelves.allSatisfy { plant.acLossIsAnnounced(shelf: $0) }
        image.supplyPower = Power(watts: plant.supplyPower)
        image.backupPower = Power(watts: plant.backupPower)
        image.hasFailed = plant.backupHasFailed(unit)
        if !sensors.isHealthy { disturb(&image, at: now) }
        return image
    }

    /// A voltage fault sits in the busbar's sensor, a current fault in the store's.
    private func disturb(_ image: inout BackupUnitImage, at now: Instant) {
        image.busMicrovolts = sensors.shown(image.busMicrovolts, by: .voltage, unit: 1000, at: now)
        image.packMicroamperes = sensors.shown(image.packMicroamperes, by: .current, unit: 1000, at: now)
        image.temperature.rawValue = sensors.shown(image.temperature.rawValue, by: .temperature, at: now)
    }
}
