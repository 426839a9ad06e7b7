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
    private var setpoint: Voltage

    init(
        index: Int, definition: DeviceDefinition, image: DeviceImage, firmware: PowerSupply, shelf: Int, slot: Int
    ) {
        self.shelf = shelf
        self.slot = slot
        setpoint = firmware.configuration.voltageSetpoint
        core = FirmwareCore(firmware, image: image)
        super.init(index: index, definition: definition)
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

    /// Rise of the transformer over the outlet air, K, the same at any load. Typical, arbitrary.
    private static let hotSpotRise = 25.0

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        let outputs = core.program.pointee.step(at: now, sampling: image(of: plant, at: now))
        if outputs.isOutputEnabled != isEnabled {
            isEnabled = outputs.isOutputEnabled
            plant.setSupplyOutput(shelf: shelf, slot: slot, enabled: isEnabled)
            reflexNews = isEnabled ? .outputEnabled : .outputDisabled
        }
        if outputs.voltageSetpoint != setpoint {
            setpoint = outputs.voltageSetpoint
            plant.setSupplySetpoint(shelf: shelf, slot: slot, volts: Double(setpoint.millivolts) / 1000)
        }
        return core.program.pointee.nextDeadline
    }

    private func image(of plant: RackPlant, at now: Instant) -> PowerSupplyImage {
        let temperatures = plant.supplyTemperature(shelf: shelf, slot: slot)
        let outputCurrent = plant.supplyOutputCurrent(shelf: shelf, slot: slot)
        let speed = RotationalSpeed(revolutionsPerMinute: plant.supplyFanSpeed(shelf: shelf, slot: slot))
        var image = PowerSupplyImage()
        image.inputMicrovolts = micro(plant.supplyInputVoltage(shelf: shelf, slot: slot))
        image.inputMicroamperes = micro(plant.supplyInputCurrent(shelf: shelf, slot: slot))
        image.outputMicrovolts = micro(plant.supplyOutputVoltage(shelf: shelf, slot: slot))
        image.outputMicroamperes = micro(outputCurrent)
        image.shareMicroamperes = micro(outputCurrent)
        image.busMicrovolts = micro(plant.busVoltage)
        image.bulkMicrovolts = micro(plant.bulkVoltage(shelf: shelf, slot: slot))
        image.inletTemperature = Temperature(celsius: temperatures.inlet)
        image.outletTemperature = Temperature(celsius: temperatures.outlet)
        image.hotSpotTemperature = Temperature(celsius: temperatures.outlet + Self.hotSpotRise)
        image.busClipTemperatures = InlineArray(repeating: Temperature(celsius: temperatures.outlet))
        image.fanSpeeds = InlineArray(repeating: speed)
        image.isInputPresent = image.inputMicrovolts > 0
        image.hasOutputStageFailed = plant.supplyHasFailed(shelf: shelf, slot: slot)
        if !sensors.isHealthy { disturb(&image, at: now) }
        return image
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
