internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a rectifier's MCU: AC side, DC side and temperatures in, output enable and setpoint out.
final class PowerSupplyDevice: VirtualDevice {
    private let core: FirmwareCore<PowerSupply>
    private let shelf: Int
    private let slot: Int
    private var isEnabled = true
    private var isLossAnnounced = false
    /// Filled in place at every sample: some 200 octets, more than is worth copying.
    private let image: UnsafeMutablePointer<PowerSupplyImage>
    private var setpoint: Voltage

    override init(_ site: DeviceSite) {
        (shelf, slot) = site.supply
        let firmware = Self.firmware(site.rack.plant.shelves[shelf].supply, shelf: shelf, slot: slot, site.bench)
        setpoint = firmware.configuration.voltageSetpoint
        core = FirmwareCore(firmware, image: site.image)
        image = .allocate(capacity: 1)
        image.initialize(to: PowerSupplyImage())
        super.init(site)
    }

    private static func firmware(
        _ supply: SupplyConfiguration, shelf: Int, slot: Int, _ bench: TestBench
    ) -> PowerSupply {
        var configuration = PowerSupplyConfiguration()
        configuration.slot = UInt8(clamping: slot)
        configuration.shelfAddress = UInt8(clamping: shelf)
        configuration.voltageSetpoint = .millivolts(Int64(supply.noLoadVoltage * 1000))
        let peakCurrent = supply.peakPower / (supply.noLoadVoltage - supply.droop)
        // The plant's supply limits its own peak; the MCU's protection stands 10 % above it (arbitrary).
        configuration.limits.output.overCurrent = .milliamperes(Int64(peakCurrent * 1100))
        if BusbarLevel(noLoadVoltage: supply.noLoadVoltage) == .twelve { configuration.setForTwelveVolts() }
        var calibration = PowerSupplyCalibration()
        var stream = bench
        calibration.inputVoltage = stream.gainError(perMillion: 5_000)
        calibration.inputCurrent = stream.gainError(perMillion: 10_000)
        calibration.outputVoltage = stream.gainError(perMillion: 2_500)
        calibration.outputCurrent = stream.gainError(perMillion: 10_000)
        return PowerSupply(configuration, calibration: calibration)
    }

    deinit {
        core.release()
        image.deallocate()
    }

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

    /// Rise of the transformer over the outlet air, K, the same at any load. Typical, arbitrary.
    private static let hotSpotRise = 25.0

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        look(at: plant, now)
        let outputs = core.program.pointee.step(at: now, sampling: image.pointee)
        if outputs.isOutputEnabled != isEnabled {
            isEnabled = outputs.isOutputEnabled
            plant.setSupplyOutput(shelf: shelf, slot: slot, enabled: isEnabled)
            tell(isEnabled ? .outputEnabled : .outputDisabled)
        }
        if outputs.isACLossAsserted != isLossAnnounced {
            isLossAnnounced = outputs.isACLossAsserted
            plant.setACLoss(shelf: shelf, slot: slot, asserted: isLossAnnounced)
        }
        if outputs.voltageSetpoint != setpoint {
            setpoint = outputs.voltageSetpoint
            plant.setSupplySetpoint(shelf: shelf, slot: slot, volts: Double(setpoint.millivolts) / 1000)
        }
        return core.program.pointee.nextDeadline
    }

    /// Its power stage goes with it.
    override func pulled(from plant: RackPlant) { plant.pullSupply(shelf: shelf, slot: slot) }

    /// Fills the process image.
    private func look(at plant: RackPlant, _ now: Instant) {
        let temperatures = plant.supplyTemperature(shelf: shelf, slot: slot)
        let outputCurrent = plant.supplyOutputCurrent(shelf: shelf, slot: slot)
        let speed = RotationalSpeed(revolutionsPerMinute: plant.supplyFanSpeed(shelf: shelf, slot: slot))
        image.pointee.inputMicrovolts = micro(plant.supplyInputVoltage(shelf: shelf, slot: slot))
        image.pointee.inputMicroamperes = micro(plant.supplyInputCurrent(shelf: shelf, slot: slot))
        image.pointee.powerFactor = PerMille(
            rawValue: Int64(sensed: plant.supplyPowerFactor(shelf: shelf, slot: slot) * 1000))
        image.pointee.outputMicrovolts = micro(plant.supplyOutputVoltage(shelf: shelf, slot: slot))
        image.pointee.outputMicroamperes = micro(outputCurrent)
        image.pointee.shareMicroamperes = micro(outputCurrent)
        image.pointee.busMicrovolts = micro(plant.busVoltage)
        image.pointee.bulkMicrovolts = micro(plant.bulkVoltage(shelf: shelf, slot: slot))
        image.pointee.inletTemperature = Temperature(celsius: temperatures.inlet)
        image.pointee.outletTemperature = Temperature(celsius: temperatures.outlet)
        image.pointee.hotSpotTemperature = Temperature(celsius: temperatures.outlet + Self.hotSpotRise)
        image.pointee.busClipTemperatures = InlineArray(repeating: Temperature(celsius: temperatures.outlet))
        image.pointee.fanSpeeds = InlineArray(repeating: speed)
        image.pointee.isInputPresent = image.pointee.inputMicrovolts > 0
        image.pointee.hasOutputStageFailed = plant.supplyHasFailed(shelf: shelf, slot: slot)
        if !sensors.isHealthy { disturb(&image.pointee, at: now) }
    }

    private func disturb(_ image: inout PowerSupplyImage, at now: Instant) {
        image.outputMicrovolts = sensors.shown(image.outputMicrovolts, by: .voltage, unit: 1000, at: now)
        image.outputMicroamperes = sensors.shown(image.outputMicroamperes, by: .current, unit: 1000, at: now)
        image.outletTemperature.rawValue = sensors.shown(image.outletTemperature.rawValue, by: .temperature, at: now)
        let speed = sensors.shown(image.fanSpeeds[0].rawValue, by: .speed, at: now)
        image.fanSpeeds = InlineArray(repeating: RotationalSpeed(rawValue: speed))
    }

    private func micro(_ value: Double) -> Int64 { Int64(sensed: value * 1e6) }
}
