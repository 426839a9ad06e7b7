internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a power tether's MCU: the cable's end, the busbar and temperatures in, input relay and converter out.
final class PowerTetherDevice: VirtualDevice {
    private let core: FirmwareCore<PowerTether>
    private let tether: Int
    private var driven: (relay: Bool, output: Bool) = (true, true)
    /// Filled in place at every sample.
    private let image: UnsafeMutablePointer<PowerTetherImage>

    override init(_ site: DeviceSite) {
        tether = site.tether
        core = FirmwareCore(
            Self.firmware(site.rack.plant.tethers[tether], number: tether, site.bench), image: site.image)
        image = .allocate(capacity: 1)
        image.initialize(to: PowerTetherImage())
        super.init(site)
    }

    private static func firmware(_ tether: TetherConfiguration, number: Int, _ bench: TestBench) -> PowerTether {
        var configuration = PowerTetherConfiguration()
        configuration.position = UInt8(clamping: number)
        // The MCU's protection stands 10 % above the rated current (arbitrary), and 100 % above it at once.
        let rated = tether.ratedPower / (tether.noLoadVoltage - tether.droop)
        configuration.limits.output.overCurrent = .milliamperes(Int64(rated * 1100))
        configuration.limits.output.shortCircuit = .milliamperes(Int64(rated * 2000))
        var calibration = PowerTetherCalibration()
        var stream = bench
        // As of a rectifier of the same rack; typical.
        calibration.inputVoltage = stream.gainError(perMillion: 2_500)
        calibration.inputCurrent = stream.gainError(perMillion: 10_000)
        calibration.outputVoltage = stream.gainError(perMillion: 2_500)
        calibration.outputCurrent = stream.gainError(perMillion: 10_000)
        return PowerTether(configuration, calibration: calibration)
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

    /// Rise of the inductors over the outlet air, K, the same at any load. Typical, arbitrary.
    private static let hotSpotRise = 25.0

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        look(at: plant, now)
        let outputs = core.program.pointee.step(at: now, sampling: image.pointee)
        if (outputs.isRelayClosed, outputs.isOutputEnabled) != driven {
            if outputs.isOutputEnabled != driven.output {
                tell(outputs.isOutputEnabled ? .outputEnabled : .outputDisabled)
            }
            driven = (outputs.isRelayClosed, outputs.isOutputEnabled)
            plant.setTether(tether, relayIsClosed: driven.relay, outputIsEnabled: driven.output)
        }
        return core.program.pointee.nextDeadline
    }

    /// Fills the process image.
    private func look(at plant: RackPlant, _ now: Instant) {
        let air = plant.tetherAirTemperature(tether)
        let remote = plant.tetherRemoteVoltage(tether)
        let current = plant.tetherOutputCurrent(tether)
        image.pointee.inputMicrovolts = micro(plant.tetherInputVoltage(tether))
        image.pointee.inputMicroamperes = micro(plant.tetherInputCurrent(tether))
        image.pointee.remoteMicrovolts = micro(remote ?? 0)
        image.pointee.isRemoteSensed = remote != nil
        image.pointee.outputMicrovolts = micro(plant.tetherOutputVoltage(tether))
        image.pointee.outputMicroamperes = micro(current)
        image.pointee.busMicrovolts = micro(plant.busVoltage)
        image.pointee.shareMicroamperes = micro(current)
        image.pointee.inletTemperature = Temperature(celsius: air.inlet)
        image.pointee.outletTemperature = Temperature(celsius: air.outlet)
        image.pointee.terminalTemperature = Temperature(celsius: plant.tetherContactTemperature(tether))
        image.pointee.hotSpotTemperature = Temperature(celsius: air.outlet + Self.hotSpotRise)
        image.pointee.fanSpeeds = InlineArray(
            repeating: RotationalSpeed(revolutionsPerMinute: plant.tetherFanSpeed(tether)))
        image.pointee.hasConverterFailed = plant.tetherHasFailed(tether)
        if !sensors.isHealthy { disturb(&image.pointee, at: now) }
    }

    /// A voltage fault sits in the output's sensor, a current fault in the input's, a temperature fault at the terminals.
    private func disturb(_ image: inout PowerTetherImage, at now: Instant) {
        image.outputMicrovolts = sensors.shown(image.outputMicrovolts, by: .voltage, unit: 1000, at: now)
        image.inputMicroamperes = sensors.shown(image.inputMicroamperes, by: .current, unit: 1000, at: now)
        image.terminalTemperature.rawValue = sensors.shown(
            image.terminalTemperature.rawValue, by: .temperature, at: now)
    }

    private func micro(_ value: Double) -> Int64 { Int64(sensed: value * 1e6) }
}
