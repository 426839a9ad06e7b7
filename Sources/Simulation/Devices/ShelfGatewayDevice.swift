internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a shelf's gateway: the MCUs of the shelf's modules, which it asks over the shelf's own bus. That bus is
/// not modelled octet by octet: a module answers as it would on the rack's bus, but for frames that noise spoils.
final class ShelfGatewayDevice: VirtualDevice {
    private let core: FirmwareCore<ShelfGateway>
    private let attachment: DeviceDefinition.Attachment
    private var modules: [Unmanaged<VirtualDevice>] = []
    private var noise: TestBench

    /// One frame in so many is spoiled: a bit error rate of 1e-7 over the 440 bits of a reading of 16 registers
    /// (typical of a shielded backplane).
    private static let framesPerError: UInt64 = 22_700

    override init(_ site: DeviceSite) {
        attachment = site.definition.attachment
        noise = site.bench
        var configuration = ShelfGatewayConfiguration()
        switch attachment {
        case .shelf(let shelf):
            configuration.moduleCount = UInt8(clamping: min(6, site.rack.plant.shelves[shelf].supplyCount))
            configuration.position = UInt8(clamping: shelf)
        case .backupShelf(let shelf):
            configuration.moduleCount = UInt8(clamping: min(6, site.rack.plant.backups[shelf].unitCount))
            configuration.position = UInt8(clamping: shelf)
        default: preconditionFailure("\(site.definition.path) has no place but in a shelf")
        }
        core = FirmwareCore(ShelfGateway(configuration), image: site.image)
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

    /// The rack keeps all its devices for as long as it lives.
    override func meet(_ devices: [VirtualDevice]) {
        modules = devices.filter { isModule($0.definition.attachment) }.map(Unmanaged.passUnretained)
    }

    private func isModule(_ other: DeviceDefinition.Attachment) -> Bool {
        switch (attachment, other) {
        case (.shelf(let own), .supply(let shelf, _)): own == shelf
        case (.backupShelf(let own), .backup(let shelf, _)): own == shelf
        default: false
        }
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        _ = core.program.pointee.step(at: now, sampling: answer(at: now))
        return core.program.pointee.nextDeadline
    }

    /// What the module whose turn it is answers.
    private func answer(at now: Instant) -> ShelfGatewayImage {
        var image = ShelfGatewayImage()
        let slot = core.program.pointee.slot
        guard modules.indices.contains(slot) else {
            image.isSilent = true
            return image
        }
        let module = modules[slot].takeUnretainedValue()
        image.isSilent = !module.answers(at: now)
        image.isCorrupt = noise.draw(below: Self.framesPerError) == 0
        switch attachment {
        case .shelf: read(supply: module, into: &image)
        default: read(backup: module, into: &image)
        }
        return image
    }

    private func read(supply module: VirtualDevice, into image: inout ShelfGatewayImage) {
        func value(_ signal: PowerSupplySignal) -> Int64 { module.signal(signal.identifier) }
        image.temperature.rawValue = value(.outletTemperature)
        image.voltage.rawValue = value(.outputVoltage)
        image.current.rawValue = value(.outputCurrent)
        image.power.rawValue = value(.outputPower)
        image.inputVoltage.rawValue = value(.inputVoltage)
        image.inputCurrent.rawValue = value(.inputCurrent)
        image.alarms = UInt16(truncatingIfNeeded: value(.generalAlarms))
    }

    private func read(backup module: VirtualDevice, into image: inout ShelfGatewayImage) {
        func value(_ signal: BackupUnitSignal) -> Int64 { module.signal(signal.identifier) }
        image.temperature.rawValue = value(.temperature)
        image.charge.rawValue = value(.charge)
        image.voltage.rawValue = value(.packVoltage)
        image.current.rawValue = value(.packCurrent)
        image.power.rawValue = value(.power)
        image.energyRemaining.rawValue = value(.energyRemaining)
        image.energyFull.rawValue = value(.energyFull)
        image.absoluteCharge.rawValue = value(.absoluteCharge)
        image.currentNow.rawValue = value(.packCurrentNow)
        image.alarms = UInt16(truncatingIfNeeded: value(.alarms))
    }
}
