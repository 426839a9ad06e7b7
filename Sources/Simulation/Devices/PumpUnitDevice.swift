internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of the pump unit: tachometers, coolant and leak ropes in; pumps, facility valve and branches out.
final class PumpUnitDevice: VirtualDevice {
    private let core: FirmwareCore<PumpUnit>
    private let pumpCount: Int
    /// As many as the unit has bits for.
    private let branchCount: Int
    private var driven: PumpUnitOutputs?
    /// The button on its front.
    var isEmergencyPressed = false

    /// Pa above the air's at the pumps' inlet: the static head and the pre-charge of a closed rack loop. Typical.
    private static let staticPressure = 50_000.0
    /// kg of coolant that make a leak rope as wet as it gets. Arbitrary, a cupful.
    static let soaking = 0.2

    override init(_ site: DeviceSite) {
        let pumps = site.rack.plant.cooling.loop?.pumps
        pumpCount = pumps?.count ?? 0
        branchCount = min(32, site.rack.plant.trays.count)
        var configuration = PumpUnitConfiguration()
        if let pumps {
            configuration.pumpCount = UInt8(clamping: pumps.count)
            configuration.maximumSpeed = RotationalSpeed(revolutionsPerMinute: pumps.maximumSpeed)
        }
        core = FirmwareCore(PumpUnit(configuration), image: site.image)
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

    /// Whoever fits a new pump resets its lock-out.
    func resetPump(_ pump: Int) {
        core.program.pointee.reset(pumps: 1 << UInt16(pump))
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        var image = image(of: plant)
        if !sensors.isHealthy { disturb(&image, at: now) }
        let outputs = core.program.pointee.step(at: now, sampling: image)
        if outputs != driven {
            drive(plant, outputs)
            driven = outputs
        }
        tellWatchdog(hasExpired: core.program.pointee.hasWatchdogExpired)
        return core.program.pointee.nextDeadline
    }

    private func image(of plant: RackPlant) -> PumpUnitImage {
        var image = PumpUnitImage()
        for pump in 0..<pumpCount {
            image.pumpSpeeds[pump] = RotationalSpeed(revolutionsPerMinute: plant.pumpSpeed(pump))
        }
        image.flow = Int64(sensed: plant.coolantFlow / Coolant.density * 60_000)
        image.supplyTemperature = Temperature(celsius: plant.coolantSupplyTemperature)
        image.returnTemperature = Temperature(celsius: plant.coolantReturnTemperature)
        image.facilityTemperature = Temperature(celsius: plant.facilityTemperature)
        image.returnPressure = Int64(sensed: Self.staticPressure)
        image.supplyPressure = Int64(sensed: Self.staticPressure + plant.coolantPressure)
        image.level = PerMille(rawValue: Int64(sensed: plant.coolantLevel * 1000))
        image.valvePosition = PerMille(rawValue: Int64(sensed: plant.facilityValve * 1000))
        image.leaks.set(.inside, plant.spilledCoolant > Self.soaking)
        // The real unit has leak lines of four trays; where trays have sensors of their own, these are there beside them.
        for tray in 0..<min(4, plant.trayCount) {
            image.leaks.set(.tray(UInt16(tray)), plant.spilledCoolant(tray: tray) > Self.soaking)
        }
        image.isEmergencyPressed = isEmergencyPressed
        image.power = Power(watts: plant.pumpPower)
        image.busVoltage = Voltage(rawValue: Int64(sensed: plant.busVoltage * 1000))
        return image
    }

    private func drive(_ plant: RackPlant, _ outputs: PumpUnitOutputs) {
        for pump in 0..<pumpCount {
            let isLocked = outputs.lockedPumps >> UInt16(pump) & 1 != 0
            plant.setPumpDuty(pump, duty: isLocked ? 0 : outputs.duty.share)
        }
        plant.setFacilityValve(outputs.valve.share)
        for tray in 0..<branchCount {
            plant.setBranch(tray: tray, isOpen: outputs.shutBranches >> UInt32(tray) & 1 == 0)
        }
    }

    /// A speed fault sits in the first pump's tachometer, a temperature fault in the supply thermometer.
    private func disturb(_ image: inout PumpUnitImage, at now: Instant) {
        image.pumpSpeeds[0].rawValue = sensors.shown(image.pumpSpeeds[0].rawValue, by: .speed, at: now)
        image.supplyTemperature.rawValue = sensors.shown(image.supplyTemperature.rawValue, by: .temperature, at: now)
    }
}
