public import Units

/// The firmware of an optics controller: the communication MCU of a switch tray, with the modules that it asks.
///
/// Purpose: be the one Modbus unit behind which all optical modules of a tray are read, and through which they are told to
/// stay in low power or are reset.
///
/// Inputs and how far to trust them: what a module says of itself, read one module after the other over the tray's own
/// two-wire bus, so that a reading is as old as a whole round; `module.age` says how old. A module that does not answer
/// reads zero. Requests are trusted once in range.
///
/// Intended behaviour: each sample all modules go on by themselves (`OpticalModule`) and one of them is read. A module that
/// is hotter than the alarm threshold is hot until the bit is cleared. The request for low power stays until it is changed;
/// it reaches every module at once, by a line of its own.
///
/// The modules' own controllers stand behind it, on a bus that no Modbus client reaches: each is a state machine of its own
/// (`OpticalModule`) without a spec (decision 12), and what its management memory holds is mirrored here, a signal for each:
///
/// - `module.state`: lower memory, octet 3, bits 3 to 1
/// - `module.temperature`: octet 14, signed, 1/256 degC
/// - `module.supply`: octet 16, 100 uV
/// - `module.power-class`, `module.maximum-power`: page 0, octets 200 and 201, 0.25 W
/// - `module.bias`: page 11h, 2 uA, mean of the lanes
/// - `module.power-sent`, `module.power-received`: page 11h, 0.1 uW, mean of the lanes
/// - written: `low-power` is octet 26, or the module's low-power line; `reset` is its reset line
///
/// After a restart: silent for the boot time; what was read is gone and is read again, one module after the other. The
/// modules do not notice, and low power is asked as before: the line is held by a latch.
public struct OpticsController: StartableFirmware, Sendable {
    public typealias ProcessImage = OpticsImage
    public typealias Outputs = OpticsOutputs

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: OpticsConfiguration
    var modules: InlineArray<16, OpticalModule>
    var readings = InlineArray<16, OpticsReading>(repeating: OpticsReading())
    var heat: InlineArray<16, ThresholdAlarm>
    var temperatureAlarm: Temperature
    var lowPowerRequest: UInt16 = 0
    /// Modules to be reset with the next sample.
    var resets: UInt16 = 0
    var hotModules: UInt16 = 0
    private var next = 0
    private var outputs = OpticsOutputs()

    public init(_ configuration: OpticsConfiguration, runningSince now: Instant = .start) {
        precondition(
            configuration.moduleCount >= 1 && configuration.moduleCount <= 16,
            "an optics controller has 1 to 16 modules")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        modules = InlineArray(repeating: OpticalModule(configuration.module))
        temperatureAlarm = configuration.temperatureAlarm
        heat = InlineArray(
            repeating: ThresholdAlarm(.above, temperatureAlarm.rawValue, hysteresis: configuration.hysteresis))
    }

    public mutating func step(at now: Instant, sampling image: OpticsImage) -> OpticsOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        _ = lifetime.sampled(at: now)
        outputs = OpticsOutputs()
        for index in 0..<fitted {
            let bit: UInt16 = 1 << UInt16(index)
            if resets & bit != 0 { modules[index].reset(at: now) }
            modules[index].step(
                at: now, plugged: image.plugged & bit != 0, caseTemperature: image.caseTemperatures[index],
                staysLow: lowPowerRequest & bit != 0)
            outputs.powers[index] = modules[index].power
            if modules[index].sends { outputs.sending |= bit }
        }
        resets = 0
        read(next, image, at: now)
        next = (next + 1) % fitted
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        readings = InlineArray(repeating: OpticsReading())
        for index in 0..<fitted { heat[index].clear() }
        (hotModules, resets, next) = (0, 0, 0)
    }

    var fitted: Int { Int(configuration.moduleCount) }

    /// Asks one module for all that it has.
    private mutating func read(_ index: Int, _ image: OpticsImage, at now: Instant) {
        var reading = OpticsReading()
        reading.takenAt = now
        if modules[index].answers {
            reading.state = modules[index].state
            reading.temperature = image.caseTemperatures[index]
            reading.supply = image.supplyMillivolts
            reading.bias = modules[index].bias(at: image.caseTemperatures[index])
            reading.sent = modules[index].sentPower
            reading.received = image.received[index]
            reading.power = modules[index].power
            heat[index].update(reading.temperature.rawValue)
            if heat[index].isActive { hotModules |= 1 << UInt16(index) }
        }
        readings[index] = reading
    }
}
